import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { KernelMessage } from '@jupyterlab/services';

import { Clients } from '../../src/bridge/missed/clients.ts';
import { KeptConnections } from '../../src/bridge/missed/executions.ts';
import { keepShown, takeShown } from '../../src/bridge/missed/snapshots.ts';
import { MemoryLocks, MemoryStorage, notebookOf } from './cells.ts';

const HOUR = 3_600_000;

/** A browser: its storage and its pages. */
function browser() {
  const storage = new MemoryStorage();
  const kept = new KeptConnections(storage, '/course/');
  const locks = new MemoryLocks();
  const clock = { now: 1000 };
  let names = 0;
  const page = () => {
    const mine = locks.page();
    const newName = (): string => `name ${(names += 1)}`;
    const wait = (): Promise<void> => new Promise(() => undefined);
    return { clients: new Clients({ kept, locks: mine, now: () => clock.now, newName, wait }), leave: mine.leave };
  };
  return { storage, kept, clock, page };
}

test('a page keeps its name over a reload, with what it had on its way', async () => {
  const { kept, page } = browser();
  const first = page();
  const { client, earlier } = await first.clients.claim({ id: 'k1', keptFor: [] });
  assert.deepEqual(earlier, []);
  kept.keep('k1', client, [{ message: 'm1', cell: 'c1' }], 2000, null);
  first.leave();
  const { shown, ...again } = await page().clients.claim({ id: 'k1', keptFor: [client] });
  assert.deepEqual(again, { kernel: 'k1', client, earlier: [{ message: 'm1', cell: 'c1' }], partial: false });
  assert.equal(shown.last, null, 'the first page was not left: nobody knows');
});

test('the server is told how far the notebook’s connection is, and an earlier page of its name was', async () => {
  const { kept, page } = browser();
  const first = page();
  const { client, shown } = await first.clients.claim({ id: 'k1', keptFor: [] });
  assert.equal(first.clients.receivedBy('k1', client), '', 'nothing was told yet: all of it will be');
  assert.equal(first.clients.receivedBy('k1', 'widgets'), null);
  shown.receive({ header: { msg_id: 'line' }, channel: 'iopub' } as KernelMessage.IMessage);
  assert.equal(first.clients.receivedBy('k1', client), 'line');
  first.clients.giveBack('k1');
  assert.equal(first.clients.receivedBy('k1', client), '', 'it went before it was shown');
  kept.keep('k1', client, [], 2000, 'before');
  first.leave();
  const second = page();
  await second.clients.claim({ id: 'k1', keptFor: [client] });
  assert.equal(second.clients.receivedBy('k1', client), 'before');
});

test('a second tab, also a duplicated one, has a name of its own', async () => {
  const { page } = browser();
  const one = await page().clients.claim({ id: 'k1', keptFor: [] });
  const other = await page().clients.claim({ id: 'k1', keptFor: [] });
  assert.notEqual(one.client, other.client);
  assert.notEqual((await page().clients.claim({ id: 'k2', keptFor: [] })).client, one.client);
});

test('whether part of the output is gone is what the server says: another open tab takes nothing', async () => {
  const { kept, page } = browser();
  const [first, other] = [page(), page()];
  const { client } = await first.clients.claim({ id: 'k1', keptFor: [] });
  await other.clients.claim({ id: 'k1', keptFor: [] });
  kept.keep('k1', client, [{ message: 'm1', cell: 'c1' }], 1000, null);
  kept.keep('k1', 'another', [], 3000, null);
  first.leave();
  const reloaded = page();
  const claim = await reloaded.clients.claim({ id: 'k1', keptFor: [client] });
  assert.deepEqual([claim.client, claim.partial], [client, false]);
  reloaded.leave();
  const [late, later] = [page(), page()];
  assert.equal((await late.clients.claim({ id: 'k1', keptFor: ['another'] })).client, 'another');
  const taken = await later.clients.claim({ id: 'k1', keptFor: [] });
  assert.deepEqual([taken.client, taken.partial], [client, true]);
});

