/** The bridge of one page: who is signed in, and their server of the course. Notebooks share it. */

import { type HubAddresses, serverBase } from './addresses.ts';
import type { Fetch } from './door.ts';
import { type CourseRights, HubClient } from './hub.ts';
import type { RemoteKernels } from './kernels/remote.ts';
import { BridgeProblem } from './problems.ts';
import type { ProgressEvent } from './progress.ts';
import { leaveNote, type Shelf } from './redirect.ts';
import { openServer, type ServerDoor } from './server.ts';
import { beginAttempt, type Granted, signIn, type SignInParts } from './signin.ts';
import { unlessSilent } from './silence.ts';
import { pause, settled, startServer } from './start.ts';
import { TokenKeeper, type TokenParts } from './token.ts';

/** What the bridge needs of the page. */
export interface BridgeParts {
  readonly addresses: HubAddresses;
  readonly course: string;
  readonly redirectUri: string;
  readonly fetched: Fetch;
  readonly remote: RemoteKernels;
  readonly shelf: Shelf;
  readonly popup: Pick<SignInParts, 'open' | 'channel'>;
  readonly clock: Pick<TokenParts, 'now' | 'later'>;
  readonly goTo: (address: string) => void;
}

/** What concerns all notebooks of the page. */
export type BridgeEvent = 'signed-out' | 'session-over' | 'server-gone';

/** One page's way to the hub. */
export class Bridge {
  readonly hub: HubClient;
  readonly tokens: TokenKeeper;
  readonly #parts: BridgeParts;
  readonly #listeners = new Set<(event: BridgeEvent) => void>();
  #signingIn: Promise<void> | null = null;
  /** A sign-in that left the page and came back: undefined for none, null where the hub refused it. */
  #returned: Granted | null | undefined;
  #user: string | null = null;
  #door: ServerDoor | null = null;
  #rights: CourseRights | null = null;
  /** Notebooks of this page that wait for the start, and whether this page began it. */
  #waiting = 0;
  #asked = false;

