import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, ServiceManager } from '@jupyterlab/services';

import type { KernelHold } from '../../src/bridge/hold.ts';
import { RemoteKernels } from '../../src/bridge/kernels/remote.ts';
import { connect, endLeftKernel, takeOff } from '../../src/bridge/session.ts';
import { never } from './fakes.ts';

type Connection = Kernel.IKernelConnection;
const kernel = (id: string, name: string, info: Promise<unknown> = Promise.resolve()): Connection =>
  ({ id, name, info }) as unknown as Connection;
const BROWSER = kernel('b1', 'python');
const CLUSTER = kernel('k1', 'hub:python3');

function services(used: readonly string[]) {
  const ended: string[] = [];
  const sessions = {
    refreshRunning: () => Promise.resolve(),
    running: () => used.map(id => ({ kernel: { id } })).values()
  };
  const kernels = { shutdown: (id: string) => (ended.push(id), Promise.resolve()) };
  return { ended, manager: { sessions, kernels } as unknown as ServiceManager.IManager };
}

test('the browser’s kernel that was left for the cluster is ended, unless a console still uses it', async () => {
  const free = services(['k1']);
  await endLeftKernel(free.manager, BROWSER, CLUSTER);
  assert.deepEqual(free.ended, ['b1']);
  const shared = services(['k1', 'b1']);
  await endLeftKernel(shared.manager, BROWSER, CLUSTER);
  assert.deepEqual(shared.ended, []);
});

test('a kernel left on the cluster is never ended by leaving it', async () => {
  const { ended, manager } = services([]);
  await endLeftKernel(manager, CLUSTER, BROWSER);
  await endLeftKernel(manager, CLUSTER, kernel('k2', 'hub:python3'));
  await endLeftKernel(manager, BROWSER, null);
  assert.deepEqual(ended, []);
});

test('a notebook taken off is held again, its session ended in the page only', async () => {
  const log: string[] = [];
  const hold = { hold: () => log.push('held') } as unknown as KernelHold;
  const context = { session: { kernel: CLUSTER }, shutdown: () => (log.push('shut down'), Promise.resolve()) };
  const remote = new RemoteKernels();
  remote.release = id => log.push(`released ${id}`);
  await takeOff(context as unknown as ISessionContext, hold, remote);
  assert.deepEqual(log, ['held', 'released k1', 'shut down']);
});

test('connecting waits for the kernel’s answer, can be cancelled, and takes no other kernel', async () => {
  const context = { ready: Promise.resolve() } as unknown as ISessionContext;
  const holding = (given: Connection): KernelHold =>
    ({ change: () => Promise.resolve(given) }) as unknown as KernelHold;
  await connect(context, holding(CLUSTER), 'k1', never);
  await assert.rejects(connect(context, holding(BROWSER), 'k1', never), { kind: 'no-kernel' });
  const control = new AbortController();
  const silent = kernel('k1', 'hub:python3', new Promise(() => undefined));
  const connecting = connect(context, holding(silent), 'k1', control.signal);
  control.abort();
  await assert.rejects(connecting, { name: 'AbortError' });
});
