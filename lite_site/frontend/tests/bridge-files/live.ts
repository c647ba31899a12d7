/**
 * Files both ways with a person's real server (the hub's extension), through a network that can be cut.
 *
 * Run by tests/hub/page/test_files.py, which starts the server: SERVER_PORT and SERVER_TOKEN say where.
 */

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';

import { bringChanges } from '../../src/bridge/files/bringback.ts';
import { Carry } from '../../src/bridge/files/carry.ts';
import { listChanges } from '../../src/bridge/files/changes.ts';
import type { CarriedFiles } from '../../src/bridge/files/memory.ts';
import { pause } from '../../src/bridge/patience.ts';
import { PublishedDoor } from '../../src/bridge/files/published.ts';
import type { Choice } from '../../src/bridge/files/sendings.ts';
import { ServerFiles } from '../../src/bridge/files/serverfiles.ts';
import { upload } from '../../src/bridge/files/upload.ts';
import { openServer } from '../../src/bridge/server.ts';
import { browserStorage, store } from './lite.ts';
import { publishedAt, sha } from './server.ts';

const BASE = `http://127.0.0.1:${process.env['SERVER_PORT'] ?? ''}/`;
const ROOT = 'https://site.example/genomique/';
const never = new AbortController().signal;

/** The server through its door; `trouble` stands in the way of single requests. */
function door(trouble: (count: number) => void = () => undefined): ServerFiles {
  let count = 0;
  const token = (): Promise<string> => Promise.resolve(process.env['SERVER_TOKEN'] ?? '');
  const fetched = async (address: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(address, init);
    trouble((count += 1));
    return response;
  };
  return new ServerFiles(openServer(BASE, { current: token, newerThan: token }, fetched));
}

const bytes = async (server: ServerFiles, path: string): Promise<Buffer> =>
  Buffer.from(await (await server.open(path, never)).arrayBuffer());

test('a large file goes in chunks, through cuts, byte for byte', async () => {
  const content = randomBytes(20_000_001);
  const server = door(count => {
    if (count % 2 === 0) {
      throw new TypeError('Failed to fetch');
    }
  });
  const file = { path: 'données/gros fichier.bin', sha256: sha(content), expected: null };
  const open = (): Promise<Blob> => Promise.resolve(new Blob([content]));
  const wait = (): Promise<void> => pause(10, never);
  const seen: number[] = [];
  const onBytes = (there: number): void => void seen.push(there);
  assert.deepEqual(await upload({ ...file, open }, { server, signal: never, pause: wait, onBytes }), { kind: 'there' });
  assert.deepEqual(
    seen,
    seen.toSorted((one, other) => one - other)
  );
  assert.ok(content.equals(await bytes(door(), file.path)));
});

test('an upload that was abandoned goes on from where it was', async () => {
  const content = randomBytes(20_000_000);
  const control = new AbortController();
  const file = {
    path: 'cut.bin',
    sha256: sha(content),
    expected: null,
    open: () => Promise.resolve(new Blob([content]))
  };
  const around = { pause, onBytes: () => undefined };
  const cutting = door(count => count === 2 && control.abort());
  await assert.rejects(upload(file, { ...around, server: cutting, signal: control.signal }), { name: 'AbortError' });
  const seen: number[] = [];
  const onBytes = (there: number): void => void seen.push(there);
  await upload(file, { ...around, onBytes, server: door(), signal: never });
  assert.equal(seen[0], 8 * 1024 * 1024);
  assert.ok(content.equals(await bytes(door(), 'cut.bin')));
});

test('the server says what stands in the way: something else there, a name, damage', async () => {
  const server = door();
  const send = (path: string, expected: string | null, text = 'mine', hash = sha(text)) =>
    server.put({ path, body: new Blob([text]), offset: 0, length: text.length, sha256: hash, expected }, never);
  await send('there.txt', null, 'theirs');
  assert.deepEqual(await send('there.txt', null), { kind: 'changed', sha256: sha('theirs') });
  assert.deepEqual(await send('there.txt', sha('older')), { kind: 'changed', sha256: sha('theirs') });
  assert.deepEqual(await send('there.txt', sha('theirs')), { kind: 'whole' });
  assert.deepEqual(await send('other.txt', null, 'x', sha('y')), { kind: 'hash' });
  await assert.rejects(send('.hidden', null), { kind: 'name' });
  await assert.rejects(server.open('nowhere.txt', never), { kind: 'gone' });
});

test('a course goes there, cells change it, and it comes back', async () => {
  const files = { 'data/reads.fa': '>r1\nACGT\n', 'plots.py': 'x = 1\n', 'empty.txt': '' };
  const browser = browserStorage();
  const memory = store<CarriedFiles>();
  const server = door();
  const published = new PublishedDoor(ROOT, publishedAt(ROOT, files).fetched);
  const around = {
    server,
    published,
    browser: browser.files,
    memory,
    signal: never,
    pause,
    onProgress: () => undefined
  };
  const ask = () => Promise.resolve(new Map<string, Choice>());
  const carry = () => new Carry({ ...around, copyLabel: 'mine', ask }).run();
  const list = () => listChanges({ ...around, room: () => Promise.resolve(Infinity) });
  await browser.write('plots.py', 'x = 2\n');
  assert.deepEqual((await carry()).sent.toSorted(), Object.keys(files).toSorted());
  assert.equal(String(await bytes(server, 'plots.py')), 'x = 2\n');
  assert.deepEqual((await carry()).sent, []);
  const text = 'trimmed\n';
  const chunk = { path: 'data/reads.fa', body: new Blob([text]), offset: 0, length: text.length, sha256: sha(text) };
  await server.put({ ...chunk, expected: sha(files['data/reads.fa']) }, never);
  const changes = (await list()).filter(({ path }) => path === 'data/reads.fa');
  assert.deepEqual(
    changes.map(({ state }) => state),
    ['changed']
  );
  await bringChanges(changes, new Map(), { ...around, room: () => Promise.resolve(Infinity), besideLabel: 'cluster' });
  assert.equal(await browser.read('data/reads.fa'), text);
  await server.ensureFolder('genomique/pour aller plus loin/é', never);
});
