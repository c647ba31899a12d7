import assert from 'node:assert/strict';
import { test } from 'node:test';

import { markOf, saySame } from '../../src/versions/content.ts';

const code = (source: string | string[], outputs: object[] = []): object => ({ cell_type: 'code', source, outputs, metadata: {} });

test('outputs, metadata and how lines are stored make no other lesson', () => {
  const mine = { cells: [code('a = 1\nb = 2', [{ output_type: 'stream', text: '1' }])], metadata: { kernelspec: {} } };
  assert.ok(saySame(mine, { cells: [code(['a = 1\n', 'b = 2'])], metadata: {} }));
});

test('a changed, moved or added cell makes another lesson', () => {
  const [a, b] = [code('a'), code('b')];
  assert.ok(!saySame({ cells: [a, b] }, { cells: [b, a] }));
  assert.ok(!saySame({ cells: [a] }, { cells: [a, b] }));
  assert.ok(!saySame({ cells: [a] }, { cells: [{ ...a, cell_type: 'markdown' }] }));
});

test('running a cell leaves a mark; a kernel’s metadata does not', () => {
  const published = { cells: [code('1 + 1')], metadata: {} };
  assert.equal(markOf(published), markOf({ ...published, metadata: { language_info: { name: 'python' } } }));
  assert.notEqual(markOf(published), markOf({ cells: [code('1 + 1', [{ output_type: 'execute_result' }])] }));
});
