/** Watches one notebook's line to the cluster while it runs there, and mends it where that can be done quietly. */

import type { ISessionContext } from '@jupyterlab/apputils';

import type { Bridge } from './bridge.ts';
import { judge, type Line, minutesToIdleEnd, type Sight } from './lifeline.ts';
import { BridgeProblem, isProblem } from './problems.ts';
import type { ServerDoor } from './server.ts';
import { type Usage, usageOf } from './usage.ts';

/** Milliseconds between two looks, and until a broken line is told: most mend before. */
const LOOK_MS = 60_000;
const MENDING_LOOK_MS = 10_000;
const UNTOLD_MS = 4000;

/** What is said of the line and the server. */
export interface Report {
  readonly line: Line;
  readonly usage: Usage | null;
}

/** What watching needs; `onReport` hears of every change. */
export interface WatchParts {
  readonly bridge: Bridge;
  readonly course: string;
  readonly context: ISessionContext;
  readonly onReport: (report: Report) => void;
}

/** The watch; it ends with `stop()`. The clock is `Date.now()`, for spans only. */
export class Watch {
  readonly #parts: WatchParts;
  readonly #ends: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #told: ReturnType<typeof setTimeout> | undefined;
  #server: Sight['server'] = 'running';
  #idleLeft: number | null = null;
  #idleLeftAt = 0;
  #usage: Usage | null = null;
  #usageAt = 0;
  #lastUse = Date.now();
  #brokenAt: number | null = null;
  #looking = false;
  #asked = false;

  constructor(parts: WatchParts) {
    this.#parts = parts;
    const { context } = parts;
    const onStatus = (): void => this.#seen();
    const onConnection = (): void => this.#connection();
    context.statusChanged.connect(onStatus);
    context.connectionStatusChanged.connect(onConnection);
    const wake = (): void => {
      if (document.visibilityState === 'visible') {
        this.lookNow();
      }
    };
    const onLine = (): void => this.lookNow();
    window.addEventListener('online', onLine);
    window.addEventListener('offline', onLine);
    document.addEventListener('visibilitychange', wake);
    this.#ends.push(
      () => context.statusChanged.disconnect(onStatus),
      () => context.connectionStatusChanged.disconnect(onConnection),
      () => window.removeEventListener('online', onLine),
      () => window.removeEventListener('offline', onLine),
      () => document.removeEventListener('visibilitychange', wake)
    );
    this.lookNow();
  }

  /** Ends the watch. */
  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#told);
    this.#ends.splice(0).forEach(end => end());
  }

  /**
   * Looks at once: the machine woke up, the network changed, or a person asked. A look that is under way may have seen
   * what was before: it is followed by another.
   */
  lookNow(): void {
    this.#parts.bridge.tokens.refresh();
    this.#asked = this.#looking;
    if (!this.#looking) {
      void this.#look();
    }
  }

  /** The server was kept awake. */
  noteUse(): void {
    this.#lastUse = Date.now();
    this.#idleLeft = null;
    this.#report();
  }

  async #look(): Promise<void> {
    this.#looking = true;
    this.#asked = false;
    clearTimeout(this.#timer);
    try {
      await this.#ask();
    } catch (error) {
      if (!(error instanceof BridgeProblem)) {
        throw error;
      }
      if (isProblem(error, 'unreachable')) {
        this.#server = 'unknown';
      }
    } finally {
      this.#looking = false;
      if (this.#ends.length > 0) {
        this.#mend();
        this.#report();
        const broken = this.#server === 'unknown' || this.#socket !== 'connected';
        const next = broken ? MENDING_LOOK_MS : LOOK_MS;
        this.#timer = setTimeout(() => void this.#look(), this.#asked ? 0 : next);
      }
    }
  }

  async #ask(): Promise<void> {
    const { bridge, course } = this.#parts;
    if (!bridge.signedIn || !navigator.onLine) {
      return;
    }
    const { servers, now } = await bridge.hub.person();
    const state = servers.get(course);
    const gone = state === undefined || (!state.ready && state.pending !== 'spawn' && state.pending !== 'check');
    this.#server = gone ? 'gone' : 'running';
    if (gone) {
      bridge.noteGone();
      return;
    }
    if (bridge.rights === null) {
      await bridge.readRights();
    }
    const idle = bridge.rights?.idleMinutes ?? null;
    this.#idleLeft = minutesToIdleEnd(idle, now, state.lastActivity, Date.now() - this.#lastUse);
    this.#idleLeftAt = Date.now();
    // Asking the server counts as use of it: it is asked while it is used anyway.
    if (bridge.door !== null && Date.now() - this.#lastUse < 2 * LOOK_MS) {
      await this.#askUsage(bridge.door);
    }
  }

  async #askUsage(door: ServerDoor): Promise<void> {
    this.#usage = await usageOf(door, Date.now());
    this.#usageAt = Date.now();
  }

  /** JupyterLab gives up after seven tries: once hub and server answer again, it is told to try again. */
  #mend(): void {
    const kernel = this.#parts.context.session?.kernel;
    if (this.#server === 'running' && kernel?.connectionStatus === 'disconnected' && kernel.status !== 'dead') {
      // Its own failure is seen at the next look.
      void kernel.reconnect().catch(() => undefined);
    }
  }

  #seen(): void {
    if (this.#parts.context.session?.kernel?.status === 'busy') {
      const longAgo = Date.now() - this.#lastUse > LOOK_MS;
      this.#lastUse = Date.now();
      this.#idleLeft = null;
      if (longAgo) {
        this.lookNow();
      }
    }
    this.#report();
  }

  #connection(): void {
    this.#brokenAt = this.#socket === 'connected' ? null : (this.#brokenAt ?? Date.now());
    clearTimeout(this.#told);
    if (this.#brokenAt === null) {
      this.#report();
    } else {
      this.#told = setTimeout(() => this.lookNow(), UNTOLD_MS);
    }
  }

  get #socket(): Sight['socket'] {
    return this.#parts.context.session?.kernel?.connectionStatus ?? 'disconnected';
  }

  #report(): void {
    const { bridge, context, onReport } = this.#parts;
    const passed = (since: number): number => (Date.now() - since) / 60_000;
    const ends = this.#usage?.endsIn ?? null;
    const endsIn = ends === null ? null : ends - passed(this.#usageAt);
    const justBroken = this.#brokenAt !== null && Date.now() - this.#brokenAt < UNTOLD_MS;
    const line = judge({
      online: navigator.onLine,
      socket: justBroken ? 'connected' : this.#socket,
      signedIn: bridge.signedIn,
      server: this.#server,
      kernel: context.session?.kernel?.status === 'dead' ? 'dead' : 'alive',
      minutesToIdleEnd: this.#idleLeft === null ? null : this.#idleLeft - passed(this.#idleLeftAt),
      minutesToEnd: endsIn
    });
    onReport({ line, usage: this.#usage === null ? null : { ...this.#usage, endsIn } });
  }
}
