import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { ServerState } from '../../src/bridge/hub.ts';
import { BridgeProblem } from '../../src/bridge/problems.ts';
import type { ProgressEvent } from '../../src/bridge/progress.ts';
import { pause, startServer, type StartParts } from '../../src/bridge/start.ts';
import { never } from './fakes.ts';

const PATH = '/user/ana/adn/';
const server = (state: Partial<ServerState>): ServerState => ({
  ready: false,
  pending: null,
  path: null,
  lastActivity: null,
  ...state
});
const READY = server({ ready: true, path: PATH });
const STARTING: ProgressEvent = { is: 'starting', percent: 50, texts: null };

/** A hub that goes through `states`, one a look, and tells `streams`, one a request. */
function hub(
  states: (ServerState | null)[],
  streams: (ProgressEvent[] | Error)[],
  post: () => Promise<'asked' | 'known'>
) {
  const log: string[] = [];
  const told: ProgressEvent[] = [];
  const parts: { -readonly [key in keyof StartParts]: StartParts[key] } = {
    user: 'ana',
    course: 'adn',
    profile: 'standard',
    now: () => 0,
    pause: () => Promise.resolve(),
    onAsked: ours => log.push(ours ? 'asked' : 'not ours'),
    hub: {
      person: () => {
        const state = states.length > 1 ? states.shift() : states[0];
        return Promise.resolve({ name: 'ana', servers: new Map(state ? [['adn', state]] : []), now: null });
      },
      start: () => {
        log.push('POST');
        return post();
      },
      progress: async function* () {
        const stream = streams.length > 1 ? streams.shift() : streams[0];
        if (stream instanceof Error) {
          throw stream;
        }
        yield* stream ?? [];
      }
    }
  };
  return { log, told, parts, run: () => startServer(parts, event => told.push(event), never) };
}

test('a server that runs is taken as it is', async () => {
  const { run, log } = hub([READY], [], () => Promise.reject(new Error('asked')));
  assert.equal(await run(), PATH);
  assert.deepEqual(log, []);
});

test('a start is asked for and told of until it is ready, though the hub has nothing to tell at first', async () => {
  const streams: ProgressEvent[][] = [[], [STARTING, { is: 'ready', path: PATH }]];
  const { run, log, told } = hub([null, server({ pending: 'spawn' })], streams, () => Promise.resolve('asked'));
  assert.equal(await run(), PATH);
  assert.deepEqual(log, ['asked', 'POST']);
  assert.deepEqual(told, [STARTING]);
});

test('the failure of the start before is not taken for that of this one', async () => {
  const old: ProgressEvent = { is: 'failed', problem: new BridgeProblem('failed') };
  let answer: (how: 'asked') => void = () => undefined;
  const asked = new Promise<'asked'>(resolve => (answer = resolve));
  const streams: ProgressEvent[][] = [[old], [old], [{ is: 'ready', path: PATH }]];
  const { run, parts } = hub([null, server({ pending: 'spawn' })], streams, () => asked);
  let pauses = 0;
  parts.pause = () => {
    pauses += 1;
    if (pauses === 3) {
      answer('asked');
    }
    return Promise.resolve();
  };
  assert.equal(await run(), PATH);
});

test('a start that another tab began is joined, not asked for again', async () => {
  const { run, log } = hub([server({ pending: 'spawn' })], [[{ is: 'ready', path: PATH }]], () =>
    Promise.reject(new Error('asked'))
  );
  assert.equal(await run(), PATH);
  assert.deepEqual(log, []);
});

test('a server that is stopping is waited for', async () => {
  const states = [server({ pending: 'stop' }), server({ pending: 'stop' }), null];
  const { run, log } = hub(states, [[{ is: 'ready', path: PATH }]], () => Promise.resolve('asked'));
  assert.equal(await run(), PATH);
  assert.equal(log[0], 'asked');
});

