/** A notebook's session in the page: connecting it to a cluster kernel, and taking it off. */

import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, ServiceManager } from '@jupyterlab/services';

import type { KernelHold } from './hold.ts';
import { CLUSTER_SPEC, isRemote } from './kernels/names.ts';
import type { RemoteKernels } from './kernels/remote.ts';
import { BridgeProblem } from './problems.ts';

/** Milliseconds a connected kernel gets to answer before the page goes on without: it may be at a long computation. */
const ANSWER_MS = 20_000;

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => reject(new DOMException('Cancelled', 'AbortError'));
    if (signal.aborted) {
      abort();
    } else {
      signal.addEventListener('abort', abort, { once: true });
    }
  });
}

/**
 * Connects the notebook to the cluster kernel `id`, which the next start gives, and waits until it answers.
 *
 * Throws `no-kernel` where the page gives it another: Lite shares a session among notebooks of one name.
 */
export async function connect(
  context: ISessionContext,
  hold: KernelHold,
  id: string,
  signal: AbortSignal
): Promise<void> {
  const kernel = await Promise.race([hold.change({ name: CLUSTER_SPEC }), aborted(signal)]);
  if (kernel?.id !== id) {
    throw new BridgeProblem('no-kernel');
  }
  const patience = new Promise<void>(resolve => setTimeout(resolve, ANSWER_MS));
  await Promise.race([kernel.info, patience, aborted(signal)]);
  await context.ready;
}

/** Takes the notebook off its cluster kernel, which runs on; it then has none, and a run cell crosses again. */
export async function takeOff(context: ISessionContext, hold: KernelHold, remote: RemoteKernels): Promise<void> {
  const kernel = context.session?.kernel;
  hold.hold();
  if (kernel && isRemote(kernel.name)) {
    // Released first: ending the page's session then ends nothing on the server.
    remote.release(kernel.id);
    await context.shutdown();
  }
}

/** Ends the browser kernel that a notebook left for the cluster, unless something else in the page uses it. */
export async function endLeftKernel(
  services: Pick<ServiceManager.IManager, 'kernels' | 'sessions'>,
  left: Kernel.IKernelConnection | null | undefined,
  taken: Kernel.IKernelConnection | null | undefined
): Promise<void> {
  if (!left || !taken || isRemote(left.name) || !isRemote(taken.name)) {
    return;
  }
  await services.sessions.refreshRunning();
  const used = [...services.sessions.running()].some(({ kernel }) => kernel?.id === left.id);
  if (!used) {
    await services.kernels.shutdown(left.id);
  }
}
