import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { KernelMessage } from '@jupyterlab/services';

import { KeptConnections } from '../../src/bridge/missed/executions.ts';
import { OnTheirWay } from '../../src/bridge/missed/onway.ts';
import { Replays } from '../../src/bridge/missed/replays.ts';
import { MemoryStorage, notebookOf } from './cells.ts';

const ANSWERS = { sendInputReply: () => undefined };

/** A message of the kernel's that answers `m1`. */
function answer(kind: string, channel: KernelMessage.Channel, content: object): KernelMessage.IMessage {
  const header = { msg_id: kind, msg_type: kind };
  return { header, parent_header: { msg_id: 'm1' }, channel, content, metadata: {}, buffers: [] } as never;
}

const REPLY = answer('execute_reply', 'shell', { status: 'ok', execution_count: 3 });
const IDLE = answer('status', 'iopub', { execution_state: 'idle' });

for (const [name, first, second] of [
  ['reply', REPLY, IDLE],
  ['end', IDLE, REPLY]
] as const) {
  test(`a page reloaded between the two halves of a cell’s end, the ${name} first, sees it end, with its number`, async () => {
    const kept = new KeptConnections(new MemoryStorage(), '/course/');
    const left = new OnTheirWay([{ message: 'm1', cell: 'c1' }], () => undefined);
    left.heard(first);
    kept.keep('k1', 'a', left.list(), 0, first.header.msg_id);
    const earlier = kept.executions('k1', 'a');
    const [onTheirWay, { cells, widgets }] = [new OnTheirWay(earlier, () => undefined), notebookOf('c1')];
    const replays = new Replays(ANSWERS, { widgets });
    earlier.forEach(execution => replays.takeUp(execution, 's', null));
    assert.equal(cells['c1']?.model.executionState, 'running');
    onTheirWay.heard(second);
    replays.heard(second);
    await new Promise(resolve => setTimeout(resolve));
    assert.deepEqual(onTheirWay.list(), []);
    assert.deepEqual([cells['c1']?.model.executionState, cells['c1']?.model.executionCount], ['idle', 3]);
  });
}
