import assert from 'node:assert/strict';
import { test } from 'node:test';

import { BridgeProblem } from '../../src/bridge/problems.ts';
import { type Happening, next, RESTING, type Stage } from '../../src/bridge/stages.ts';

const problem = new BridgeProblem('failed');
const progress = { done: 1, total: 2, bytes: 3, totalBytes: 4, name: 'a' };
const walk = (...happenings: Happening[]): Stage['at'][] => {
  let stage: Stage = { at: 'idle' };
  return happenings.map(happening => (stage = next(stage, happening)).at);
};
const WHOLE: Happening[] = [
  { is: 'pressed' },
  { is: 'signed-in' },
  { is: 'told', event: { is: 'queue', position: 2, texts: null } },
  { is: 'told', event: { is: 'environment', percent: 5, texts: null } },
  { is: 'told', event: { is: 'starting', percent: 50, texts: null } },
  { is: 'server' },
  { is: 'files', progress },
  { is: 'carried' },
  { is: 'connected' }
];

test('the whole walk', () => {
  assert.deepEqual(walk(...WHOLE), [
    'signing-in',
    'asking',
    'waiting',
    'environment',
    'starting',
    'files',
    'files',
    'kernel',
    'ready'
  ]);
});

test('a hub that stops answering is waited for from any stage of the start', () => {
  const unanswered: Happening = { is: 'told', event: { is: 'unanswered' } };
  assert.deepEqual(walk(...WHOLE.slice(0, 4), unanswered, ...WHOLE.slice(4, 6)), [
    'signing-in',
    'asking',
    'waiting',
    'environment',
    'unanswered',
    'starting',
    'files'
  ]);
  assert.deepEqual(walk(...WHOLE.slice(0, 2), unanswered, { is: 'server' }).slice(2), ['unanswered', 'files']);
  assert.deepEqual(walk(...WHOLE.slice(0, 2), unanswered, { is: 'cancel' }).slice(2), ['unanswered', 'cancelling']);
});

test('a server that stops answering is waited for, and goes on where it was', () => {
  const unanswered: Happening = { is: 'told', event: { is: 'unanswered' } };
  const late: Happening = { is: 'told', event: { is: 'starting', percent: 5, texts: null } };
  const toFiles = WHOLE.slice(0, 7);
  assert.deepEqual(walk(...toFiles, late, unanswered, { is: 'files', progress }).slice(7), [
    'files',
    'unanswered',
    'files'
  ]);
  assert.deepEqual(walk(...toFiles, unanswered, { is: 'carried' }).slice(7), ['unanswered', 'kernel']);
  const started: Happening = { is: 'started' };
  assert.deepEqual(walk(...WHOLE.slice(0, 8), unanswered, started, { is: 'connected' }).slice(8), [
    'unanswered',
    'kernel',
    'ready'
  ]);
});

test('cancelling is possible at every stage under way, and leads back once all is undone', () => {
  for (let length = 1; length < WHOLE.length; length += 1) {
    const ats = walk(
      ...WHOLE.slice(0, length),
      { is: 'cancel' },
      { is: 'connected' },
      { is: 'failed', problem },
      { is: 'undone' }
    );
    assert.deepEqual(ats.slice(-4), ['cancelling', 'cancelling', 'cancelling', 'idle'], String(length));
  }
});

test('a failure can be pressed away; a press while something is under way changes nothing', () => {
  assert.deepEqual(walk({ is: 'pressed' }, { is: 'failed', problem }, { is: 'pressed' }), [
    'signing-in',
    'failed',
    'signing-in'
  ]);
  const underWay: Stage = { at: 'files', progress };
  assert.equal(next(underWay, { is: 'pressed' }), underWay);
});

test('whatever happens in whatever order leads to a stage there is, and nothing late disturbs the rest', () => {
  // A small generator (mulberry32), so that a failure can be repeated.
  let seed = 42;
  const random = (): number => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const any: Happening[] = [
    ...WHOLE,
    { is: 'told', event: { is: 'unanswered' } },
    { is: 'started' },
    { is: 'leaves' },
    { is: 'cancel' },
    { is: 'undone' },
    { is: 'failed', problem },
    { is: 'left' }
  ];
  let stage: Stage = { at: 'idle' };
  for (let step = 0; step < 20_000; step += 1) {
    const happening = any[Math.floor(random() * any.length)] ?? { is: 'left' };
    const after = next(stage, happening);
    if (RESTING.has(stage.at) && !['pressed', 'left'].includes(happening.is)) {
      assert.equal(after, stage, `${happening.is} at ${stage.at}`);
    }
    stage = after;
  }
});
