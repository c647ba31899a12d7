import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type CellList, cellsAbove, rerunAbove } from '../../src/bridge/limits/rerun.ts';
import { LimitWatch } from '../../src/bridge/limits/watch.ts';
import type { Limit } from '../../src/bridge/limits/recognise.ts';
import { sentenceFor } from '../../src/bridge/limits/sentence.ts';
import { speaker } from '../../src/messages/index.ts';

/** A watch with a clock in hand. */
function scene() {
  const offers: Limit[] = [];
  const alarms = new Map<() => void, number>();
  const watch = new LimitWatch({
    side: () => Promise.resolve({ heavy: [], packages: new Set(['pysam']) }),
    folder: '',
    minutes: 10,
    timer: (act, milliseconds) => {
      alarms.set(act, milliseconds);
      return () => void alarms.delete(act);
    },
    offer: limit => void offers.push(limit)
  });
  const ring = (): void => [...alarms.keys()].forEach(act => act());
  return { offers, alarms, watch, ring };
}

const MEMORY = { type: 'error', raised: { ename: 'MemoryError', evalue: '' } } as const;

test('a cell is offered the cluster once, and again only where the person asks', async () => {
  const { watch, offers } = scene();
  for (const message of ['m1', 'm2']) {
    watch.sent(message, 'cell 1');
    await watch.heard(message, MEMORY);
  }
  assert.deepEqual(offers, [{ kind: 'memory', subject: '', onCluster: true, cell: 'cell 1' }]);
  watch.forgetOffers();
  await watch.heard('m2', MEMORY);
  assert.equal(offers.length, 2);
});

test('what another page or the page itself runs is nobody’s cell', async () => {
  const { watch, offers } = scene();
  await watch.heard('unknown', MEMORY);
  assert.deepEqual(offers, []);
});

test('a cell that runs for ten minutes is offered it; one that waits in the queue isn’t', async () => {
  const { watch, offers, alarms, ring } = scene();
  watch.sent('m1', 'cell 1');
  watch.sent('m2', 'cell 2');
  await watch.heard('m1', { type: 'execute_input' });
  assert.deepEqual([...alarms.values()], [600_000]);
  ring();
  assert.deepEqual(
    offers.map(({ kind, cell, subject }) => [kind, cell, subject]),
    [['long', 'cell 1', '10']]
  );
  await watch.heard('m1', { type: 'idle' });
  assert.equal(alarms.size, 0);
});

test('a kernel that dies offers it for the cell that ran; one that was restarted doesn’t', async () => {
  const { watch, offers } = scene();
  watch.sent('m1', 'cell 1');
  await watch.heard('m1', { type: 'execute_input' });
  watch.clear();
  watch.died();
  assert.deepEqual(offers, []);
  watch.sent('m2', 'cell 2');
  await watch.heard('m2', { type: 'execute_input' });
  watch.died();
  assert.deepEqual(
    offers.map(({ kind, cell }) => [kind, cell]),
    [['died', 'cell 2']]
  );
});

test('the kernel’s words on stderr are heard, others’ aren’t', async () => {
  const { watch, offers } = scene();
  watch.sent('m1', 'cell 1');
  await watch.heard('m1', { type: 'stream', text: 'a warning' });
  await watch.heard('m1', { type: 'stream', text: 'This cell runs “samtools view”: a browser has no programs, only…' });
  assert.deepEqual(
    offers.map(({ subject }) => subject),
    ['samtools view']
  );
});

test('every limit has its sentence in both languages, with its name in it', () => {
  const kinds = ['memory', 'died', 'module', 'file', 'program', 'long'] as const;
  for (const language of ['fr', 'en'] as const) {
    const sentences = kinds.flatMap(kind =>
      [true, false].map(onCluster => sentenceFor({ kind, subject: 'NAME', onCluster, cell: '' }, speaker(language)))
    );
    assert.ok(sentences.every(sentence => !/[{}]/.test(sentence)));
    assert.equal(sentences.filter(sentence => sentence.includes('NAME')).length, 8);
  }
});

test('the cells above are run from the cell that met its limit', async () => {
  const done: [string, number][] = [];
  const cells: CellList = { activeCellIndex: 0, widgets: ['a', 'b', 'c'].map(id => ({ model: { id } })) };
  const commands = { execute: (id: string) => Promise.resolve(done.push([id, cells.activeCellIndex])) };
  await rerunAbove(commands, cells, 'c');
  await rerunAbove(commands, cells, 'a');
  await rerunAbove(commands, cells, 'gone');
  assert.deepEqual(done, [['notebook:run-all-above', 2]]);
  assert.equal(cellsAbove(cells, 'b'), 1);
});
