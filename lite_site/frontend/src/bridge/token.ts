/** The person's token: in memory only, renewed before it ends, revoked at sign-out. */

import type { Fetch, TokenSource } from './door.ts';
import { BridgeProblem, isProblem } from './problems.ts';
import { failureIn, jsonIn, numberIn } from './replies.ts';
import type { Granted } from './signin.ts';

/** Renewed when this part of its life is over, so that a laptop's short sleep doesn't end it. */
const RENEW_AT = 0.6;
/** Milliseconds before the end from which nobody is given the token without a renewal. */
const MARGIN_MS = 30_000;
/** Milliseconds until a renewal that the hub didn't answer is tried again. */
const RETRY_MS = 20_000;

interface Token {
  readonly text: string;
  /** By this machine's clock, counted from when the answer came: the hub's clock doesn't matter. */
  readonly renewAt: number;
  readonly endsAt: number;
}

/** What keeping a token needs: the hub's addresses, fetch, a clock and a timer. */
export interface TokenParts {
  readonly broker: string;
  readonly renew: string;
  readonly revoke: string;
  readonly redirectUri: string;
  readonly fetched: Fetch;
  readonly now: () => number;
  readonly later: (act: () => void, milliseconds: number) => () => void;
}

async function tokenIn(response: Response, now: number): Promise<Token> {
  const { access_token: text, expires_in: seconds } = await jsonIn(response);
  const life = numberIn(seconds);
  if (typeof text !== 'string' || text === '' || life === null || life <= 0) {
    throw new BridgeProblem('unexpected', { status: response.status });
  }
  return { text, renewAt: now + life * RENEW_AT * 1000, endsAt: now + life * 1000 };
}

/** Keeps the token; `onSignedOut` is called when there is none any more, other than by signing out. */
export class TokenKeeper implements TokenSource {
  readonly #parts: TokenParts;
  readonly #onSignedOut: () => void;
  #token: Token | null = null;
  #renewal: Promise<Token> | null = null;
  #cancelTimer: () => void = () => undefined;

  constructor(parts: TokenParts, onSignedOut: () => void) {
    this.#parts = parts;
    this.#onSignedOut = onSignedOut;
  }

  /** The token as it stands, for a websocket, which can't wait; null where there is none. */
  get held(): string | null {
    return this.#token?.text ?? null;
  }

  /** Exchanges a sign-in's code for a token. Throws `sign-in-failed`, `busy`, `unreachable`. */
  async exchange({ code, verifier }: Granted, signal: AbortSignal): Promise<void> {
    const body = JSON.stringify({ code, code_verifier: verifier, redirect_uri: this.#parts.redirectUri });
    const headers = { 'Content-Type': 'application/json' };
    const asked = this.#parts.now();
    const response = await this.#post(this.#parts.broker, { body, headers, signal });
    if (!response.ok) {
      throw await failureIn(response, response.status === 429 ? 'busy' : 'sign-in-failed');
    }
    this.#keep(await tokenIn(response, asked));
  }

  async current(): Promise<string> {
    if (this.#token === null) {
      throw new BridgeProblem('signed-out');
    }
    const left = this.#token.endsAt - this.#parts.now();
    return left > MARGIN_MS ? this.#token.text : (await this.#renew()).text;
  }

  async newerThan(refused: string): Promise<string> {
    return this.#token !== null && this.#token.text !== refused ? this.#token.text : (await this.#renew()).text;
  }

  /** Renews where it is time to: call it when the machine wakes up or the network is back. */
  refresh(): void {
    if (this.#token !== null && this.#parts.now() >= this.#token.renewAt) {
      void this.#renewInBackground();
    }
  }

  /** Forgets the token, and has the hub forget it; that the hub can't be reached changes nothing here. */
  async signOut(): Promise<void> {
    const text = this.held;
    this.#forget();
    if (text !== null) {
      try {
        await this.#post(this.#parts.revoke, { headers: { Authorization: `Bearer ${text}` }, keepalive: true });
      } catch (error) {
        if (!(error instanceof BridgeProblem)) {
          throw error;
        }
      }
    }
  }

  #keep(token: Token): void {
    this.#token = token;
    this.#wait(token.renewAt - this.#parts.now());
  }

  #forget(): void {
    this.#cancelTimer();
    this.#token = null;
  }

  #wait(milliseconds: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#parts.later(() => void this.#renewInBackground(), Math.max(milliseconds, 0));
  }

  async #renewInBackground(): Promise<void> {
    try {
      await this.#renew();
    } catch (error) {
      if (isProblem(error, 'signed-out')) {
        return;
      }
      if (!(error instanceof BridgeProblem)) {
        throw error;
      }
      this.#wait(RETRY_MS);
    }
  }

  /** One renewal at a time, whoever asks. */
  #renew(): Promise<Token> {
    this.#renewal ??= this.#askForNewer().finally(() => (this.#renewal = null));
    return this.#renewal;
  }

  async #askForNewer(): Promise<Token> {
    const old = this.#token;
    if (old === null) {
      throw new BridgeProblem('signed-out');
    }
    const asked = this.#parts.now();
    const response = await this.#post(this.#parts.renew, { headers: { Authorization: `Bearer ${old.text}` } });
    if (response.status === 401 || response.status === 403) {
      if (this.#token === old) {
        this.#forget();
        this.#onSignedOut();
      }
      throw await failureIn(response, 'signed-out');
    }
    if (!response.ok) {
      throw await failureIn(response, 'unreachable');
    }
    const token = await tokenIn(response, asked);
    if (this.#token !== old) {
      throw new BridgeProblem('signed-out');
    }
    this.#keep(token);
    return token;
  }

  async #post(address: string, init: RequestInit): Promise<Response> {
    try {
      return await this.#parts.fetched(address, {
        ...init,
        method: 'POST',
        mode: 'cors',
        credentials: 'omit',
        cache: 'no-store'
      });
    } catch (error) {
      throw error instanceof TypeError ? new BridgeProblem('unreachable') : error;
    }
  }
}
