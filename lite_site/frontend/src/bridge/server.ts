/** The door to a person's server of one course. */

import { type Fetch, type TokenSource, withToken } from './door.ts';

/** A server: `base` (http) and `wsBase` (ws) are the same address, ending in `/`. */
export interface ServerDoor {
  readonly base: string;
  readonly wsBase: string;
  /**
   * Fetches `path` (relative to `base`, already encoded) with the person's token, renewed where needed.
   *
   * Throws BridgeProblem `unreachable` | `signed-out` | `stopped` | `refused`, or AbortError; every other status
   * comes back as the response. Bodies must be ones that can be sent twice (a Blob, a string; no stream).
   */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** The token as it stands now, for a websocket's subprotocol. */
  token(): Promise<string>;
}

/** The door to the server at `base`. */
export function openServer(base: string, tokens: TokenSource, fetched: Fetch): ServerDoor {
  return {
    base,
    wsBase: base.replace(/^http/, 'ws'),
    request: (path, init = {}) => withToken(fetched, tokens, base + path, init),
    token: () => tokens.current()
  };
}
