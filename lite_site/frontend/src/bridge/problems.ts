/** What can go wrong between the page and the hub: one error type, its kinds a closed set. */

import type { LocalText } from '../course/lessons.ts';

/** Kinds of failure; each has a sentence and a next step in the catalogues (`bridge.problem.<kind>`). */
export type ProblemKind =
  | 'unreachable' // neither network nor hub answers
  | 'signed-out' // no token, or one that no renewal helps: sign in again
  | 'refused' // signed in, but not allowed
  | 'stopped' // the server isn't running
  | 'busy' // no room: too many servers, or a start already ending
  | 'failed' // the server's start, or its kernel's, failed
  | 'too-slow' // nobody answered in time
  | 'popup-blocked'
  | 'popup-closed'
  | 'sign-in-failed' // the hub, or the broker, refused the sign-in
  | 'no-kernel' // the server has no kernel for the lesson, or can't start one
  | 'no-files' // the lesson's files can't be carried
  | 'unexpected'; // an answer nobody expects: a hub of another version, or a mistake of ours

/** What the hub said of a failure, where it said something. */
export interface Told {
  readonly status?: number;
  readonly code?: string;
  readonly texts?: LocalText;
  readonly log?: readonly string[];
}

/** A failure of the bridge. `told` is text of the hub's: show it as text only. */
export class BridgeProblem extends Error {
  readonly kind: ProblemKind;
  readonly told: Told;

  constructor(kind: ProblemKind, told: Told = {}) {
    super([kind, told.status, told.code].filter(part => part !== undefined).join(' '));
    this.kind = kind;
    this.told = told;
  }
}

/** Whether `error` says that somebody cancelled. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** Whether `error` is a failure of that `kind`. */
export function isProblem(error: unknown, kind: ProblemKind): error is BridgeProblem {
  return error instanceof BridgeProblem && error.kind === kind;
}
