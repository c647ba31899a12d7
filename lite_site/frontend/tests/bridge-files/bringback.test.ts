import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type BackChoice, bringChanges } from '../../src/bridge/files/bringback.ts';
import { Carry } from '../../src/bridge/files/carry.ts';
import { listChanges, type ServerChange } from '../../src/bridge/files/changes.ts';
import type { CarriedFiles } from '../../src/bridge/files/memory.ts';
import { sendNotebook } from '../../src/bridge/files/notebook.ts';
import { PublishedDoor } from '../../src/bridge/files/published.ts';
import { ServerFiles } from '../../src/bridge/files/serverfiles.ts';
import { browserStorage, store } from './lite.ts';
import { MemoryServer, publishedAt } from './server.ts';

const ROOT = 'https://site.example/genomique/';

/** A page whose course was just carried. */
async function scene(files: Readonly<Record<string, string>> = { 'data/a.csv': 'a,b\n' }) {
  const server = new MemoryServer();
  const browser = browserStorage();
  const memory = store<CarriedFiles>();
  const state = { room: Infinity };
  const around = {
    server: new ServerFiles(server),
    published: new PublishedDoor(ROOT, publishedAt(ROOT, files).fetched),
    browser: browser.files,
    memory,
    signal: new AbortController().signal,
    pause: () => Promise.resolve(),
    onProgress: () => undefined,
    room: () => Promise.resolve(state.room)
  };
  const ask = () => Promise.resolve(new Map<string, never>());
  const carry = () => new Carry({ ...around, copyLabel: 'my version', ask }).run();
  const list = () => listChanges(around);
  const bring = (changes: readonly ServerChange[], choices: Readonly<Record<string, BackChoice>> = {}) =>
    bringChanges(changes, new Map(Object.entries(choices)), { ...around, besideLabel: 'cluster' });
  await carry();
  return { server, browser, state, carry, list, bring, around };
}

const named = (changes: readonly ServerChange[]): string[][] => changes.map(({ path, state }) => [path, state]);

test('right after a carry there is nothing to bring; what cells make and change there is listed', async () => {
  const { server, list } = await scene();
  assert.deepEqual(await list(), []);
  server.put('out/figure é.svg', '<svg/>');
  server.put('data/a.csv', 'a,b\n1,2\n');
  assert.deepEqual(named(await list()), [
    ['data/a.csv', 'changed'],
    ['out/figure é.svg', 'new']
  ]);
});

test('brought back, files read here as there, in folders that weren’t there, and are listed no more', async () => {
  const { server, browser, list, bring, carry } = await scene();
  server.put('out/deep/table 100 %.json', '{"a": 1}');
  server.put('data/a.csv', 'changed there');
  server.files.set('out/raw.bin', Uint8Array.from([0, 255, 128, 10]));
  const { brought, failed } = await bring(await list());
  assert.deepEqual([brought, failed], [['data/a.csv', 'out/deep/table 100 %.json', 'out/raw.bin'], []]);
  assert.equal(await browser.read('out/deep/table 100 %.json'), '{"a": 1}');
  assert.equal(await browser.read('data/a.csv'), 'changed there');
  assert.deepEqual([...((await browser.files.read('out/raw.bin')) ?? [])], [0, 255, 128, 10]);
  assert.deepEqual(await list(), []);
  assert.deepEqual((await carry()).sent, []);
});

test('a kernel in this page reads what was brought', async () => {
  const { server, browser, list, bring } = await scene();
  server.put('out.txt', 'été');
  await bring(await list());
  const { content } = await browser.contents.get('out.txt', { content: true, format: 'text' });
  assert.equal(content, 'été');
});

