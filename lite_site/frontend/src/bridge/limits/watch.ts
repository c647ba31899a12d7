/** Follows the cells of a browser kernel and tells, once each, those that meet a limit. */

import type { ClusterSide } from './course.ts';
import { type Limit, type Raised, type Recognised, recogniseError, refusedProgram } from './recognise.ts';

/** Runs `act` after `milliseconds`; what it returns takes that back. */
export type Timer = (act: () => void, milliseconds: number) => () => void;

/** What the watch works with; `folder` is the lesson's below the course; `minutes` is how long a cell may run. */
export interface WatchWith {
  readonly side: () => Promise<ClusterSide>;
  readonly folder: string;
  readonly minutes: number;
  readonly timer: Timer;
  readonly offer: (limit: Limit) => void;
}

/** A message of the kernel's, as far as limits show in it. */
export type Heard =
  | { readonly type: 'execute_input' }
  | { readonly type: 'error'; readonly raised: Raised }
  | { readonly type: 'stream'; readonly text: string }
  | { readonly type: 'idle' };

const MINUTE = 60_000;

/** The watch over one browser kernel's cells. */
export class LimitWatch {
  readonly #with: WatchWith;
  readonly #cells = new Map<string, string>();
  readonly #timers = new Map<string, () => void>();
  readonly #offered = new Set<string>();
  #running: string | null = null;

  constructor(watchWith: WatchWith) {
    this.#with = watchWith;
  }

  /** A cell was sent to the kernel. */
  sent(message: string, cell: string): void {
    this.#cells.set(message, cell);
  }

  /** The kernel said something of a cell. */
  async heard(message: string, heard: Heard): Promise<void> {
    const cell = this.#cells.get(message);
    if (cell === undefined) {
      return;
    }
    switch (heard.type) {
      case 'execute_input':
        this.#start(message, cell);
        break;
      case 'idle':
        this.#stop(message);
        break;
      case 'stream': {
        const program = refusedProgram(heard.text);
        this.#tell(cell, program === null ? null : { kind: 'program', subject: program, onCluster: true });
        break;
      }
      case 'error':
        this.#tell(cell, recogniseError(heard.raised, this.#with.folder, await this.#with.side()));
    }
  }

  /** The kernel is gone: the cell that ran was too much for it. */
  died(): void {
    const cell = this.#running;
    this.clear();
    if (cell !== null) {
      this.#tell(cell, { kind: 'died', subject: '', onCluster: true });
    }
  }

  /** The kernel begins anew, or nobody watches any more. */
  clear(): void {
    this.#timers.forEach(cancel => cancel());
    this.#timers.clear();
    this.#cells.clear();
    this.#running = null;
  }

  /** The person asks again: offers count as not made. */
  forgetOffers(): void {
    this.#offered.clear();
  }

  #start(message: string, cell: string): void {
    const { minutes, timer } = this.#with;
    this.#running = cell;
    const late = (): void => this.#tell(cell, { kind: 'long', subject: String(minutes), onCluster: true });
    this.#timers.set(message, timer(late, minutes * MINUTE));
  }

  #stop(message: string): void {
    this.#timers.get(message)?.();
    this.#timers.delete(message);
    if (this.#running === this.#cells.get(message)) {
      this.#running = null;
    }
    this.#cells.delete(message);
  }

  #tell(cell: string, limit: Recognised | null): void {
    if (limit !== null && !this.#offered.has(cell)) {
      this.#offered.add(cell);
      this.#with.offer({ ...limit, cell });
    }
  }
}
