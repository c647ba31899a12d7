import assert from 'node:assert/strict';
import { test } from 'node:test';

import { justReady, patiently } from '../../src/bridge/patience.ts';
import { BridgeProblem, type ProblemKind } from '../../src/bridge/problems.ts';
import { never } from './fakes.ts';

/** What `patiently` makes of these failures, one a try, and of an answer after them; how often it waited. */
async function tried(kinds: ProblemKind[], mayPass?: typeof justReady): Promise<number> {
  let waits = 0;
  const left = [...kinds];
  await patiently(
    () => {
      const kind = left.shift();
      return kind === undefined ? Promise.resolve() : Promise.reject(new BridgeProblem(kind));
    },
    never,
    () => {
      waits += 1;
      return Promise.resolve();
    },
    mayPass
  );
  return waits;
}

test('who doesn’t answer is asked again, who says no isn’t', async () => {
  assert.equal(await tried(['unreachable', 'unreachable']), 2);
  await assert.rejects(tried(['stopped']), { kind: 'stopped' });
  await assert.rejects(tried(new Array<ProblemKind>(11).fill('unreachable')), { kind: 'unreachable' });
});

test('a server that was just said to be ready is given a moment to be found', async () => {
  assert.equal(await tried(['stopped', 'unreachable', 'stopped'], justReady), 3);
  await assert.rejects(tried(new Array<ProblemKind>(5).fill('stopped'), justReady), { kind: 'stopped' });
  await assert.rejects(tried(['refused'], justReady), { kind: 'refused' });
});
