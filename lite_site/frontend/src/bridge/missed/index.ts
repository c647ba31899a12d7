/**
 * Output that a kernel on the cluster said while the page was away.
 *
 * - `const missed = new Missed()`: one for the page, where there is a hub.
 * - `await missed.claim(model)` before connecting to a kernel of the cluster (the model as the server gives it, with
 *   its `keptFor`): the name this page is known by there, the same one after a reload.
 * - `missed.nameFor(kernelId, sessionId)` where the routed websocket is opened: what to put for `session_id` in its
 *   address, or a promise of it. Every other connection of the page to the same kernel keeps its own, and comes later.
 * - `missed.receivedBy(kernelId, name)` there too: what to put for `shown`; the server tells again what came after it.
 * - `missed.rememberExecutions(kernel, notebook, onLost)` as soon as the notebook has the connection (in
 *   `kernelChanged`: before its first message), the notebook's cells loaded: remembers what is sent, and shows in their
 *   cells what comes of what an earlier page had sent. `onLost` may call `showLost`.
 */

import { PageConfig } from '@jupyterlab/coreutils';
import { UUID } from '@lumino/coreutils';

import type { NotebookView } from './cells.ts';
import { type Claim, Clients, type KernelStanding } from './clients.ts';
import { KeptConnections } from './executions.ts';
import { type Connection, Followed } from './follow.ts';

export type { NotebookView } from './cells.ts';
export type { Claim, KernelStanding } from './clients.ts';
export { showLost } from './view.ts';

function wait(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}

/** What a page remembers of its connections. */
export class Missed {
  readonly #place = new URL(PageConfig.getBaseUrl(), location.href).pathname;
  readonly #kept = new KeptConnections(localStorage, this.#place);
  readonly #clients = new Clients({
    kept: this.#kept,
    locks: 'locks' in navigator ? navigator.locks : null,
    now: () => Date.now(),
    // The server keeps what notebooks miss, whoever else is there (`fallback_hub/singleuser/kernels.py`).
    newName: () => `notebook-${UUID.uuid4()}`,
    wait
  });
  readonly #followed = new Set<Followed>();

  constructor() {
    addEventListener('pagehide', () => this.#followed.forEach(followed => followed.leave()));
  }

  /** Takes this page's name for a kernel. */
  claim(kernel: KernelStanding): Promise<Claim> {
    return this.#clients.claim(kernel);
  }

  /** The session id for a websocket to a kernel, in place of the connection's `own`. */
  nameFor(kernel: string, own: string): string | Promise<string> {
    return this.#clients.nameFor(kernel, own);
  }

  /** The id of the message that the connection of that name need not be told again, nor any before it. */
  receivedBy(kernel: string, name: string): string | null {
    return this.#clients.receivedBy(kernel, name);
  }

  /** Follows a connection until it is gone; nothing for one without a claim. */
  rememberExecutions(kernel: Connection, notebook: NotebookView, onLost: (cells: readonly string[]) => void): void {
    const claim = this.#clients.take(kernel.id, kernel.clientId);
    if (claim === null) {
      return;
    }
    const [clients, kept, place] = [this.#clients, this.#kept, this.#place];
    const around = { clients, kept, place, passing: sessionStorage, now: () => Date.now(), wait };
    const followed: Followed = new Followed({ ...around, kernel, notebook, claim, onLost }, () =>
      this.#followed.delete(followed)
    );
    this.#followed.add(followed);
  }
}
