/** What the bar above a notebook says and offers, from where its crossing and its line stand. */

import { inLanguage, type Language } from '../course/lessons.ts';
import type { MessageId, Say } from '../messages/index.ts';
import { sizeIn } from './files/sizes.ts';
import type { Line } from './lifeline.ts';
import type { BridgeProblem, ProblemKind } from './problems.ts';
import type { FilesProgress, Stage } from './stages.ts';

/** What can be pressed in the bar. */
export type Action =
  | 'start'
  | 'find'
  | 'again'
  | 'cancel'
  | 'browser'
  | 'sign-in'
  | 'sign-in-here'
  | 'keep-running'
  | 'open-in-hub'
  | 'close';

/** What the bar shows: paragraphs, progress (0 to 1, null where unknown), a log, and what can be pressed. */
export interface Telling {
  readonly said: readonly string[];
  readonly progress?: { readonly value: number | null; readonly numbers: string };
  readonly log?: readonly string[];
  readonly actions: readonly Action[];
}

/** The notebook's situation; `reasons` why its lesson is placed on the cluster, in the page's language. */
export interface Situation {
  readonly placed: boolean;
  readonly reasons: readonly string[];
  /** It ran on the cluster before this page was opened. */
  readonly remembered: boolean;
  readonly stage: Stage;
  readonly line: Line;
  /** What is said once the notebook runs there, and not yet closed. */
  readonly notes: readonly string[];
}

/** How to speak. */
export interface Voice {
  readonly say: Say;
  readonly language: Language;
}

/** What to tell; null where the bar isn't needed. */
export function tellingOf(situation: Situation, voice: Voice): Telling | null {
  const { stage } = situation;
  switch (stage.at) {
    case 'idle':
      return atRest(situation, voice);
    case 'ready':
      return onLine(situation, voice);
    case 'failed':
      return failure(stage.problem, voice);
    default:
      return underWay(stage, voice);
  }
}

function atRest({ placed, reasons, remembered, line }: Situation, { say }: Voice): Telling | null {
  if (line.is === 'server-gone' || line.is === 'kernel-gone') {
    return { said: [say(`bridge.line.${line.is}`)], actions: ['again', 'browser'] };
  }
  if (line.is === 'signed-out') {
    return { said: [say('bridge.left.signedOut')], actions: ['find', 'browser'] };
  }
  if (remembered) {
    return { said: [say('bridge.remembered')], actions: ['find', 'browser'] };
  }
  if (!placed) {
    return null;
  }
  const [first] = reasons;
  const why = first === undefined ? [] : [say('cluster.why', { reason: first })];
  return { said: [say('bridge.needs'), ...why], actions: ['start'] };
}

function onLine({ line, notes }: Situation, { say }: Voice): Telling | null {
  switch (line.is) {
    case 'well':
      return notes.length === 0 ? null : { said: notes, actions: ['close'] };
    case 'idle-soon':
    case 'ends-soon': {
      const said = [say(`bridge.line.${line.is}`, { minutes: String(line.minutes) }), say('bridge.line.lost')];
      return { said, actions: line.is === 'idle-soon' ? ['keep-running'] : ['close'] };
    }
    case 'signed-out':
      // Notes: why signing in again didn't work.
      return { said: [...notes, say('bridge.line.signed-out')], actions: ['sign-in'] };
    case 'server-gone':
    case 'kernel-gone':
      return { said: [say(`bridge.line.${line.is}`)], actions: ['again', 'browser'] };
    default:
      return { said: [say(`bridge.line.${line.is}`)], actions: [] };
  }
}

function underWay(stage: Exclude<Stage, { at: 'idle' | 'ready' | 'failed' }>, voice: Voice): Telling {
  const { say, language } = voice;
  const cancel = { actions: ['cancel'] as const };
  switch (stage.at) {
    case 'waiting': {
      const reason = stage.reason === null ? [] : [inLanguage(stage.reason, language)];
      const place = stage.position === null ? '' : say('bridge.stage.position', { position: String(stage.position) });
      return { said: [say('bridge.stage.waiting'), ...reason], progress: { value: null, numbers: place }, ...cancel };
    }
    case 'environment':
    case 'starting': {
      const texts = stage.at === 'environment' ? stage.texts : null;
      const numbers = texts === null ? '' : inLanguage(texts, language);
      const value = stage.percent === null ? null : stage.percent / 100;
      return { said: [say(`bridge.stage.${stage.at}`)], progress: { value, numbers }, ...cancel };
    }
    case 'files':
      if (stage.progress === null || stage.progress.total === 0) {
        return { said: [say('bridge.stage.settling')], progress: { value: null, numbers: '' }, ...cancel };
      }
      return { said: [say('bridge.stage.files')], progress: filesProgress(stage.progress, voice), ...cancel };
    case 'cancelling':
    case 'leaving':
      return { said: [say(`bridge.stage.${stage.at}`)], progress: { value: null, numbers: '' }, actions: [] };
    default:
      return { said: [say(`bridge.stage.${stage.at}`)], progress: { value: null, numbers: '' }, ...cancel };
  }
}

function filesProgress(progress: FilesProgress, { say, language }: Voice): NonNullable<Telling['progress']> {
  const { done, total, bytes, totalBytes } = progress;
  const numbers = say('bridge.stage.filesNumbers', {
    done: String(done),
    total: String(total),
    bytes: sizeIn(language, bytes),
    totalBytes: sizeIn(language, totalBytes)
  });
  return { value: totalBytes === 0 ? done / total : bytes / totalBytes, numbers };
}

const NEXT_STEPS: Readonly<Record<ProblemKind, readonly Action[]>> = {
  unreachable: ['again', 'browser'],
  'signed-out': ['again', 'browser'],
  refused: ['again', 'browser'],
  stopped: ['start', 'browser'],
  busy: ['again', 'browser'],
  failed: ['again', 'browser'],
  'too-slow': ['again', 'browser'],
  'popup-blocked': ['sign-in-here', 'open-in-hub', 'browser'],
  'popup-closed': ['again', 'browser'],
  'sign-in-failed': ['again', 'browser'],
  'no-kernel': ['again', 'open-in-hub', 'browser'],
  'no-files': ['again', 'open-in-hub', 'browser'],
  unexpected: ['again', 'open-in-hub', 'browser']
};

/** The sentence for a failure, with the hub's own words where it gave some. */
export function sentencesFor({ kind, told }: BridgeProblem, { say, language }: Voice): readonly string[] {
  const own = told.texts === undefined ? '' : inLanguage(told.texts, language);
  const id: MessageId = `bridge.problem.${kind}`;
  return own === '' ? [say(id)] : [say(id), own];
}

function failure(problem: BridgeProblem, voice: Voice): Telling {
  const { log } = problem.told;
  return {
    said: [...sentencesFor(problem, voice), voice.say('bridge.untouched')],
    ...(log === undefined ? {} : { log }),
    actions: NEXT_STEPS[problem.kind]
  };
}
