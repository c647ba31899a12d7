/**
 * Signing in at the hub: OAuth's authorization code with PKCE, in a window of its own.
 *
 * The window shows the hub; the site's `signed-in.html` hands the code back on a BroadcastChannel, which, unlike
 * `window.opener`, survives pages of both sides that isolate themselves.
 */

import { challengeOf, randomText } from './pkce.ts';
import { BridgeProblem } from './problems.ts';
import { isJson } from './replies.ts';

/** The channel on which the site's `signed-in.html` speaks. */
export const CHANNEL = 'passerelle-sign-in';
/** The OAuth client: the gateway, which holds its secret. */
export const CLIENT_ID = 'service-passerelle';

const LIMIT_MS = 5 * 60 * 1000;
const LOOK_MS = 400;
/** A window that closes sooner was cut off by the hub's isolation headers, not by a person. */
const CUT_OFF_MS = 1500;
/** A code may still be on its way when its window has closed. */
const GRACE_MS = 1500;

/** A code to be exchanged for a token, with what proves that this page asked for it. */
export interface Granted {
  readonly code: string;
  readonly verifier: string;
}

/** What a sign-in was begun with. */
export interface Attempt {
  readonly state: string;
  readonly verifier: string;
  readonly address: string;
}

/** The window of a sign-in, as `window.open` gives it. */
export interface Popup {
  readonly closed: boolean;
  close(): void;
  readonly location: { replace(address: string): void };
}

/** What signing in needs of the page. */
export interface SignInParts {
  readonly authorize: string;
  readonly redirectUri: string;
  /** Opens an empty window, or gives null where the browser blocks it. */
  readonly open: () => Popup | null;
  readonly channel: () => BroadcastChannel;
  /** Whether the hub is there: where it isn't, the window would show the browser's own error. */
  readonly answers: () => Promise<boolean>;
}

/** Begins a sign-in: its secrets, and the hub's address to go to. Scopes are those the hub allows this client. */
export async function beginAttempt(parts: Pick<SignInParts, 'authorize' | 'redirectUri'>): Promise<Attempt> {
  const state = randomText(24);
  const verifier = randomText(48);
  const query = new URLSearchParams({
    client_id: CLIENT_ID,
    response_type: 'code',
    redirect_uri: parts.redirectUri,
    state,
    code_challenge: await challengeOf(verifier),
    code_challenge_method: 'S256'
  });
  return { state, verifier, address: `${parts.authorize}?${query.toString()}` };
}

/** What was said on the channel: the code, or the hub's error, if it is about the attempt `state`. */
export function heardFor(state: string, said: unknown): string | BridgeProblem | null {
  if (!isJson(said) || said['state'] !== state) {
    return null;
  }
  const { code, error } = said;
  if (typeof code === 'string' && code !== '') {
    return code;
  }
  return new BridgeProblem('sign-in-failed', typeof error === 'string' ? { code: error } : {});
}

/**
 * Signs in. Call it in the press itself, before anything is awaited: browsers open no window later.
 *
 * Rejects with BridgeProblem `unreachable` | `popup-blocked` | `popup-closed` | `sign-in-failed` | `too-slow`, or
 * AbortError when `signal` says so, the window closed.
 */
export function signIn(parts: SignInParts, signal: AbortSignal): Promise<Granted> {
  const popup = parts.open();
  return popup === null ? Promise.reject(new BridgeProblem('popup-blocked')) : follow(popup, parts, signal);
}

async function follow(popup: Popup, parts: SignInParts, signal: AbortSignal): Promise<Granted> {
  const channel = parts.channel();
  const ends: (() => void)[] = [() => channel.close(), () => popup.close()];
  try {
    const [attempt, answers] = await Promise.all([beginAttempt(parts), parts.answers()]);
    // A window that was at the hub can't be closed any more where pages isolate themselves: it isn't sent there.
    if (!answers || popup.closed) {
      throw new BridgeProblem(answers ? 'popup-closed' : 'unreachable');
    }
    const code = await new Promise<string>((resolve, reject) => {
      const aborted = (): void => reject(new DOMException('Cancelled', 'AbortError'));
      signal.addEventListener('abort', aborted);
      channel.onmessage = event => {
        const heard = heardFor(attempt.state, event.data);
        if (typeof heard === 'string') {
          resolve(heard);
        } else if (heard !== null) {
          reject(heard);
        }
      };
      const limit = setTimeout(() => reject(new BridgeProblem('too-slow')), LIMIT_MS);
      const unwatch = whenClosed(popup, () => reject(new BridgeProblem('popup-closed')));
      ends.push(
        () => signal.removeEventListener('abort', aborted),
        () => clearTimeout(limit),
        unwatch
      );
      if (signal.aborted) {
        aborted();
      } else {
        popup.location.replace(attempt.address);
      }
    });
    return { code, verifier: attempt.verifier };
  } finally {
    ends.forEach(end => end());
  }
}

/** Calls `closed` once a person has closed the window; gives back how to stop looking. */
function whenClosed(popup: Popup, closed: () => void): () => void {
  const opened = Date.now();
  let grace: ReturnType<typeof setTimeout> | undefined;
  const look = setInterval(() => {
    if (popup.closed) {
      clearInterval(look);
      if (Date.now() - opened > CUT_OFF_MS) {
        grace = setTimeout(closed, GRACE_MS);
      }
    }
  }, LOOK_MS);
  return () => {
    clearInterval(look);
    clearTimeout(grace);
  };
}
