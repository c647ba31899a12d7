/** The one door to the hub: who signed in, their servers, starting and stopping them. */

import { type HubAddresses, serverApi } from './addresses.ts';
import { AWAY, type Fetch, type TokenSource, withToken } from './door.ts';
import { BridgeProblem } from './problems.ts';
import { type ProgressEvent, progressIn } from './progress.ts';
import { failureIn, isJson, jsonIn, numberIn } from './replies.ts';
import { askUnlessSilent } from './silence.ts';

/** A server as the hub knows it (`check`: a hub that just started looks for it); `lastActivity` in ms since 1970. */
export interface ServerState {
  readonly ready: boolean;
  readonly pending: 'spawn' | 'stop' | 'check' | null;
  readonly path: string | null;
  readonly lastActivity: number | null;
}

/** Who signed in, and their servers by course; `now` is the hub's clock (ms since 1970), where it said. */
export interface Person {
  readonly name: string;
  readonly servers: ReadonlyMap<string, ServerState>;
  readonly now: number | null;
}

/** What the gateway says of the course for this person. */
export interface CourseRights {
  readonly mayStart: boolean;
  readonly profiles: readonly string[];
  readonly idleMinutes: number | null;
}

function parseServer(value: unknown): ServerState {
  const { ready, pending, url, last_activity: active } = isJson(value) ? value : {};
  const time = typeof active === 'string' ? Date.parse(active) : Number.NaN;
  return {
    ready: ready === true,
    pending: pending === 'spawn' || pending === 'stop' || pending === 'check' ? pending : null,
    path: typeof url === 'string' ? url : null,
    lastActivity: Number.isNaN(time) ? null : time
  };
}

/** What the gateway's `/courses` says of `course`; null where it isn't among them. */
export function parseRights(body: Readonly<Record<string, unknown>>, course: string): CourseRights | null {
  const listed = (Array.isArray(body['courses']) ? body['courses'] : []).filter(isJson);
  const found = listed.find(({ slug }) => slug === course);
  if (found === undefined) {
    return null;
  }
  const profiles = (Array.isArray(found['profiles']) ? found['profiles'] : []).filter(isJson);
  return {
    mayStart: found['may_start'] !== false,
    profiles: profiles.map(({ name }) => name).filter(name => typeof name === 'string'),
    idleMinutes: numberIn(body['idle_minutes'])
  };
}

/** Speaks with the hub's API and the gateway for one person and one course. */
export class HubClient {
  readonly #addresses: HubAddresses;
  readonly #course: string;
  readonly #tokens: TokenSource;
  readonly #fetched: Fetch;

  constructor(addresses: HubAddresses, course: string, tokens: TokenSource, fetched: Fetch) {
    this.#addresses = addresses;
    this.#course = course;
    this.#tokens = tokens;
    this.#fetched = fetched;
  }

  /** Whether hub and gateway are there; needs nobody signed in. */
  async answers(signal: AbortSignal): Promise<boolean> {
    try {
      const init: RequestInit = { mode: 'cors', credentials: 'omit', cache: 'no-store', signal };
      const response = await this.#fetched(this.#addresses.ready, init);
      return !AWAY.has(response.status);
    } catch (error) {
      if (error instanceof TypeError) {
        return false;
      }
      throw error;
    }
  }

  /** Who signed in. */
  async person(signal?: AbortSignal): Promise<Person> {
    const response = await this.#ask(`${this.#addresses.api}user`, {}, signal);
    const { name, servers } = await jsonIn(this.#fine(response));
    if (typeof name !== 'string') {
      throw new BridgeProblem('unexpected', { status: response.status });
    }
    const now = Date.parse(response.headers.get('Date') ?? '');
    const listed = Object.entries(isJson(servers) ? servers : {});
    return {
      name,
      servers: new Map(listed.map(([course, state]) => [course, parseServer(state)])),
      now: Number.isNaN(now) ? null : now
    };
  }

  /** What this person may do in the course; null where the gateway doesn't know it. */
  async rights(signal?: AbortSignal): Promise<CourseRights | null> {
    const response = await this.#ask(this.#addresses.courses, {}, signal);
    return parseRights(await jsonIn(this.#fine(response)), this.#course);
  }

  /**
   * Asks for the server: `asked` where this call began the start, `known` where it runs, starts or stops already.
   * Throws `busy` (429, 503), `refused`, `failed`.
   */
  async start(user: string, profile: string | null, signal: AbortSignal): Promise<'asked' | 'known'> {
    const body = JSON.stringify(profile === null ? {} : { profile });
    const response = await this.#ask(this.#server(user), { method: 'POST', body }, signal);
    if (response.ok) {
      return 'asked';
    }
    if (response.status === 400) {
      const state = (await this.person(signal)).servers.get(this.#course);
      if (state !== undefined && (state.ready || state.pending !== null)) {
        return 'known';
      }
    }
    throw await failureIn(response, response.status === 429 ? 'busy' : response.status === 404 ? 'refused' : 'failed');
  }

  /** What the hub tells of the start in progress; nothing where there is none yet. */
  async *progress(user: string, signal: AbortSignal): AsyncGenerator<ProgressEvent> {
    const address = `${this.#server(user)}/progress`;
    const response = await askUnlessSilent(patient => this.#ask(address, {}, patient), signal);
    if (response.ok) {
      yield* progressIn(response);
    } else if (response.status !== 400 && response.status !== 404) {
      throw await failureIn(response, 'failed');
    }
  }

  /** Stops the server, or its start; that there is none is as good. */
  async stop(user: string): Promise<void> {
    const response = await this.#ask(this.#server(user), { method: 'DELETE' });
    if (!response.ok && response.status !== 404 && response.status !== 400) {
      throw await failureIn(response, 'unexpected');
    }
  }

  #server(user: string): string {
    return serverApi(this.#addresses, user, this.#course);
  }

  #fine(response: Response): Response {
    if (!response.ok) {
      throw new BridgeProblem('unexpected', { status: response.status });
    }
    return response;
  }

  #ask(address: string, init: RequestInit, signal?: AbortSignal): Promise<Response> {
    const headers = init.body === undefined ? {} : { 'Content-Type': 'application/json' };
    const given = signal === undefined ? {} : { signal };
    return withToken(this.#fetched, this.#tokens, address, { headers, ...init, ...given });
  }
}
