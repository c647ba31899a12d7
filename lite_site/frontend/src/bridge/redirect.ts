/** Signing in by leaving the page and coming back, where the browser opens no window. */

import { isJson } from './replies.ts';
import type { Attempt, Granted } from './signin.ts';

/** Where the site's `signed-in.html` looks for, and leaves, a sign-in that left its page. */
export const KEY = 'passerelle.sign-in';

/** The part of sessionStorage that is needed. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Notes the attempt before the page is left; `back` is where to return to, `lesson` what it was begun for. */
export function leaveNote(shelf: Shelf, { state, verifier }: Attempt, back: string, lesson: string): void {
  shelf.setItem(KEY, JSON.stringify({ state, verifier, back, lesson }));
}

/** What a sign-in came back with: the grant (null where the hub refused) and the lesson it was begun for. */
export interface Returned {
  readonly granted: Granted | null;
  readonly lesson: string;
}

/** What came back, taken away with the asking; null where nothing did. */
export function takeReturned(shelf: Shelf): Returned | null {
  const kept = shelf.getItem(KEY);
  shelf.removeItem(KEY);
  let note: unknown = null;
  try {
    note = JSON.parse(kept ?? 'null');
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      throw error;
    }
  }
  if (!isJson(note)) {
    return null;
  }
  const { code, error, verifier, lesson } = note;
  if (typeof verifier !== 'string' || typeof lesson !== 'string') {
    return null;
  }
  if (typeof code === 'string') {
    return { granted: { code, verifier }, lesson };
  }
  return error === undefined ? null : { granted: null, lesson };
}
