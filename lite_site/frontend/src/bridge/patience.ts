/** Waits for the network to come back. */

import { isProblem } from './problems.ts';

/** Waits `milliseconds`, less where there is reason to try earlier; throws the signal's reason once it is aborted. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** The waits between tries (milliseconds), two minutes in all: about what a server's restart takes. */
const WAITS = [500, 1000, 2000, 4000, 8000, 15_000, 15_000, 20_000, 25_000, 30_000] as const;

/** A pause that ends early when the browser says that it is online again. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      stop.abort();
      resolve();
    }, milliseconds);
    const end = (settle: () => void): (() => void) => {
      return () => {
        clearTimeout(timer);
        stop.abort();
        settle();
      };
    };
    const abort = end(() => reject(signal.reason as Error));
    signal.addEventListener('abort', abort, { signal: stop.signal });
    globalThis.addEventListener?.('online', end(resolve), { signal: stop.signal });
    if (signal.aborted) {
      abort();
    }
  });
}

/** The same, and `onAway` hears before each that nobody answered. */
export function pauseTelling(onAway: () => void): Pause {
  return (milliseconds, signal) => {
    onAway();
    return pause(milliseconds, signal);
  };
}

/** Whether an error may pass by itself, after so many tries. */
type MayPass = (error: unknown, tries: number) => boolean;

const unanswered: MayPass = error => isProblem(error, 'unreachable');

/** For a server of which the hub just said that it is ready: the proxy hears of it after us, at most 8 seconds here. */
export const justReady: MayPass = (error, tries) =>
  unanswered(error, tries) || (isProblem(error, 'stopped') && tries < 4);

/** Does `act` until somebody answers; throws BridgeProblem `unreachable` when nobody has for two minutes. */
export async function patiently<Result>(
  act: () => Promise<Result>,
  signal: AbortSignal,
  wait: Pause,
  mayPass: MayPass = unanswered
): Promise<Result> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      const next = WAITS[tries];
      if (next === undefined || !mayPass(error, tries)) {
        throw error;
      }
      await wait(next, signal);
    }
  }
}
