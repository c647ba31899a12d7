/** One notebook's crossing: does, stage by stage, what `stages.ts` names, and undoes it when it is cancelled. */

import type { Bridge } from './bridge.ts';
import type { RemoteKernel, RemoteKernels } from './kernels/remote.ts';
import { BridgeProblem, isProblem } from './problems.ts';
import type { ProgressEvent } from './progress.ts';
import type { ServerDoor } from './server.ts';
import { type FilesProgress, type Happening, next, RESTING, type Stage } from './stages.ts';

/** How a crossing is wished: `resume` finds what runs and starts no server. */
export interface Wish {
  readonly resume: boolean;
}

/** What crossing needs. */
export interface CrossingParts {
  readonly bridge: Pick<Bridge, 'signIn' | 'reachServer' | 'findServer' | 'leaveToSignIn'>;
  /** The server's kernels, asked until somebody answers; `onAway` hears that nobody did. */
  readonly remote: Pick<RemoteKernels, 'giving'> & {
    readonly find: (path: string, signal: AbortSignal, onAway: () => void) => Promise<RemoteKernel | null>;
    readonly start: (path: string, signal: AbortSignal, onAway: () => void) => Promise<RemoteKernel>;
  };
  /** The notebook's path below the person's home there. */
  readonly path: () => string;
  /** The notebook's path below the course. */
  readonly lesson: () => string;
  /** The resources the lesson asks for, by their name; null for the course's own. */
  readonly profile: () => string | null;
  /** Carries the course's files, as patiently. */
  readonly carry: (
    server: ServerDoor,
    onProgress: (progress: FilesProgress) => void,
    signal: AbortSignal,
    onAway: () => void
  ) => Promise<void>;
  /** Connects the notebook to the kernel that the next start gives, and waits until it answers. */
  readonly connect: (kernel: RemoteKernel, signal: AbortSignal) => Promise<void>;
  /** Leaves a kernel that was connected when the crossing was cancelled; it runs on. */
  readonly disconnect: () => Promise<void>;
  /** Saves the notebook before the page is left; where to come back to. */
  readonly saved: () => Promise<string>;
}

/** The crossing of one notebook; `onChange` hears of every new stage. */
export class Crossing {
  readonly #parts: CrossingParts;
  readonly #onChange: (stage: Stage) => void;
  #stage: Stage = { at: 'idle' };
  #control: AbortController | null = null;
  #running: Promise<boolean> | null = null;
  #found = false;

  constructor(parts: CrossingParts, onChange: (stage: Stage) => void) {
    this.#parts = parts;
    this.#onChange = onChange;
  }

  get stage(): Stage {
    return this.#stage;
  }

  /** Whether the last crossing found a kernel that ran already. */
  get found(): boolean {
    return this.#found;
  }

  /** Crosses; true once the notebook runs on the cluster. Call it in the press itself: it may open a window. */
  start(wish: Wish): Promise<boolean> {
    if (this.#running === null || RESTING.has(this.#stage.at)) {
      const control = new AbortController();
      this.#control = control;
      this.#happen({ is: 'pressed' });
      const signedIn = this.#parts.bridge.signIn(control.signal);
      this.#running = this.#run(wish, signedIn, control.signal);
    }
    return this.#running;
  }

  /** Cancels what is under way. */
  cancel(): void {
    this.#happen({ is: 'cancel' });
    this.#control?.abort();
  }

  /** The notebook left the cluster: its server or kernel is gone, or the person chose the browser. */
  left(): void {
    this.#happen({ is: 'left' });
  }

  async #run(wish: Wish, signedIn: Promise<void>, signal: AbortSignal): Promise<boolean> {
    try {
      await signedIn;
      await this.#cross(wish, signal);
      return this.#stage.at === 'ready';
    } catch (error) {
      if (signal.aborted) {
        return false;
      }
      if (isProblem(error, 'popup-blocked')) {
        await this.#leavePage();
        return false;
      }
      const problem = error instanceof BridgeProblem ? error : new BridgeProblem('unexpected');
      this.#happen({ is: 'failed', problem });
      if (problem !== error) {
        throw error;
      }
      return false;
    } finally {
      this.#happen({ is: 'undone' });
    }
  }

  async #cross(wish: Wish, signal: AbortSignal): Promise<void> {
    const { bridge, remote, carry, connect, disconnect } = this.#parts;
    const path = this.#parts.path();
    signal.throwIfAborted();
    this.#happen({ is: 'signed-in' });
    const tell = (event: ProgressEvent): void => this.#happen({ is: 'told', event });
    const server = wish.resume
      ? await bridge.findServer(signal)
      : await bridge.reachServer(this.#parts.profile(), tell, signal);
    if (server === null) {
      throw new BridgeProblem('stopped');
    }
    const away = (): void => tell({ is: 'unanswered' });
    const found = await remote.find(path, signal, away);
    this.#happen({ is: 'server' });
    this.#found = found !== null;
    if (found === null || !wish.resume) {
      await carry(server, progress => this.#happen({ is: 'files', progress }), signal, away);
    }
    this.#happen({ is: 'carried' });
    const kernel = found ?? (await remote.start(path, signal, away));
    this.#happen({ is: 'started' });
    signal.throwIfAborted();
    try {
      await remote.giving(kernel, () => connect(kernel, signal));
    } finally {
      if (signal.aborted) {
        await disconnect();
      }
    }
    this.#happen({ is: 'connected' });
  }

  /** The browser opens no window: the notebook is saved, and the page left for the hub's sign-in. */
  async #leavePage(): Promise<void> {
    this.#happen({ is: 'leaves' });
    try {
      await this.#parts.bridge.leaveToSignIn(this.#parts.lesson(), await this.#parts.saved());
    } catch (error) {
      this.#happen({ is: 'failed', problem: new BridgeProblem('popup-blocked') });
      throw error;
    }
  }

  #happen(happening: Happening): void {
    const stage = next(this.#stage, happening);
    if (stage !== this.#stage) {
      this.#stage = stage;
      this.#onChange(stage);
    }
  }
}