  constructor(parts: BridgeParts) {
    const { addresses, redirectUri, fetched, clock } = parts;
    this.#parts = parts;
    this.tokens = new TokenKeeper({ ...addresses, ...clock, redirectUri, fetched }, () => this.#tell('session-over'));
    this.hub = new HubClient(addresses, parts.course, this.tokens, fetched);
  }

  /** Calls `listener` from now on; gives back how to stop that. */
  listen(listener: (event: BridgeEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get signedIn(): boolean {
    return this.tokens.held !== null;
  }

  /** Who is signed in, once the hub said so. */
  get user(): string | null {
    return this.#user;
  }

  /** The server, while it is known to run. */
  get door(): ServerDoor | null {
    return this.#door;
  }

  /** What the gateway said this person may do here. */
  get rights(): CourseRights | null {
    return this.#rights;
  }

  /** Signs in unless somebody is; call it in the press itself. One sign-in at a time, whoever asks. */
  signIn(signal: AbortSignal): Promise<void> {
    if (this.signedIn) {
      return Promise.resolve();
    }
    this.#signingIn ??= this.#grant(signal)
      .then(granted => this.#finishSignIn(granted, signal))
      .finally(() => (this.#signingIn = null));
    return this.#signingIn;
  }

  /** The next sign-in needs no window: it left the page, and came back with this. */
  takeReturned(granted: Granted | null): void {
    this.#returned = granted;
  }

  #grant(signal: AbortSignal): Promise<Granted> {
    const returned = this.#returned;
    this.#returned = undefined;
    if (returned === undefined) {
      const { addresses, redirectUri, popup } = this.#parts;
      const answers = (): Promise<boolean> => this.hub.answers(signal);
      return signIn({ authorize: addresses.authorize, redirectUri, answers, ...popup }, signal);
    }
    return returned === null ? Promise.reject(new BridgeProblem('sign-in-failed')) : Promise.resolve(returned);
  }

  async #finishSignIn(granted: Granted, signal: AbortSignal): Promise<void> {
    await this.tokens.exchange(granted, signal);
    const was = this.#user;
    this.#user = (await this.hub.person(signal)).name;
    if (was !== null && was !== this.#user) {
      this.#forgetServer();
    }
  }

  /** Leaves the page for the hub's sign-in, to come back for `lesson`. */
  async leaveToSignIn(lesson: string, back: string): Promise<void> {
    const { addresses, redirectUri, shelf, goTo } = this.#parts;
    const attempt = await beginAttempt({ authorize: addresses.authorize, redirectUri });
    leaveNote(shelf, attempt, back, lesson);
    goTo(attempt.address);
  }

  /** Asks the gateway what this person may do here. */
  async readRights(signal?: AbortSignal): Promise<void> {
    this.#rights = await this.hub.rights(signal);
  }

  /** The running server; null where it doesn't run. Asks the hub, which may still look for it where it just started. */
  async findServer(signal: AbortSignal): Promise<ServerDoor | null> {
    const { course } = this.#parts;
    const person = await settled({ hub: this.hub, course, pause }, signal);
    this.#user = person.name;
    const state = person.servers.get(course);
    return state?.ready === true && state.path !== null ? this.#open(state.path) : null;
  }

  /**
   * The server, started if need be, with `profile` where the hub has it; `tell` hears of the start. Throws
   * BridgeProblem, `refused` where the course isn't this person's, and AbortError: a start that this page began, and
   * that nobody else waits for, is then taken back.
   */
  async reachServer(
    profile: string | null,
    tell: (event: ProgressEvent) => void,
    signal: AbortSignal
  ): Promise<ServerDoor> {
    this.#waiting += 1;
    try {
      return await this.#reach(profile, tell, signal);
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) {
        const takeBack = this.#asked && signal.aborted;
        this.#asked = false;
        if (takeBack && this.#user !== null) {
          await unlessSilent(this.hub.stop(this.#user));
        }
      }
    }
  }

  async #reach(wished: string | null, tell: (event: ProgressEvent) => void, signal: AbortSignal): Promise<ServerDoor> {
    const running = await this.findServer(signal);
    if (running !== null) {
      return running;
    }
    await this.readRights(signal);
    if (this.#rights?.mayStart === false || this.#user === null) {
      throw new BridgeProblem('refused', { code: 'not-a-member' });
    }
    const { course } = this.#parts;
    const profiles = this.#rights?.profiles ?? [];
    const profile = profiles.find(name => name === wished) ?? profiles[0] ?? null;
    let already = false;
    const onAsked = (ours: boolean): void => {
      already = ours ? this.#asked : already;
      this.#asked = ours || already;
    };
    const { now } = this.#parts.clock;
    const start = { hub: this.hub, user: this.#user, course, profile, now, pause, onAsked };
    const path = await startServer(start, tell, signal);
    this.#asked = false;
    return this.#open(path);
  }

  /** Notes that the server is gone, and says so to everybody, once. */
  noteGone(): void {
    if (this.#door !== null) {
      this.#forgetServer();
      this.#tell('server-gone');
    }
  }

  /** Stops the server, with every kernel on it. */
  async stopServer(): Promise<void> {
    if (this.#user !== null) {
      await this.hub.stop(this.#user);
    }
    this.noteGone();
  }

  /** Signs out: this page can do nothing at the hub any more. The server runs on until it is idle. */
  async signOut(): Promise<void> {
    this.#tell('signed-out');
    this.#forgetServer();
    this.#user = null;
    await this.tokens.signOut();
  }

  #open(path: string): ServerDoor {
    const base = serverBase(this.#parts.addresses, path);
    if (base === null) {
      throw new BridgeProblem('unexpected');
    }
    if (this.#door?.base !== base) {
      this.#door = openServer(base, this.tokens, this.#parts.fetched);
      this.#parts.remote.attach(this.#door, () => this.tokens.held);
    }
    return this.#door;
  }

  #forgetServer(): void {
    this.#door = null;
    this.#parts.remote.detach();
  }

  #tell(event: BridgeEvent): void {
    [...this.#listeners].forEach(listener => listener(event));
  }
}
