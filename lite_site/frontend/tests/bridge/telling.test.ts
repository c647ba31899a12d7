import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Line } from '../../src/bridge/lifeline.ts';
import { BridgeProblem, type ProblemKind } from '../../src/bridge/problems.ts';
import type { Stage } from '../../src/bridge/stages.ts';
import { type Situation, type Telling, tellingOf } from '../../src/bridge/telling.ts';
import { speaker } from '../../src/messages/index.ts';

const LIGHT: Situation = {
  placed: false,
  reasons: [],
  remembered: false,
  stage: { at: 'idle' },
  line: { is: 'well' },
  notes: []
};
const tell = (change: Partial<Situation>, language: 'fr' | 'en' = 'en'): Telling | null =>
  tellingOf({ ...LIGHT, ...change }, { say: speaker(language), language });

test('a light lesson has no bar; a placed one says why and offers the start', () => {
  assert.equal(tell({}), null);
  const placed = tell({ placed: true, reasons: ['It runs bowtie2.'] });
  assert.deepEqual(placed?.actions, ['start']);
  assert.match(placed?.said.join(' ') ?? '', /bowtie2/);
  assert.deepEqual(tell({ remembered: true })?.actions, ['find', 'browser']);
});

test('every stage under way can be cancelled, and what is said doesn’t change with every percent', () => {
  const texts = { fr: 'numpy', en: 'numpy' };
  const files = (bytes: number): Stage => ({
    at: 'files',
    progress: { done: 1, total: 3, bytes, totalBytes: 4e6, name: 'a' }
  });
  const pairs: [Stage, Stage][] = [
    [
      { at: 'environment', percent: 1, texts },
      { at: 'environment', percent: 2, texts: null }
    ],
    [
      { at: 'starting', percent: 1 },
      { at: 'starting', percent: 80 }
    ],
    [
      { at: 'waiting', position: 2, reason: null },
      { at: 'waiting', position: 1, reason: null }
    ],
    [files(1e6), files(2e6)]
  ];
  for (const [one, other] of pairs) {
    assert.deepEqual(tell({ stage: one })?.said, tell({ stage: other })?.said, one.at);
    assert.deepEqual(tell({ stage: one })?.actions, ['cancel']);
    assert.notDeepEqual(tell({ stage: one })?.progress, tell({ stage: other })?.progress, one.at);
  }
  assert.equal(tell({ stage: files(2e6) })?.progress?.value, 0.5);
  assert.equal(tell({ stage: files(2e6) })?.progress?.numbers, '1 of 3, 2 MB of 4 MB');
});

test('a hub that doesn’t answer is told while the start is tried on, and can be cancelled', () => {
  const telling = tell({ stage: { at: 'unanswered' } });
  assert.deepEqual(telling?.said, ["The cluster doesn't answer. This page keeps trying."]);
  assert.deepEqual(telling.actions, ['cancel']);
});

test('every failure has a sentence, a next step and the notebook’s safety, in both languages', () => {
  const kinds: ProblemKind[] = [
    'unreachable',
    'signed-out',
    'refused',
    'stopped',
    'busy',
    'failed',
    'too-slow',
    'popup-blocked',
    'popup-closed',
    'sign-in-failed',
    'no-kernel',
    'no-files',
    'unexpected'
  ];
  for (const kind of kinds) {
    for (const language of ['fr', 'en'] as const) {
      const telling = tell({ stage: { at: 'failed', problem: new BridgeProblem(kind) } }, language);
      assert.ok((telling?.said[0]?.length ?? 0) > 20 && (telling?.actions.length ?? 0) > 0, kind);
      assert.match(telling?.said.at(-1) ?? '', language === 'fr' ? /intact/ : /untouched/);
    }
  }
});

test('a failure shows the hub’s own words in the page’s language, and the log where there is one', () => {
  const problem = new BridgeProblem('failed', { texts: { fr: 'Disque plein.', en: 'Disk full.' }, log: ['line'] });
  const telling = tell({ stage: { at: 'failed', problem } }, 'fr');
  assert.ok(telling);
  assert.ok(telling.said.includes('Disque plein.') && !telling.said.includes('Disk full.'));
  assert.deepEqual(telling.log, ['line']);
});

test('once there the bar is away, unless there is something to say', () => {
  const ready: Stage = { at: 'ready' };
  assert.equal(tell({ stage: ready }), null);
  assert.deepEqual(tell({ stage: ready, notes: ['Welcome.'] })?.said, ['Welcome.']);
  const offered: [Line, string[]][] = [
    [{ is: 'offline' }, []],
    [{ is: 'reconnecting' }, []],
    [{ is: 'hub-away' }, []],
    [{ is: 'signed-out' }, ['sign-in']],
    [{ is: 'idle-soon', minutes: 9 }, ['keep-running']],
    [{ is: 'kernel-gone' }, ['again', 'browser']]
  ];
  for (const [line, actions] of offered) {
    assert.deepEqual(tell({ stage: ready, line })?.actions, actions, line.is);
  }
  assert.match(tell({ stage: ready, line: { is: 'idle-soon', minutes: 9 } })?.said.join(' ') ?? '', /9 min.*lost/s);
});

test('why signing in again didn’t work stands beside the offer to', () => {
  const told = tell({ stage: { at: 'ready' }, line: { is: 'signed-out' }, notes: ['The window was closed.'] });
  assert.equal(told?.said[0], 'The window was closed.');
  assert.match(told.said[1] ?? '', /sign in again/);
  assert.deepEqual(told.actions, ['sign-in']);
});

test('somebody who isn’t of the course can try again, once they are', () => {
  const told = tell({ stage: { at: 'failed', problem: new BridgeProblem('refused') } });
  assert.deepEqual(told?.actions, ['again', 'browser']);
});

test('a server that is gone leaves the notebook with two ways on', () => {
  for (const is of ['server-gone', 'kernel-gone'] as const) {
    assert.deepEqual(tell({ placed: true, remembered: true, line: { is } })?.actions, ['again', 'browser']);
  }
  assert.deepEqual(tell({ line: { is: 'signed-out' } })?.actions, ['find', 'browser']);
});
