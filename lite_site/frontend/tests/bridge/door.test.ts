import assert from 'node:assert/strict';
import { test } from 'node:test';

import { withToken } from '../../src/bridge/door.ts';
import { BridgeProblem, type ProblemKind } from '../../src/bridge/problems.ts';
import { FakeHub, tokens } from './fakes.ts';

const AT = 'https://hub.example/x';
const ofKind = (kind: ProblemKind) => (error: unknown) => error instanceof BridgeProblem && error.kind === kind;

test('a refused token is renewed, and the request sent once more', async () => {
  const hub = new FakeHub().answer(`PUT ${AT}`, new Response('', { status: 403 }), new Response('done'));
  const response = await withToken(hub.fetched, tokens(), AT, { method: 'PUT', body: 'bytes' });
  assert.equal(await response.text(), 'done');
  assert.deepEqual(
    hub.asked.map(({ authorization, body }) => [authorization, body]),
    [
      ['Bearer first', 'bytes'],
      ['Bearer second', 'bytes']
    ]
  );
});

test('what is refused twice is refused; what says who are you is signed out', async () => {
  const refusing = (status: number): FakeHub => new FakeHub().answer(`GET ${AT}`, new Response('', { status }));
  await assert.rejects(withToken(refusing(403).fetched, tokens(), AT, {}), ofKind('refused'));
  await assert.rejects(withToken(refusing(401).fetched, tokens(), AT, {}), ofKind('signed-out'));
});

test('no network and proxies without a hub are unreachable; a stopped server is stopped', async () => {
  const answering = (answer: Response | Error): FakeHub => new FakeHub().answer(`GET ${AT}`, answer);
  for (const answer of [new TypeError('Failed to fetch'), new Response('', { status: 503 })]) {
    await assert.rejects(withToken(answering(answer).fetched, tokens(), AT, {}), ofKind('unreachable'));
  }
  const stopped = answering(new Response('', { status: 424 }));
  await assert.rejects(withToken(stopped.fetched, tokens(), AT, {}), ofKind('stopped'));
});

test('other answers are the caller’s, and a cancelled request stays cancelled', async () => {
  const hub = new FakeHub().answer(`GET ${AT}`, new Response('', { status: 412 }));
  assert.equal((await withToken(hub.fetched, tokens(), AT, {})).status, 412);
  await assert.rejects(withToken(hub.fetched, tokens(), AT, { signal: AbortSignal.abort() }), { name: 'AbortError' });
});