test('where both sides changed, the page’s stays unless the person chooses otherwise', async () => {
  for (const choice of ['keep', 'replace', 'both', undefined] as const) {
    const { server, browser, list, bring } = await scene();
    await browser.write('data/a.csv', 'mine');
    server.put('data/a.csv', 'theirs');
    const changes = await list();
    assert.deepEqual(named(changes), [['data/a.csv', 'both']]);
    await bring(changes, choice === undefined ? {} : { 'data/a.csv': choice });
    assert.equal(await browser.read('data/a.csv'), choice === 'replace' ? 'theirs' : 'mine');
    assert.equal(await browser.read('data/a (cluster).csv'), choice === 'both' ? 'theirs' : null);
    assert.deepEqual(await list(), [], 'answered once');
  }
});

test('a file changed here after it was listed is not overwritten', async () => {
  const { server, browser, list, bring } = await scene();
  server.put('data/a.csv', 'theirs');
  const changes = await list();
  await browser.write('data/a.csv', 'just edited');
  const { brought } = await bring(changes);
  assert.deepEqual(brought, ['data/a (cluster).csv']);
  assert.equal(await browser.read('data/a.csv'), 'just edited');
});

test('a notebook that is here may be open: it is never replaced unasked', async () => {
  const { server, browser, list } = await scene();
  await browser.write('01.ipynb', '{"cells":[]}');
  server.put('01.ipynb', '{"cells":[],"metadata":{}}');
  assert.deepEqual(named(await list()), [['01.ipynb', 'both']]);
});

test('too big for the browser’s storage: told, and left for a download', async () => {
  const { server, state, list, bring } = await scene();
  server.put('big.bam', 'x'.repeat(100));
  state.room = 150;
  const changes = await list();
  assert.deepEqual(
    changes.map(({ path, fits }) => [path, fits]),
    [['big.bam', false]]
  );
  const { failed } = await bring(changes);
  assert.deepEqual(
    failed.map(({ kind }) => kind),
    ['too-big']
  );
});

test('a file deleted there meanwhile is told, the others come', async () => {
  const { server, list, bring } = await scene();
  server.put('x1', '1');
  server.put('x2', '2');
  const changes = await list();
  server.files.delete('x1');
  const { brought, failed } = await bring(changes);
  assert.deepEqual([brought, failed.map(({ kind, path }) => [kind, path])], [['x2'], [['gone', 'x1']]]);
});

test('what the pupil deleted here after bringing it isn’t offered again', async () => {
  const { server, browser, list, bring } = await scene();
  server.put('out.txt', '1');
  await bring(await list());
  await browser.contents.delete('out.txt');
  assert.deepEqual(await list(), []);
  server.put('out.txt', '2');
  assert.deepEqual(named(await list()), [['out.txt', 'new']]);
});

test('the notebook goes as it stands; one changed there is asked about, and kept by default', async () => {
  const { server, around } = await scene();
  const questions: string[] = [];
  const send = (notebook: unknown, choice: 'keep' | 'send' | 'both' = 'keep') =>
    sendNotebook({
      ...around,
      path: 'td/01.ipynb',
      notebook,
      copyLabel: 'my version',
      ask: conflicts => {
        questions.push(...conflicts.map(({ path }) => path));
        return Promise.resolve(new Map([['td/01.ipynb', choice]]));
      }
    });
  assert.equal(await send({ cells: [1] }), 'td/01.ipynb');
  assert.deepEqual(JSON.parse(server.text('td/01.ipynb') ?? ''), { cells: [1] });
  await send({ cells: [2] });
  assert.deepEqual(JSON.parse(server.text('td/01.ipynb') ?? ''), { cells: [2] });
  assert.deepEqual(questions, []);
  server.put('td/01.ipynb', '{"cells": ["in the hub"]}');
  await send({ cells: [2] });
  assert.deepEqual(questions, [], 'it changed there alone');
  assert.equal(await send({ cells: [3] }, 'both'), 'td/01 (my version).ipynb');
  assert.deepEqual(questions, ['td/01.ipynb']);
  assert.equal(server.text('td/01.ipynb'), '{"cells": ["in the hub"]}');
});
