import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Carry, type CarryProgress, type CarryResult } from '../../src/bridge/files/carry.ts';
import type { CarriedFiles } from '../../src/bridge/files/memory.ts';
import { FilesProblem } from '../../src/bridge/files/problems.ts';
import { PublishedDoor } from '../../src/bridge/files/published.ts';
import type { Choice, Conflict } from '../../src/bridge/files/sendings.ts';
import { ServerFiles } from '../../src/bridge/files/serverfiles.ts';
import { browserStorage, store } from './lite.ts';
import { MemoryServer, publishedAt } from './server.ts';

const ROOT = 'https://site.example/genomique/';
const PUBLISHED = {
  'data/reads.fa': '>r1\nACGT\n',
  'plots.py': 'def show(): ...\n',
  'données/table à lire.csv': 'a,b\n1,2\n'
};

/** A page, its site and a server; `carry` answers every question with `choice`. */
function scene(files: Readonly<Record<string, string>> = PUBLISHED) {
  const server = new MemoryServer();
  const browser = browserStorage();
  const memory = store<CarriedFiles>();
  const site = { files };
  const asked: string[][] = [];
  const progress: CarryProgress[] = [];
  const carry = (choice: Choice = 'keep', signal = new AbortController().signal): Promise<CarryResult> =>
    new Carry({
      server: new ServerFiles(server),
      published: new PublishedDoor(ROOT, publishedAt(ROOT, site.files).fetched),
      browser: browser.files,
      memory,
      copyLabel: 'my version',
      signal,
      pause: () => Promise.resolve(),
      onProgress: one => void progress.push(one),
      ask: (conflicts: readonly Conflict[]) => {
        asked.push(conflicts.map(({ path }) => path));
        return Promise.resolve(new Map(conflicts.map(({ path }) => [path, choice])));
      }
    }).run();
  return { server, browser, memory, site, asked, progress, carry };
}

test('the first carry brings every published file; the second asks for the list alone', async () => {
  const { server, carry, progress } = scene();
  const { sent } = await carry();
  assert.deepEqual(sent.toSorted(), Object.keys(PUBLISHED).toSorted());
  for (const [path, text] of Object.entries(PUBLISHED)) {
    assert.equal(server.text(path), text);
  }
  const last = progress.at(-1);
  assert.deepEqual([last?.done, last?.total, last?.bytes], [3, 3, last?.totalBytes]);
  server.asked.length = 0;
  assert.deepEqual((await carry()).sent, []);
  assert.deepEqual(server.asked, ['GET passerelle/files']);
});

test('the pupil’s own version stands before the published one; notebooks stay in the page', async () => {
  const { server, browser, carry } = scene();
  await browser.write('plots.py', 'def show(): "mine"\n');
  await browser.write('notes.txt', 'à moi');
  await browser.write('01.ipynb', '{"cells": []}');
  await carry();
  assert.equal(server.text('plots.py'), 'def show(): "mine"\n');
  assert.equal(server.text('notes.txt'), 'à moi');
  assert.equal(server.text('01.ipynb'), null);
});

test('only what changed here goes again, and what cells changed there stays', async () => {
  const { server, browser, carry, asked } = scene();
  await carry();
  await browser.write('plots.py', 'new here');
  server.put('data/reads.fa', 'trimmed by a cell');
  const { sent, kept } = await carry();
  assert.deepEqual([sent, kept], [['plots.py'], ['data/reads.fa']]);
  assert.equal(server.text('data/reads.fa'), 'trimmed by a cell');
  assert.deepEqual(asked, []);
});

test('a new edition on the site replaces the old one there, unless it was worked on', async () => {
  const { server, site, carry, asked } = scene();
  await carry();
  server.put('plots.py', 'changed on the cluster');
  site.files = { ...PUBLISHED, 'data/reads.fa': 'edition 2', 'plots.py': 'edition 2' };
  await carry('keep');
  assert.equal(server.text('data/reads.fa'), 'edition 2');
  assert.equal(server.text('plots.py'), 'changed on the cluster');
  assert.deepEqual(asked, [['plots.py']]);
  await carry('keep');
  assert.equal(asked.length, 1, 'the same question is not asked twice');
});

