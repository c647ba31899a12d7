/**
 * The limits of a browser kernel, and the offer to cross the bridge.
 *
 * - `watchLimits(context, options)`: calls `offer` once for each cell that meets one; a cell is never offered twice.
 *   Don't call it where there is no hub.
 * - `showLimit(panel, limit, say, run)`: the calm bar with the reason and *Run on the cluster*.
 * - `offerRerun(panel, say, rerun)` after the kernel of the cluster is ready, with `rerunAbove(commands, notebook,
 *   limit.cell)`; not where `cellsAbove` is 0.
 */

import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel } from '@jupyterlab/services';

import { type ClusterSide, readClusterSide } from './course.ts';
import type { Limit } from './recognise.ts';
import { follow } from './signals.ts';
import { LimitWatch } from './watch.ts';

export type { Limit } from './recognise.ts';
export { type CellList, cellsAbove, rerunAbove } from './rerun.ts';
export { sentenceFor } from './sentence.ts';
export { offerRerun, showLimit } from './view.ts';

/** How long a cell may run in the browser before the cluster is offered, where nobody says otherwise (minutes). */
export const LONG = 10;

/**
 * `root` is the course's address (ending in `/`), `folder` the lesson's folder below it; `inBrowser` tells whether a
 * kernel is the browser's; `minutes` is how long a cell may run.
 */
export interface LimitOptions {
  readonly root: string;
  readonly folder: string;
  readonly inBrowser: (kernel: Kernel.IKernelConnection) => boolean;
  readonly offer: (limit: Limit) => void;
  readonly minutes?: number;
}

/** A watch: `askAgain` has cells offered anew, `stop` ends it. */
export interface Watching {
  readonly askAgain: () => void;
  readonly stop: () => void;
}

function after(act: () => void, milliseconds: number): () => void {
  const timer = setTimeout(act, milliseconds);
  return () => clearTimeout(timer);
}

/** Watches the kernels of a notebook; what the course has on the cluster is read when a cell first fails. */
export function watchLimits(context: ISessionContext, options: LimitOptions): Watching {
  const { root, folder, inBrowser, offer, minutes = LONG } = options;
  let known: Promise<ClusterSide> | null = null;
  const side = (): Promise<ClusterSide> => (known ??= readClusterSide(root, (address, init) => fetch(address, init)));
  const watch = new LimitWatch({ side, folder, minutes, timer: after, offer });
  const stop = follow(context, watch, inBrowser);
  return { askAgain: () => watch.forgetOffers(), stop };
}
