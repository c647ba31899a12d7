import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Crossing, type CrossingParts } from '../../src/bridge/crossing.ts';
import type { RemoteKernel } from '../../src/bridge/kernels/remote.ts';
import { BridgeProblem } from '../../src/bridge/problems.ts';
import type { ServerDoor } from '../../src/bridge/server.ts';
import type { Stage } from '../../src/bridge/stages.ts';

const SERVER = { base: 'https://h/user/ana/adn/' } as ServerDoor;
const KERNEL: RemoteKernel = { id: 'k1', name: 'hub:python3' };
const turn = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 2));

/** Waits until `signal` aborts, as what is on its way does. */
function cancelled(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
  });
}

function page(
  change: {
    bridge?: Partial<CrossingParts['bridge']>;
    remote?: Partial<CrossingParts['remote']>;
    parts?: Partial<CrossingParts>;
  } = {}
) {
  const log: string[] = [];
  const stages: Stage[] = [];
  const parts: CrossingParts = {
    bridge: {
      signIn: () => (log.push('sign in'), Promise.resolve()),
      reachServer: (profile, tell) => {
        log.push(`server with ${profile ?? 'any'}`);
        tell({ is: 'queue', position: 1, texts: null });
        return Promise.resolve(SERVER);
      },
      findServer: () => Promise.resolve(SERVER),
      leaveToSignIn: (lesson, back) => (log.push(`leave for ${lesson}, back to ${back}`), Promise.resolve()),
      ...change.bridge
    },
    remote: {
      find: () => Promise.resolve(null),
      start: path => (log.push(`start ${path}`), Promise.resolve(KERNEL)),
      giving: (_, act) => act(),
      ...change.remote
    },
    path: () => 'adn/a.ipynb',
    lesson: () => 'a.ipynb',
    profile: () => 'memory',
    carry: () => (log.push('carry'), Promise.resolve()),
    connect: ({ id }) => (log.push(`connect ${id}`), Promise.resolve()),
    disconnect: () => (log.push('disconnect'), Promise.resolve()),
    saved: () => (log.push('save'), Promise.resolve('https://s/l')),
    ...change.parts
  };
  const crossing = new Crossing(parts, stage => stages.push(stage));
  return { crossing, log, ats: () => stages.map(({ at }) => at) };
}

test('from a press to a kernel: the window first, files before the first cell', async () => {
  const { crossing, log, ats } = page();
  const crossed = crossing.start({ resume: false });
  assert.deepEqual(log, ['sign in'], 'in the press itself');
  assert.equal(await crossed, true);
  assert.deepEqual(log, ['sign in', 'server with memory', 'carry', 'start adn/a.ipynb', 'connect k1']);
  assert.deepEqual(ats(), ['signing-in', 'asking', 'waiting', 'files', 'kernel', 'ready']);
  assert.equal(crossing.found, false);
});

test('a server whose hub is away is said not to answer, until it says which kernels it has', async () => {
  const { crossing, ats } = page({
    remote: {
      find: (_, __, onAway) => {
        onAway();
        return Promise.resolve(null);
      }
    }
  });
  assert.equal(await crossing.start({ resume: false }), true);
  assert.deepEqual(ats(), ['signing-in', 'asking', 'waiting', 'unanswered', 'files', 'kernel', 'ready']);
});

test('a server that falls silent while files are carried, or a kernel asked for, is said not to answer', async () => {
  const { crossing, ats } = page({
    remote: {
      start: (_, __, onAway) => {
        onAway();
        return Promise.resolve(KERNEL);
      }
    },
    parts: {
      carry: (_, onProgress, __, onAway) => {
        onAway();
        onProgress({ done: 0, total: 1, bytes: 0, totalBytes: 8, name: 'a' });
        return Promise.resolve();
      }
    }
  });
  assert.equal(await crossing.start({ resume: false }), true);
  const silent = ['files', 'unanswered', 'files', 'kernel', 'unanswered', 'kernel', 'ready'];
  assert.deepEqual(ats().slice(3), silent);
});

test('coming back finds the kernel that runs, carries nothing and starts nothing', async () => {
  const { crossing, log } = page({ remote: { find: () => Promise.resolve(KERNEL) } });
  assert.equal(await crossing.start({ resume: true }), true);
  assert.deepEqual(log, ['sign in', 'connect k1']);
  assert.equal(crossing.found, true);
});

test('coming back to a server that stopped says so, and starts none', async () => {
  const { crossing, log } = page({ bridge: { findServer: () => Promise.resolve(null) } });
  assert.equal(await crossing.start({ resume: true }), false);
  assert.ok(crossing.stage.at === 'failed' && crossing.stage.problem.kind === 'stopped');
  assert.deepEqual(log, ['sign in']);
});

test('a second press while it is under way is the same crossing', async () => {
  const { crossing, log } = page();
  const [one, other] = [crossing.start({ resume: false }), crossing.start({ resume: false })];
  assert.equal(one, other);
  await one;
  assert.equal(log.filter(entry => entry === 'sign in').length, 1);
});

test('cancelling aborts what is on its way, and a failure that comes of it is none', async () => {
  for (const where of ['signIn', 'reachServer', 'carry', 'connect'] as const) {
    const waits = (...given: unknown[]): Promise<never> =>
      cancelled(given.find(one => one instanceof AbortSignal) ?? new AbortController().signal);
    const { crossing, ats } = page(
      where === 'signIn' || where === 'reachServer' ? { bridge: { [where]: waits } } : { parts: { [where]: waits } }
    );
    const crossed = crossing.start({ resume: false });
    await turn();
    crossing.cancel();
    assert.equal(await crossed, false, where);
    assert.deepEqual(ats().slice(-2), ['cancelling', 'idle'], where);
  }
});

test('a kernel connected while it was being cancelled is left again', async () => {
  const { crossing, log } = page({
    parts: {
      connect: async (_, signal) => {
        crossing.cancel();
        await turn();
        signal.throwIfAborted();
      }
    }
  });
  assert.equal(await crossing.start({ resume: false }), false);
  assert.equal(log.at(-1), 'disconnect');
  assert.equal(crossing.stage.at, 'idle');
});

test('a blocked window: the notebook is saved, then the page left', async () => {
  const { crossing, log, ats } = page({ bridge: { signIn: () => Promise.reject(new BridgeProblem('popup-blocked')) } });
  assert.equal(await crossing.start({ resume: false }), false);
  assert.deepEqual(log, ['save', 'leave for a.ipynb, back to https://s/l']);
  assert.deepEqual(ats(), ['signing-in', 'leaving']);
});

test('a notebook that can’t be saved keeps the page where it is', async () => {
  const { crossing, log } = page({
    bridge: { signIn: () => Promise.reject(new BridgeProblem('popup-blocked')) },
    parts: { saved: () => Promise.reject(new Error('storage is full')) }
  });
  await assert.rejects(crossing.start({ resume: false }), /storage is full/);
  assert.ok(crossing.stage.at === 'failed' && crossing.stage.problem.kind === 'popup-blocked');
  assert.deepEqual(log, []);
});

test('a mistake of ours is told as one, and not hidden', async () => {
  const { crossing } = page({ parts: { carry: () => Promise.reject(new RangeError('ours')) } });
  await assert.rejects(crossing.start({ resume: false }), RangeError);
  assert.ok(crossing.stage.at === 'failed' && crossing.stage.problem.kind === 'unexpected');
});