test('what nobody remembers is asked: send, or both', async () => {
  for (const [choice, mine, beside] of [
    ['send', 'mine', null],
    ['both', 'theirs', 'mine']
  ] as const) {
    const { server, carry } = scene({ 'a.csv': 'mine' });
    server.put('a.csv', 'theirs');
    await carry(choice);
    assert.equal(server.text('a.csv'), mine);
    assert.equal(server.text('a (my version).csv'), beside);
  }
});

test('a file that changes there while it is asked about, or sent, is asked about again', async () => {
  const { server, carry, asked } = scene({ 'a.csv': 'mine' });
  server.put('a.csv', 'theirs');
  let moved = false;
  server.meanwhile = method => {
    if (method === 'PUT' && !moved) {
      moved = true;
      server.put('a.csv', 'theirs, newer');
    }
  };
  await carry('send');
  assert.deepEqual(asked, [['a.csv'], ['a.csv']]);
  assert.equal(server.text('a.csv'), 'mine');
});

test('one file that fails doesn’t hold up the others', async () => {
  const { server, carry } = scene();
  server.largest = 9;
  const { sent, failed } = await carry();
  assert.deepEqual(sent.toSorted(), ['data/reads.fa', 'données/table à lire.csv']);
  assert.deepEqual(
    failed.map(({ kind, path }) => [kind, path]),
    [['too-big', 'plots.py']]
  );
});

test('a published file that the site can’t give is told', async () => {
  const { carry, site, server } = scene();
  site.files = { ...PUBLISHED };
  const door = publishedAt(ROOT, PUBLISHED);
  const fetched: typeof door.fetched = (address, init) =>
    address.endsWith('plots.py') ? Promise.reject(new TypeError('Failed to fetch')) : door.fetched(address, init);
  assert.ok(carry);
  const { failed, sent } = await new Carry({
    server: new ServerFiles(server),
    published: new PublishedDoor(ROOT, fetched),
    browser: browserStorage().files,
    memory: store<CarriedFiles>(),
    copyLabel: '',
    signal: new AbortController().signal,
    pause: () => Promise.resolve(),
    onProgress: () => undefined,
    ask: () => Promise.resolve(new Map())
  }).run();
  assert.equal(sent.length, 2);
  assert.deepEqual(
    failed.map(({ kind }) => kind),
    ['site']
  );
});

test('three files at a time, the small ones first', async () => {
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`f${index}`, 'x'.repeat(12 - index)]));
  const { server, carry } = scene(many);
  await carry();
  assert.equal(server.mostAtOnce, 3);
  const order = server.asked.filter(one => one.startsWith('PUT')).map(one => one.split('/').at(-1));
  assert.deepEqual(order.slice(0, 3).toSorted(), ['f10', 'f11', 'f9']);
});

test('cancelled, it stops; what was carried is remembered and not sent again', async () => {
  const many = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`f${index}`, `content ${index}`]));
  const { server, carry } = scene(many);
  const control = new AbortController();
  server.meanwhile = () => (server.files.size >= 4 ? control.abort() : null);
  await assert.rejects(carry('keep', control.signal), { name: 'AbortError' });
  const arrived = server.files.size;
  assert.ok(arrived >= 4 && arrived < 9);
  server.meanwhile = () => null;
  assert.equal((await carry()).sent.length, 9 - arrived);
});

test('the site’s silence is a problem of its own', async () => {
  const answers = [
    () => Promise.resolve(new Response('<html>')),
    () => Promise.resolve(new Response('', { status: 500 }))
  ];
  for (const fetched of [...answers, () => Promise.reject(new TypeError('Failed to fetch'))]) {
    const door = new PublishedDoor(ROOT, fetched);
    const isSite = (error: unknown): boolean => error instanceof FilesProblem && error.kind === 'site';
    await assert.rejects(door.read(new AbortController().signal), isSite);
  }
});