test('a hub that restarts meanwhile is waited for, and the page says that it doesn’t answer', async () => {
  const unreachable = new BridgeProblem('unreachable');
  const streams = [[STARTING], unreachable, unreachable, [{ is: 'ready', path: PATH } as const]];
  const { run, told, log } = hub([null, server({ pending: 'spawn' })], streams, () => Promise.resolve('asked'));
  assert.equal(await run(), PATH);
  assert.deepEqual(told, [STARTING, { is: 'unanswered' }, { is: 'unanswered' }]);
  assert.deepEqual(log, ['asked', 'POST']);
});

test('a hub that comes back without the start, or never had the request, is asked again', async () => {
  const unreachable = new BridgeProblem('unreachable');
  const forgot = hub([null], [unreachable, [{ is: 'ready', path: PATH }]], () => Promise.resolve('asked'));
  assert.equal(await forgot.run(), PATH);
  assert.deepEqual(forgot.log, ['asked', 'POST', 'asked', 'POST']);
  const answers = [Promise.reject(unreachable), Promise.resolve('asked' as const)];
  const lost = hub([null], [[], [{ is: 'ready', path: PATH }]], () => answers.shift() ?? Promise.reject(new Error('3')));
  assert.equal(await lost.run(), PATH);
});

test('a start that the hub drops as it ends is asked of the next one, or found there', async () => {
  const unreachable = new BridgeProblem('unreachable');
  const dropped: ProgressEvent = { is: 'failed', problem: new BridgeProblem('failed', { code: 'cancelled' }) };
  for (const [found, asked] of [
    [null, 2],
    [server({ pending: 'check' }), 1]
  ] as const) {
    const streams = [[STARTING, dropped], [{ is: 'ready', path: PATH } as const]];
    const { run, parts, log } = hub([null, found, READY], streams, () => Promise.resolve('asked'));
    const { person } = parts.hub;
    let looks = 0;
    parts.hub = {
      ...parts.hub,
      person: signal => {
        looks += 1;
        return looks === 2 ? Promise.reject(unreachable) : person(signal);
      }
    };
    assert.equal(await run(), PATH);
    assert.equal(log.filter(said => said === 'POST').length, asked);
  }
});

test('a start that another tab cancels is told so: the hub is there', async () => {
  const problem = new BridgeProblem('failed', { code: 'cancelled' });
  const { run } = hub([null], [[STARTING, { is: 'failed', problem }]], () => Promise.resolve('asked'));
  await assert.rejects(run(), problem);
});

test('a hub that stays away is given up after a minute and a half', async () => {
  const { run, parts, told } = hub([null], [new BridgeProblem('unreachable')], () => Promise.resolve('asked'));
  let now = 0;
  parts.now = () => now;
  parts.pause = milliseconds => {
    now += milliseconds;
    return Promise.resolve();
  };
  await assert.rejects(run(), { kind: 'unreachable' });
  assert.ok(now > 90_000 && now < 100_000, String(now));
  assert.ok(told.every(({ is }) => is === 'unanswered'));
});

test('a failure is told with what the spawner said, else what the hub answered', async () => {
  const problem = new BridgeProblem('failed', { code: 'no-space' });
  const failing = hub([null], [[STARTING, { is: 'failed', problem }]], () => Promise.resolve('asked'));
  await assert.rejects(failing.run(), { told: { code: 'no-space' } });
  const busy = hub([null], [[]], () => Promise.reject(new BridgeProblem('busy')));
  await assert.rejects(busy.run(), { kind: 'busy' });
  const vanished = hub([null, null], [[]], () => Promise.resolve('asked'));
  await assert.rejects(vanished.run(), { kind: 'failed' });
});

test('a wait ends when it is cancelled', async () => {
  const control = new AbortController();
  const waited = pause(60_000, control.signal);
  control.abort();
  await assert.rejects(waited, { name: 'AbortError' });
  await assert.rejects(pause(1, control.signal), { name: 'AbortError' });
});
