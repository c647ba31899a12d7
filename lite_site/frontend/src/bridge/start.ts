/** Starting a person's server of a course: asks the hub, and tells what it tells until the server is ready. */

import type { HubClient, Person, ServerState } from './hub.ts';
import { BridgeProblem, isProblem } from './problems.ts';
import type { ProgressEvent } from './progress.ts';
import { askUnlessSilent } from './silence.ts';

/** Milliseconds between two looks at a start that says nothing yet, and at a server that is stopping or looked for. */
const LOOK_MS = 400;
/** Looks at such a server before giving up: two minutes. */
const PATIENCE = 300;
/** Milliseconds between two tries while the hub doesn't answer, and after which it is given up: it restarts in less. */
const RETRY_MS = 3000;
const AWAY_MS = 90_000;

/** What starting needs: the hub, whose server, of which course, and how to wait. */
export interface StartParts {
  readonly hub: Pick<HubClient, 'person' | 'start' | 'progress'>;
  readonly user: string;
  readonly course: string;
  readonly profile: string | null;
  readonly now: () => number;
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /**
   * Called with true when the hub is asked for the server: cancelling must take the start back, though the hub's answer
   * may be seconds away; with false where the hub then says that it wasn't begun by this.
   */
  readonly onAsked: (ours: boolean) => void;
}

/** Waits `milliseconds`; rejects with AbortError when `signal` says so. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const aborted = (): void => {
      clearTimeout(timer);
      reject(new DOMException('Cancelled', 'AbortError'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', aborted);
      resolve();
    }, milliseconds);
    if (signal.aborted) {
      aborted();
    } else {
      signal.addEventListener('abort', aborted, { once: true });
    }
  });
}

/** Our request to start: whether it is on its way, why the hub refused it, and what it said when it dropped it. */
class StartRequest {
  asking = false;
  refused: unknown = null;
  dropped: BridgeProblem | null = null;
  readonly #parts: StartParts;
  readonly #signal: AbortSignal;

  constructor(parts: StartParts, signal: AbortSignal) {
    this.#parts = parts;
    this.#signal = signal;
  }

  /** There is a start: what was heard of an earlier one is over. */
  begun(): void {
    this.refused = null;
    this.dropped = null;
  }

  /** Asks, not waiting: the answer may take ten seconds; meanwhile the hub tells of the start. */
  send(): void {
    const { hub, user, profile, onAsked } = this.#parts;
    this.asking = true;
    this.begun();
    onAsked(true);
    void hub.start(user, profile, this.#signal).then(
      how => {
        this.asking = false;
        if (how === 'known') {
          onAsked(false);
        }
      },
      (error: unknown) => {
        this.asking = false;
        if (isProblem(error, 'failed')) {
          this.dropped = error;
        } else {
          this.refused = error;
        }
      }
    );
  }
}

/** The person, once their server of the course is neither stopping nor looked for. Throws `too-slow`. */
export async function settled(
  { hub, course, pause: wait }: Pick<StartParts, 'hub' | 'course' | 'pause'>,
  signal: AbortSignal
): Promise<Person> {
  for (let looks = 0; looks < PATIENCE; looks += 1) {
    const person = await askUnlessSilent(patient => hub.person(patient), signal);
    const pending = person.servers.get(course)?.pending;
    if (pending !== 'stop' && pending !== 'check') {
      return person;
    }
    await wait(LOOK_MS, signal);
  }
  throw new BridgeProblem('too-slow');
}

async function settledServer(parts: StartParts, signal: AbortSignal): Promise<ServerState | undefined> {
  return (await settled(parts, signal)).servers.get(parts.course);
}

/** The server's path where it runs; else null, the hub asked to start it unless it does. */
async function ensureAsked(parts: StartParts, request: StartRequest, signal: AbortSignal): Promise<string | null> {
  const now = await settledServer(parts, signal);
  if (now?.ready === true && now.path !== null) {
    return now.path;
  }
  if (now?.pending === 'spawn') {
    request.begun();
  } else if (!request.asking) {
    request.send();
    await parts.pause(LOOK_MS, signal);
  }
  return null;
}

/** Tells of the start until the server is ready, and gives its path. Throws BridgeProblem `failed`, `busy`, … */
export async function startServer(
  parts: StartParts,
  tell: (event: ProgressEvent) => void,
  signal: AbortSignal
): Promise<string> {
  const request = new StartRequest(parts, signal);
  return (await ensureAsked(parts, request, signal)) ?? follow(parts, request, tell, signal);
}

/** Whether the hub dropped the start, or tells of the one before: it says nothing of its own, or that it cancelled. */
function isDropped({ told: { code } }: BridgeProblem): boolean {
  return code === undefined || code === 'cancelled';
}

/** Tells what the hub tells; the server's path once it is ready, null where the hub has no more to tell. */
async function listen(
  parts: StartParts,
  request: StartRequest,
  tell: (event: ProgressEvent) => void,
  signal: AbortSignal
): Promise<string | null> {
  for await (const event of parts.hub.progress(parts.user, signal)) {
    if (event.is === 'ready') {
      return event.path;
    }
    if (event.is === 'failed') {
      if (!isDropped(event.problem)) {
        throw event.problem;
      }
      request.dropped = event.problem;
      return null;
    }
    tell(event);
  }
  return null;
}

/**
 * The server's path where it is ready, null where it still starts. Throws `failed` where it does neither: a start that
 * was dropped failed only where the hub is still there to say so; it drops all when it ends, and the next one is asked.
 */
async function look(parts: StartParts, { dropped }: StartRequest, signal: AbortSignal): Promise<string | null> {
  if (dropped !== null) {
    await parts.pause(LOOK_MS, signal);
  }
  const now = await settledServer(parts, signal);
  if (now?.ready === true && now.path !== null) {
    return now.path;
  }
  if (now?.pending !== 'spawn') {
    throw dropped ?? new BridgeProblem('failed');
  }
  return null;
}

/** Follows the start; a hub that doesn't answer is told of, and tried again: it may have forgotten what it was asked. */
async function follow(
  parts: StartParts,
  request: StartRequest,
  tell: (event: ProgressEvent) => void,
  signal: AbortSignal
): Promise<string> {
  let away: number | null = null;
  const heard = (event: ProgressEvent): void => {
    away = null;
    tell(event);
  };
  for (;;) {
    try {
      const back = away === null ? null : await ensureAsked(parts, request, signal);
      const { asking } = request;
      const path = back ?? (await listen(parts, request, heard, signal));
      if (path === null && request.refused !== null) {
        throw request.refused;
      }
      const ready = path ?? (asking ? null : await look(parts, request, signal));
      if (ready !== null) {
        return ready;
      }
      away = null;
      await parts.pause(LOOK_MS, signal);
    } catch (error) {
      away ??= parts.now();
      if (!isProblem(error, 'unreachable') || parts.now() - away > AWAY_MS) {
        throw error;
      }
      tell({ is: 'unanswered' });
      await parts.pause(RETRY_MS, signal);
    }
  }
}