test('the notebook’s connection goes by the name, and first; the others wait until it is open', async () => {
  const { page } = browser();
  const { clients } = page();
  assert.equal(clients.nameFor('k1', 'own 1'), 'own 1');
  const { client } = await clients.claim({ id: 'k1', keptFor: [] });
  const came: string[] = [];
  const ask = async (own: string): Promise<void> => void came.push(`${own}: ${await clients.nameFor('k1', own)}`);
  const asked = [ask('widgets'), ask('notebook')];
  assert.equal(clients.take('k1', 'notebook')?.client, client);
  assert.equal(clients.take('k1', 'widgets'), null);
  await asked[1];
  assert.deepEqual(came, [`notebook: ${client}`]);
  clients.opened('k1');
  await Promise.all(asked);
  assert.deepEqual(came, [`notebook: ${client}`, 'widgets: widgets']);
  assert.equal(clients.nameFor('k1', 'notebook'), client, 'again when it reconnects');
  assert.equal(clients.nameFor('k1', 'late'), 'late');
  clients.giveBack('k1');
  assert.equal(clients.take('k1', 'next')?.client, client);
});

test('where no notebook takes the name, the others don’t wait for ever', async () => {
  const { kept } = browser();
  const wait = (): Promise<void> => Promise.resolve();
  const clients = new Clients({ kept, locks: null, now: () => 1000, newName: () => 'new', wait });
  await clients.claim({ id: 'k1', keptFor: [] });
  assert.equal(await clients.nameFor('k1', 'widgets'), 'widgets');
});

test('without locks no name is taken up again: two pages of one name would close each other', async () => {
  const { kept } = browser();
  kept.keep('k1', 'old', [{ message: 'm', cell: 'c' }], 1000, null);
  const clients = new Clients({ kept, locks: null, now: () => 1000, newName: () => 'new', wait: () => Promise.resolve() });
  assert.equal((await clients.claim({ id: 'k1', keptFor: [] })).client, 'new');
});

test('what is kept begins with the course’s path, holds no text, and is forgotten after two days', () => {
  const { storage, kept } = browser();
  kept.keep('k1', 'a', [{ message: 'm', cell: 'c' }], 0, null);
  assert.ok(storage.key(0)?.startsWith('/course/ '));
  assert.deepEqual(kept.clients('k1', 47 * HOUR), ['a']);
  assert.deepEqual(kept.clients('k2', 47 * HOUR), []);
  assert.deepEqual(kept.clients('k1', 49 * HOUR), []);
  assert.equal(storage.length, 0);
});

test('broken or full storage loses the memory, nothing else', () => {
  const { storage, kept } = browser();
  kept.keep('k1', 'a', [], 0, null);
  storage.setItem(storage.key(0) ?? '', '{');
  assert.deepEqual(kept.executions('k1', 'a'), []);
  assert.deepEqual(kept.clients('k1', 1), []);
  storage.full = true;
  kept.keep('k1', 'a', [], 0, null);
  assert.deepEqual(kept.executions('k1', 'a'), []);
});

test('what a running cell shows is kept for a reload, once', () => {
  const storage = new MemoryStorage();
  const { cells, ...notebook } = notebookOf('c1', 'c2');
  cells['c1']?.model.outputs.fromJSON([{ text: 'shown' }] as never);
  keepShown(storage, '/course/', notebook, [
    { message: 'm1', cell: 'c1' },
    { message: 'm2', cell: 'gone' }
  ]);
  assert.deepEqual(takeShown(storage, '/course/', 'm1'), [{ output_type: 'stream', name: 'stdout', text: 'shown' }]);
  assert.equal(takeShown(storage, '/course/', 'm1'), null);
  storage.full = true;
  keepShown(storage, '/course/', notebook, [{ message: 'm1', cell: 'c1' }]);
});
