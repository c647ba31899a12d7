/** What the hub answers to a sign-in, as it stands in the callback page's address (RFC 6749, 4.1.2), and who waits. */

/** The channel on which the page that asked listens. */
export const CHANNEL = 'passerelle-sign-in';
/** The key under which a page that had to leave for the sign-in is kept, in the tab's session storage. */
export const LEFT = 'passerelle.sign-in';

/** The hub's answer: a code to trade for a token, or why there is none. */
export type Answer = { readonly state: string; readonly code: string } | { readonly state: string; readonly error: string };

/** A page that left for the sign-in: where it goes on, and its record with the answer in it. */
export interface Waiting {
  readonly back: string;
  readonly record: string;
}

const LONGEST = 2048;

function isPlain(text: string | null): text is string {
  // What OAuth allows in codes, states and errors: printable ASCII (RFC 6749, appendix A).
  return text !== null && text.length <= LONGEST && /^[ -~]+$/.test(text);
}

/** The answer in an address's query; null where it is none, above all where it names no sign-in (`state`). */
export function parseAnswer(search: string): Answer | null {
  const query = new URLSearchParams(search);
  const [state, code, error] = [query.get('state'), query.get('code'), query.get('error')];
  if (!isPlain(state)) {
    return null;
  }
  if (isPlain(error)) {
    return { state, error };
  }
  return isPlain(code) ? { state, code } : null;
}

/** The page that waits for `answer` in this tab, as `saved` in its storage; `here` is the callback page's address. */
export function waitingFor(answer: Answer, saved: string | null, here: string): Waiting | null {
  try {
    const record = JSON.parse(saved ?? 'null') as unknown;
    if (typeof record !== 'object' || record === null || !('state' in record) || !('back' in record)) {
      return null;
    }
    const { state, back } = record;
    if (state !== answer.state || typeof back !== 'string' || new URL(back, here).origin !== new URL(here).origin) {
      return null;
    }
    return { back: new URL(back, here).href, record: JSON.stringify({ ...record, ...answer }) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) {
      return null;
    }
    throw error;
  }
}
