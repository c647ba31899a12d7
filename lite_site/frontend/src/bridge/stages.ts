/** The stages of crossing the bridge, as a pure state machine: what happened, and where that leads. */

import type { LocalText } from '../course/lessons.ts';
import type { BridgeProblem } from './problems.ts';
import type { ProgressEvent } from './progress.ts';

/** How far the files are: n of m, bytes of all bytes, and the one on its way. */
export interface FilesProgress {
  readonly done: number;
  readonly total: number;
  readonly bytes: number;
  readonly totalBytes: number;
  readonly name: string;
}

/** Where a crossing stands. */
export type Stage =
  | { readonly at: 'idle' }
  | { readonly at: 'signing-in' }
  | { readonly at: 'leaving' }
  | { readonly at: 'asking' }
  | { readonly at: 'waiting'; readonly position: number | null; readonly reason: LocalText | null }
  | { readonly at: 'environment'; readonly percent: number | null; readonly texts: LocalText | null }
  | { readonly at: 'starting'; readonly percent: number | null }
  | { readonly at: 'unanswered' }
  | { readonly at: 'files'; readonly progress: FilesProgress | null }
  | { readonly at: 'kernel' }
  | { readonly at: 'ready' }
  | { readonly at: 'cancelling' }
  | { readonly at: 'failed'; readonly problem: BridgeProblem };

/** What can happen to a crossing. */
export type Happening =
  | { readonly is: 'pressed' }
  | { readonly is: 'leaves' }
  | { readonly is: 'signed-in' }
  | { readonly is: 'told'; readonly event: ProgressEvent }
  | { readonly is: 'server' }
  | { readonly is: 'files'; readonly progress: FilesProgress }
  | { readonly is: 'carried' }
  | { readonly is: 'started' }
  | { readonly is: 'connected' }
  | { readonly is: 'cancel' }
  | { readonly is: 'undone' }
  | { readonly is: 'failed'; readonly problem: BridgeProblem }
  | { readonly is: 'left' };

/** Stages from which a press begins a crossing. */
export const RESTING: ReadonlySet<Stage['at']> = new Set(['idle', 'ready', 'failed']);
const BEFORE_SERVER: ReadonlySet<Stage['at']> = new Set([
  'asking',
  'waiting',
  'environment',
  'starting',
  'unanswered'
]);
/** What is asked of the server itself, or goes on where it was once that answers again. */
const WITH_SERVER: ReadonlySet<Stage['at']> = new Set(['files', 'kernel', 'unanswered']);

function told(event: ProgressEvent): Stage | null {
  switch (event.is) {
    case 'environment':
      return { at: event.is, percent: event.percent, texts: event.texts };
    case 'starting':
      // The spawner's own words for it are the page's.
      return { at: event.is, percent: event.percent };
    case 'unanswered':
      return { at: event.is };
    case 'queue':
      return { at: 'waiting', position: event.position, reason: event.texts };
    default:
      return null;
  }
}

/** Where `happening` leads from `stage`; what can't happen there leaves it as it is (the same object). */
export function next(stage: Stage, happening: Happening): Stage {
  const { at } = stage;
  const underWay = !RESTING.has(at) && at !== 'cancelling';
  switch (happening.is) {
    case 'pressed':
      return RESTING.has(at) ? { at: 'signing-in' } : stage;
    case 'leaves':
      return at === 'signing-in' ? { at: 'leaving' } : stage;
    case 'signed-in':
      return at === 'signing-in' ? { at: 'asking' } : stage;
    case 'told':
      return BEFORE_SERVER.has(at) || (WITH_SERVER.has(at) && happening.event.is === 'unanswered')
        ? (told(happening.event) ?? stage)
        : stage;
    case 'server':
      return BEFORE_SERVER.has(at) ? { at: 'files', progress: null } : stage;
    case 'files':
      return at === 'files' || at === 'unanswered' ? { at: 'files', progress: happening.progress } : stage;
    case 'carried':
      return at === 'files' || at === 'unanswered' ? { at: 'kernel' } : stage;
    case 'started':
      return at === 'unanswered' ? { at: 'kernel' } : stage;
    case 'connected':
      return at === 'kernel' ? { at: 'ready' } : stage;
    case 'cancel':
      return underWay ? { at: 'cancelling' } : stage;
    case 'undone':
      return at === 'cancelling' ? { at: 'idle' } : stage;
    case 'failed':
      return underWay ? { at: 'failed', problem: happening.problem } : stage;
    case 'left':
      return RESTING.has(at) ? { at: 'idle' } : stage;
  }
}
