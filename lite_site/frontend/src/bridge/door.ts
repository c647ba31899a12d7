/** Requests with the person's token: what hub and servers have in common. */

import { BridgeProblem } from './problems.ts';

/** Fetches; fails with TypeError where nobody answers, with AbortError where it was aborted. */
export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

/** Where the person's token is had, and renewed; both throw BridgeProblem `signed-out` or `unreachable`. */
export interface TokenSource {
  /** The token now; renewed first where it is about to end. */
  current(): Promise<string>;
  /** A token newer than `refused`, which the hub no longer takes. */
  newerThan(refused: string): Promise<string>;
}

/** Proxies and hubs answer so while what is behind them is away. */
export const AWAY: ReadonlySet<number> = new Set([502, 503, 504]);
/** JupyterHub's answer for a server that isn't running (`Failed Dependency`). */
const NOT_RUNNING = 424;

async function once(fetched: Fetch, address: string, init: RequestInit, token: string): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('Authorization', `Bearer ${token}`);
  try {
    return await fetched(address, { ...init, headers, credentials: 'omit', mode: 'cors', cache: 'no-store' });
  } catch (error) {
    throw error instanceof TypeError ? new BridgeProblem('unreachable') : error;
  }
}

/**
 * Fetches `address` with the token; where it is refused (401, 403), once more with a renewed one.
 *
 * Bodies must be ones that can be sent twice (no streams). Throws BridgeProblem: `unreachable` (also 502–504),
 * `signed-out`, `stopped` (424), `refused` (403 again); AbortError. Every other status is the caller's to judge.
 */
export async function withToken(
  fetched: Fetch,
  tokens: TokenSource,
  address: string,
  init: RequestInit
): Promise<Response> {
  const token = await tokens.current();
  let response = await once(fetched, address, init, token);
  if (response.status === 401 || response.status === 403) {
    response = await once(fetched, address, init, await tokens.newerThan(token));
  }
  const { status } = response;
  if (AWAY.has(status)) {
    throw new BridgeProblem('unreachable', { status });
  }
  if (status === NOT_RUNNING) {
    throw new BridgeProblem('stopped', { status });
  }
  if (status === 401) {
    throw new BridgeProblem('signed-out', { status });
  }
  if (status === 403) {
    throw new BridgeProblem('refused', { status });
  }
  return response;
}
