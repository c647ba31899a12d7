import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FilesProblem } from '../../src/bridge/files/problems.ts';
import { ServerFiles } from '../../src/bridge/files/serverfiles.ts';
import { upload, type Upload, type UploadEnd } from '../../src/bridge/files/upload.ts';
import { BridgeProblem } from '../../src/bridge/problems.ts';
import { MemoryServer, sha } from './server.ts';

const TEXT = 'ACGTACGTACGTACGTACGTACGTA';
const atOnce = (): Promise<void> => Promise.resolve();

function file(change: Partial<Upload> = {}): Upload {
  return {
    path: 'data/reads.txt',
    sha256: sha(TEXT),
    expected: null,
    open: () => Promise.resolve(new Blob([TEXT])),
    ...change
  };
}

function send(
  server: MemoryServer,
  what = file(),
  seen: number[] = [],
  signal = new AbortController().signal
): Promise<UploadEnd> {
  const onBytes = (bytes: number): void => void seen.push(bytes);
  const waits = { pause: atOnce, detour: atOnce };
  return upload(what, { server: new ServerFiles(server), signal, ...waits, onBytes, chunk: 10 });
}

const puts = ({ asked }: MemoryServer): number => asked.filter(one => one.startsWith('PUT')).length;

test('a file goes in chunks and is told as it goes', async () => {
  const server = new MemoryServer();
  const seen: number[] = [];
  assert.deepEqual(await send(server, file(), seen), { kind: 'there' });
  assert.equal(server.text('data/reads.txt'), TEXT);
  assert.deepEqual(seen, [0, 10, 20, 25]);
});

test('a small file is one request; an empty one too', async () => {
  const server = new MemoryServer();
  const small = file({ path: 'a.txt', sha256: sha('abc'), open: () => Promise.resolve(new Blob(['abc'])) });
  await send(server, small);
  await send(server, file({ path: 'empty', sha256: sha(''), open: () => Promise.resolve(new Blob([])) }));
  assert.deepEqual(server.asked, ['PUT passerelle/files/a.txt', 'PUT passerelle/files/empty']);
  assert.equal(server.text('empty'), '');
});

test('an upload cut at a half goes on from there, after a reload too', async () => {
  const server = new MemoryServer();
  const gone = new AbortController();
  server.meanwhile = method => (method === 'PUT' && puts(server) === 2 ? gone.abort() : null);
  await assert.rejects(send(server, file(), [], gone.signal), { name: 'AbortError' });
  server.meanwhile = () => null;
  const seen: number[] = [];
  await send(server, file(), seen);
  assert.equal(seen[0], 20);
  assert.equal(server.text('data/reads.txt'), TEXT);
});

test('lost requests and lost answers change nothing, wherever they happen', async () => {
  for (const mishap of ['lost', 'answer lost'] as const) {
    for (let at = 1; at <= 4; at += 1) {
      const server = new MemoryServer();
      let count = 0;
      server.meanwhile = () => ((count += 1) === at ? mishap : null);
      assert.deepEqual(await send(server), { kind: 'there' }, `${mishap} ${at}`);
      assert.equal(server.text('data/reads.txt'), TEXT);
    }
  }
});

test('a network that stays away for two minutes ends it, with growing waits', async () => {
  const server = new MemoryServer();
  server.meanwhile = () => 'lost';
  const waits: number[] = [];
  const pause = (milliseconds: number): Promise<void> => Promise.resolve(void waits.push(milliseconds));
  const signal = new AbortController().signal;
  const tried = upload(file(), { server: new ServerFiles(server), signal, pause, onBytes: () => undefined, chunk: 10 });
  await assert.rejects(tried, (error: unknown) => error instanceof BridgeProblem && error.kind === 'unreachable');
  assert.deepEqual(
    waits,
    waits.toSorted((one, other) => one - other)
  );
  assert.ok(Math.abs(waits.reduce((sum, one) => sum + one, 0) - 120_000) < 5000);
});

test('what changed there meanwhile is not overwritten, whenever it happens', async () => {
  for (const at of [1, 2, 3]) {
    const server = new MemoryServer();
    server.put('data/reads.txt', 'old');
    server.meanwhile = method => {
      if (method === 'PUT' && puts(server) === at) {
        server.put('data/reads.txt', 'newer');
      }
    };
    const end = await send(server, file({ expected: sha('old') }));
    assert.deepEqual(end, { kind: 'changed', sha256: sha('newer') });
    assert.equal(server.text('data/reads.txt'), 'newer');
  }
});

test('a stale copy in the cache is fetched anew once; a file that is damaged twice is given up', async () => {
  const server = new MemoryServer();
  const opened: boolean[] = [];
  const open = (fresh: boolean): Promise<Blob> => {
    opened.push(fresh);
    return Promise.resolve(new Blob([fresh ? TEXT : 'ACGT an older edition of it']));
  };
  assert.deepEqual(await send(server, file({ open })), { kind: 'there' });
  assert.deepEqual(opened, [false, true]);
  const damaged = send(new MemoryServer(), file({ open: () => Promise.resolve(new Blob(['something else'])) }));
  await assert.rejects(damaged, (error: unknown) => error instanceof FilesProblem && error.kind === 'damaged');
});

test('no room, and too big, are told as such', async () => {
  for (const [change, kind] of [
    [{ room: 3 }, 'no-room'],
    [{ largest: 3 }, 'too-big']
  ] as const) {
    const sent = send(Object.assign(new MemoryServer(), change));
    await assert.rejects(sent, (error: unknown) => error instanceof FilesProblem && error.kind === kind);
  }
});

test('a server that never moves on is not asked for ever', async () => {
  const server = new MemoryServer();
  const stuck = Object.assign(Object.create(server) as MemoryServer, {
    request: (_: string, init?: RequestInit) =>
      Promise.resolve(
        new Response(null, { status: init?.method === 'HEAD' ? 200 : 409, headers: { 'Upload-Offset': '0' } })
      )
  });
  await assert.rejects(send(stuck), (error: unknown) => error instanceof FilesProblem && error.kind === 'unexpected');
});
