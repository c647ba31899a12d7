/** How long the page waits for a hub, or a kernel that starts, that says nothing. */

import { BridgeProblem } from './problems.ts';

/** Milliseconds; JupyterHub says something every eight seconds while it tells of a start. */
const SILENCE_MS = 12_000;

/** What `asked` gives; throws BridgeProblem `unreachable` where it doesn't come in time. */
export async function unlessSilent<Result>(asked: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silent = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BridgeProblem('unreachable')), SILENCE_MS);
  });
  try {
    return await Promise.race([asked, silent]);
  } finally {
    clearTimeout(timer);
  }
}

/** The same for a request, which is then aborted; what it gives ends with `signal` all the same. */
export async function askUnlessSilent<Result>(
  ask: (signal: AbortSignal) => Promise<Result>,
  signal: AbortSignal
): Promise<Result> {
  const control = new AbortController();
  signal.throwIfAborted();
  signal.addEventListener('abort', () => control.abort(), { once: true });
  try {
    return await unlessSilent(ask(control.signal));
  } catch (error) {
    control.abort();
    throw error;
  }
}
