import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { ISessionContext } from '@jupyterlab/apputils';

import { type HoldParts, KernelHold } from '../../src/bridge/hold.ts';
import { isRemote } from '../../src/bridge/kernels/names.ts';

/** A session context as JupyterLab's behaves where the hold stands. */
function opened(parts: Partial<HoldParts>) {
  const log: string[] = [];
  const plain = { shouldStart: true, autoStartDefault: false, name: 'python3' };
  const context = {
    kernelPreference: plain as Record<string, unknown>,
    session: null as { kernel: { name: string } } | null,
    initialize: () => {
      log.push('initialize');
      context.session = { kernel: { name: String(context.kernelPreference['name']) } };
      return Promise.resolve(false);
    },
    startKernel: () => (log.push('start'), Promise.resolve(false)),
    changeKernel: ({ name }: { name?: string } = {}) => {
      log.push(`change to ${String(name)}`);
      return Promise.resolve({ name });
    }
  };
  const session = context as unknown as ISessionContext;
  const hold = new KernelHold(session, { decide: () => Promise.resolve(true), isRemote, cross: null, ...parts });
  return { log, context, session, hold, plain };
}

test('a light lesson starts as ever', async () => {
  const { log, session } = opened({ decide: () => Promise.resolve(false) });
  await session.initialize();
  await session.startKernel();
  await session.changeKernel({ name: 'python' });
  assert.deepEqual(log, ['initialize', 'start', 'change to python']);
});

test('a held one starts nothing, and asks for no kernel to be chosen', async () => {
  const { log, session } = opened({});
  assert.equal(await session.initialize(), false);
  assert.deepEqual(log, []);
});

test('a run cell crosses the bridge where there is one, and starts the browser’s kernel where there is none', async () => {
  const crossings: string[] = [];
  const bridged = opened({ cross: () => (crossings.push('cross'), Promise.resolve(true)) });
  await bridged.session.initialize();
  assert.equal(await bridged.session.startKernel(), false);
  assert.deepEqual([crossings, bridged.log], [['cross'], []]);
  const alone = opened({});
  await alone.session.initialize();
  await alone.session.startKernel();
  assert.deepEqual(alone.log, ['initialize']);
});

test('a cell run before JupyterLab knows what kernel the notebook prefers waits for that', async () => {
  const { session, log, context } = opened({});
  const running = session.startKernel();
  await new Promise(resolve => setTimeout(resolve));
  assert.deepEqual(log, []);
  context.kernelPreference = { ...context.kernelPreference, name: 'python' };
  await session.initialize();
  assert.equal(await running, false);
  assert.deepEqual(log, ['initialize']);
  assert.equal(context.session?.kernel.name, 'python');
});

test('the cluster’s kernel chosen in JupyterLab’s list crosses; the browser’s is simply taken', async () => {
  const crossings: string[] = [];
  const { session, log, context, plain } = opened({ cross: () => (crossings.push('cross'), Promise.resolve(true)) });
  await session.initialize();
  await session.changeKernel({ name: 'hub:python3' });
  assert.deepEqual([crossings, log], [['cross'], []]);
  await session.changeKernel({ name: 'python' });
  assert.deepEqual(log, ['initialize']);
  assert.equal(context.session?.kernel.name, 'python');
  assert.equal(context.kernelPreference, plain, 'what the notebook prefers is what it was');
});

test('the bridge’s own change goes through, first or later', async () => {
  const { hold, log, session } = opened({ cross: () => Promise.resolve(true) });
  await session.initialize();
  await hold.change({ name: 'hub:python3' });
  await hold.change({ name: 'hub:python3' });
  assert.deepEqual(log, ['initialize', 'change to hub:python3']);
});

test('held again after the kernel there is gone, a run cell crosses again', async () => {
  const crossings: string[] = [];
  const { hold, session } = opened({ cross: () => (crossings.push('cross'), Promise.resolve(true)) });
  await session.initialize();
  await hold.change({ name: 'hub:python3' });
  hold.hold();
  await session.startKernel();
  assert.deepEqual(crossings, ['cross']);
});

test('a kernel that didn’t start is no success', async () => {
  const { context } = opened({});
  context.initialize = () => Promise.resolve(true);
  const session = context as unknown as ISessionContext;
  const failing = new KernelHold(session, { decide: () => Promise.resolve(true), isRemote, cross: null });
  await session.initialize();
  await assert.rejects(failing.change({ name: 'hub:python3' }));
});
