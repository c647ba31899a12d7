/** Finds, after a connection was made again, the executions whose answers were lost. */

import type { OnTheirWay } from './onway.ts';

/** Asks the kernel for its description (a kernel connection does). */
export interface Asked {
  requestKernelInfo(): Promise<unknown>;
}

/** How long what the kernel published before it answered may still be on its way (milliseconds). */
const STRAGGLERS = 1500;

/** Waits. */
export type Wait = (milliseconds: number) => Promise<void>;

/**
 * Those of `sent` whose answers don't come any more.
 *
 * A kernel answers in order: once it has answered what is asked now, whatever it was sent before and hasn't answered
 * it never got, or its answer was lost. While a cell runs, this waits with it.
 */
export async function findLost(
  kernel: Asked,
  sent: readonly string[],
  onTheirWay: OnTheirWay,
  wait: Wait
): Promise<readonly string[]> {
  if (sent.length === 0) {
    return [];
  }
  await kernel.requestKernelInfo();
  await wait(STRAGGLERS);
  const still = new Set(onTheirWay.list().map(({ message }) => message));
  return sent.filter(message => still.has(message));
}
