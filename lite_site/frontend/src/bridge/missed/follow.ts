/** Follows one connection: remembers what is on its way, shows what was missed, tells what was lost. */

import type { Kernel, KernelMessage } from '@jupyterlab/services';

import { codeCell, type NotebookView } from './cells.ts';
import type { Claim, Clients } from './clients.ts';
import type { KeptConnections, TextStore } from './executions.ts';
import { findLost, type Wait } from './lost.ts';
import { OnTheirWay } from './onway.ts';
import { Replays } from './replays.ts';
import { keepShown, takeShown } from './snapshots.ts';

/** What the server says ahead of what it tells again, where that isn't all (`fallback_hub/singleuser/kernels.py`). */
const GAP = 'passerelle_gap';

/** The connection, as far as this goes (JupyterLab's kernel connections are such). */
export type Connection = Pick<
  Kernel.IKernelConnection,
  | 'anyMessage'
  | 'clientId'
  | 'connectionStatus'
  | 'connectionStatusChanged'
  | 'disposed'
  | 'id'
  | 'iopubMessage'
  | 'requestKernelInfo'
  | 'sendInputReply'
  | 'statusChanged'
>;

/**
 * What following works with; `passing` is the tab's own storage; `onLost` hears of cells whose output, or part of it,
 * can't be had any more.
 */
export interface FollowWith {
  readonly kernel: Connection;
  readonly notebook: NotebookView;
  readonly claim: Claim;
  readonly clients: Clients;
  readonly kept: KeptConnections;
  readonly passing: TextStore;
  readonly place: string;
  readonly now: () => number;
  readonly wait: Wait;
  readonly onLost: (cells: readonly string[]) => void;
}

/** One connection that is followed, from before its first message. */
export class Followed {
  readonly #with: FollowWith;
  readonly #onTheirWay: OnTheirWay;
  readonly #replays: Replays;
  /** Sent while there was no connection: they wait in the page, and go once there is one. */
  readonly #waiting = new Set<string>();
  readonly #ended: () => void;
  #connected = false;

  constructor(followWith: FollowWith, ended: () => void) {
    this.#with = followWith;
    this.#ended = ended;
    const { kernel, notebook, claim, kept, passing, place } = followWith;
    // As kept, not as claimed: a connection made again in this page begins where the last one ended.
    const earlier = kept.executions(claim.kernel, claim.client);
    this.#onTheirWay = new OnTheirWay(earlier, () => this.#keep(null));
    this.#keep(null);
    this.#replays = new Replays(kernel, notebook);
    for (const execution of earlier) {
      this.#replays.takeUp(execution, kernel.clientId, takeShown(passing, place, execution.message));
    }
    kernel.anyMessage.connect(this.#onMessage);
    kernel.iopubMessage.connect(this.#onShown);
    kernel.statusChanged.connect(this.#onStatus);
    kernel.connectionStatusChanged.connect(this.#onConnection);
    kernel.disposed.connect(this.#onDisposed);
  }

  /** The page is being left: keep what running cells show, and how far that is. */
  leave(): void {
    const { passing, place, notebook, claim } = this.#with;
    keepShown(passing, place, notebook, this.#onTheirWay.list());
    this.#keep(claim.shown.last);
  }

  #keep(shown: string | null): void {
    const { kept, claim, now } = this.#with;
    kept.keep(claim.kernel, claim.client, this.#onTheirWay.list(), now(), shown);
  }

  readonly #onMessage = (_: unknown, { msg, direction }: Kernel.IAnyMessageArgs): void => {
    if (direction === 'send') {
      this.#onTheirWay.sent(msg);
      if (this.#with.kernel.connectionStatus !== 'connected') {
        this.#waiting.add(msg.header.msg_id);
      }
      return;
    }
    if ((msg.header.msg_type as string) === GAP) {
      this.#with.onLost(this.#onTheirWay.list().map(({ cell }) => cell));
      return;
    }
    this.#replays.heard(msg);
    this.#with.claim.shown.receive(msg).forEach(shown => this.#onTheirWay.heard(shown));
  };

  readonly #onShown = (_: unknown, msg: KernelMessage.IIOPubMessage): void => {
    this.#with.claim.shown.show(msg).forEach(shown => this.#onTheirWay.heard(shown));
  };

  readonly #onStatus = (_: unknown, status: Kernel.Status): void => {
    if (status === 'restarting' || status === 'autorestarting' || status === 'dead') {
      this.#giveUp(this.#onTheirWay.list().map(({ message }) => message));
    }
    if (status === 'dead') {
      this.#with.clients.forget(this.#with.kernel.id);
    }
  };

  readonly #onConnection = (_: unknown, status: Kernel.ConnectionStatus): void => {
    if (status === 'connected') {
      this.#with.clients.opened(this.#with.kernel.id);
      const sent = this.#onTheirWay.list().map(({ message }) => message);
      const gone = sent.filter(message => !this.#waiting.has(message));
      this.#waiting.clear();
      void this.#tellLost(gone, this.#connected ? [] : this.#partial());
      this.#connected = true;
    }
  };

  #partial(): readonly string[] {
    const { partial, earlier } = this.#with.claim;
    return partial ? earlier.map(({ cell }) => cell) : [];
  }

  async #tellLost(sent: readonly string[], partial: readonly string[]): Promise<void> {
    const { kernel, wait, onLost } = this.#with;
    let lost: readonly string[] = [];
    try {
      lost = await findLost(kernel, sent, this.#onTheirWay, wait);
    } catch {
      // The connection went again: the next one asks anew.
      return;
    }
    const cellOf = new Map(this.#onTheirWay.list().map(({ message, cell }) => [message, cell]));
    const cells = new Set([...partial, ...lost.map(message => cellOf.get(message) ?? '')]);
    this.#giveUp(lost);
    if (cells.size > 0) {
      onLost([...cells]);
    }
  }

  /** Ends futures that nobody will answer: a cell that waits for ever says nothing. */
  #giveUp(messages: readonly string[]): void {
    for (const { message, cell } of this.#onTheirWay.list()) {
      const future = codeCell(this.#with.notebook, cell)?.outputArea.future;
      if (messages.includes(message) && future?.msg.header.msg_id === message) {
        future.dispose();
      }
    }
    this.#onTheirWay.end(messages);
  }

  readonly #onDisposed = (): void => {
    this.#with.clients.giveBack(this.#with.kernel.id);
    this.#ended();
  };
}
