import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { KernelMessage } from '@jupyterlab/services';

import { Shown } from '../../src/bridge/missed/shown.ts';

function said(id: string, channel: KernelMessage.Channel = 'iopub'): KernelMessage.IMessage {
  return { header: { msg_id: id }, channel } as KernelMessage.IMessage;
}

const ids = (messages: readonly KernelMessage.IMessage[]) => messages.map(({ header }) => header.msg_id);

test('what waits to be shown isn’t shown yet: a page that stays will, one that is left never does', () => {
  const shown = new Shown('');
  assert.deepEqual(ids(shown.receive(said('line'))), []);
  assert.deepEqual([shown.last, shown.received], ['', 'line']);
  assert.deepEqual(ids(shown.show(said('line'))), ['line']);
  assert.equal(shown.last, 'line');
});

test('a reply is shown once what was published before it is', () => {
  const shown = new Shown('');
  assert.deepEqual(ids(shown.receive(said('question', 'stdin'))), ['question']);
  shown.receive(said('line'));
  assert.deepEqual(ids(shown.receive(said('reply', 'shell'))), []);
  shown.receive(said('idle'));
  assert.deepEqual(ids(shown.show(said('line'))), ['line', 'reply']);
  assert.equal(shown.last, 'reply');
  assert.deepEqual(ids(shown.show(said('idle'))), ['idle']);
});

test('a message that failed to be shown holds nothing up', () => {
  const shown = new Shown('');
  ['broken', 'line'].forEach(id => shown.receive(said(id)));
  assert.deepEqual(ids(shown.show(said('line'))), ['broken', 'line']);
});

test('a connection that is gone shows no more of what waited: the next one begins there', () => {
  const shown = new Shown(null);
  shown.receive(said('shown'));
  shown.show(said('shown'));
  shown.receive(said('waiting'));
  shown.drop();
  assert.deepEqual([shown.last, shown.received], ['shown', 'shown']);
  assert.deepEqual(ids(shown.show(said('waiting'))), []);
});
