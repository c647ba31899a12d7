/**
 * Missed output with a real kernel on a real server, through the page's own socket and a network that can be cut.
 *
 * Run by tests/hub/page/test_missed.py, which starts the server.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

import { KernelMessage } from '@jupyterlab/services';

import { Network } from './network.ts';
import { Browser, look, newKernel, until } from './pages.ts';

const BEGUN = 'import time\nprint("begun", flush=True)\n';
const COUNT = `
import time
for number in range(20):
    print(number, flush=True)
    time.sleep(0.1)
`;
const COUNTED = Array.from({ length: 20 }, (_, number) => `${number}\n`).join('');

const network = new Network();
before(() => network.open());
after(() => network.close());

test('a network that drops while a cell runs: the socket comes back, and with it every line, once', async () => {
  const page = await new Browser(network).open(await newKernel());
  const future = page.run('c1', COUNT);
  const text = () => page.cells['c1']?.text ?? '';
  await until(() => text().includes('3\n'));
  network.cut();
  const reply = await future.done;
  assert.equal(reply.content.status, 'ok');
  assert.equal(text(), COUNTED);
  assert.deepEqual(page.lost, []);
  page.leave();
});

test('a cell that ends while the network is away is seen to have ended', async () => {
  const page = await new Browser(network).open(await newKernel());
  await page.run('c2', 'x = 41').done;
  const future = page.run('c1', `${BEGUN}time.sleep(1)\nprint("done")`);
  await until(() => page.cells['c1']?.text === 'begun\n');
  network.cut();
  await future.done;
  assert.equal(page.cells['c1']?.text, 'begun\ndone\n');
  page.leave();
});

test('a laptop that slept: what the server sent into the dark comes with the connection, once', async () => {
  const model = await newKernel();
  const page = await new Browser(network).open(model);
  const future = page.run('c1', COUNT);
  await until(() => page.cells['c1']?.text.includes('3\n') === true);
  network.sleep();
  await until(async () => (await look(model)).execution_state === 'idle');
  network.wake();
  await page.kernel.reconnect();
  assert.equal((await future.done).content.status, 'ok');
  assert.equal(page.cells['c1']?.text, COUNTED);
  assert.equal((await page.run('c2', 'print("alive")').done).content.status, 'ok');
  assert.equal(page.cells['c2']?.text, 'alive\n');
  await wait(2000);
  assert.deepEqual(page.lost, []);
  page.leave();
});

test('a page reloaded in the dark, before the server knew: it shows every line, once, and says nothing of it', async () => {
  const model = await newKernel();
  const browser = new Browser(network);
  const first = await browser.open(model);
  first.run('c1', COUNT);
  await until(() => first.cells['c1']?.text.includes('3\n') === true);
  network.sleep();
  await wait(600);
  first.leave();
  network.wake();
  const second = await browser.open(model, ['c1'], first.passing);
  await until(() => second.cells['c1']?.model.executionState === 'idle');
  assert.equal(second.cells['c1']?.text, COUNTED);
  assert.equal(second.cells['c1']?.model.executionCount, 1);
  await wait(2000);
  assert.deepEqual(second.lost, []);
  second.leave();
});

test('a network that breaks again and again, in whatever way, takes no line and doubles none', async () => {
  const model = await newKernel();
  const browser = new Browser(network);
  let page = await browser.open(model);
  page.run('c1', `import time\nfor number in range(3000):\n    print(number, flush=True)\n    time.sleep(0.001)`);
  await until(() => page.cells['c1']?.text.includes('9\n') === true);
  const lost: string[] = [];
  for (const again of ['sleep', 'cut', 'reload', 'sleep', 'reload', 'cut', 'sleep']) {
    await wait(150 + 200 * Math.random());
    if (again === 'cut') {
      network.cut();
      continue;
    }
    network.sleep();
    await wait(100 * Math.random());
    network.wake();
    if (again === 'reload') {
      page.leave();
      lost.push(...page.lost);
      page = await browser.open(model, ['c1'], page.passing);
    } else {
      await page.kernel.reconnect();
    }
  }
  await until(() => page.cells['c1']?.model.executionState === 'idle' && page.cells['c1'].text.endsWith('2999\n'));
  const numbers = page.cells['c1']?.text.trim().split('\n').map(Number) ?? [];
  assert.deepEqual(numbers.filter((number, index) => number !== index).slice(0, 20), []);
  assert.equal(numbers.length, 3000);
  assert.deepEqual([...lost, ...page.lost], []);
  page.leave();
});

test('more in the dark than the server keeps: its end is shown, and part of it said to be lost', async () => {
  const model = await newKernel();
  const page = await new Browser(network).open(model);
  page.run('c1', `${BEGUN}time.sleep(0.8)\nfor _ in range(10): print("x" * 1_000_000, flush=True)\nprint("end")`);
  await until(() => page.cells['c1']?.text === 'begun\n');
  network.sleep();
  await until(async () => (await look(model)).execution_state === 'idle');
  network.wake();
  await page.kernel.reconnect();
  const text = () => page.cells['c1']?.text ?? '';
  await until(() => text().endsWith('xx\nend\n'));
  assert.deepEqual([...new Set(page.lost)], ['c1']);
  assert.ok(text().length < 8_500_000, `${text().length} characters`);
  page.leave();
});

test('a page reloaded while a cell ran goes on where it was, the queue behind it too', async () => {
  const model = await newKernel();
  const browser = new Browser(network);
  const first = await browser.open(model);
  first.run('c1', COUNT);
  first.run('c2', 'print("second")');
  await until(() => first.cells['c1']?.text.includes('5\n') === true);
  first.leave();
  await wait(700);
  const second = await browser.open(model, ['c1', 'c2'], first.passing);
  assert.equal(second.claim.client, first.claim.client);
  const [c1, c2] = [second.cells['c1'], second.cells['c2']];
  assert.equal(c1?.model.executionState, 'running');
  await until(() => c1?.model.executionState === 'idle' && c2?.model.executionState === 'idle');
  assert.equal(c1?.text, COUNTED);
  assert.equal(c2?.text, 'second\n');
  assert.deepEqual([c1?.model.executionCount, c2?.model.executionCount], [1, 2]);
  assert.deepEqual(second.lost, []);
  second.leave();
  assert.deepEqual((await browser.open(model)).claim.earlier, [], 'what was answered is forgotten');
});

test('a cell that ended while the page was closed has its output and number', async () => {
  const model = await newKernel();
  const browser = new Browser(network);
  const first = await browser.open(model);
  first.run('c1', `${BEGUN}time.sleep(0.5)\nprint("later")`);
  await until(() => first.cells['c1']?.text === 'begun\n');
  first.leave();
  await until(async () => (await look(model)).execution_state === 'idle');
  const second = await browser.open(model, ['c1'], first.passing);
  await until(() => second.cells['c1']?.model.executionCount === 1);
  assert.equal(second.cells['c1']?.model.executionState, 'idle');
  assert.equal(second.cells['c1']?.text, 'begun\nlater\n');
  second.leave();
});

test('two tabs on one kernel: each sees its own cells and variables, neither breaks the other', async () => {
  const model = await newKernel();
  const browser = new Browser(network);
  const [one, other] = [await browser.open(model), await browser.open(model)];
  assert.notEqual(one.claim.client, other.claim.client);
  const slow = one.run('c1', COUNT);
  await until(() => one.cells['c1']?.text.includes('3\n') === true);
  await other.run('c1', 'print(number)').done;
  await slow.done;
  assert.equal(one.cells['c1']?.text, COUNTED);
  assert.equal(other.cells['c1']?.text, '19\n');
  one.leave();
  other.leave();
});

test('reloaded while another tab had the kernel: it goes on where it was, and nothing is missing', async () => {
  const model = await newKernel();
  const browser = new Browser(network);
  const [one, other] = [await browser.open(model), await browser.open(model)];
  one.run('c1', COUNT);
  await until(() => one.cells['c1']?.text.includes('3\n') === true);
  one.leave();
  await wait(400);
  const again = await browser.open(model, ['c1'], one.passing);
  await until(() => again.cells['c1']?.model.executionState === 'idle');
  assert.equal(again.cells['c1']?.text, COUNTED);
  await wait(2000);
  assert.deepEqual(again.lost, []);
  again.leave();
  other.leave();
});

test('where another tab took the kernel and left, the answer is gone, and said to be', async () => {
  const model = await newKernel();
  const browser = new Browser(network);
  const first = await browser.open(model);
  first.run('c1', `${BEGUN}time.sleep(0.3)\nprint("unheard")`);
  await until(() => first.cells['c1']?.text === 'begun\n');
  first.leave();
  await until(async () => (await look(model)).execution_state === 'idle');
  const elsewhere = await new Browser(network).open(model);
  await elsewhere.run('c2', '1').done;
  elsewhere.leave();
  const second = await browser.open(model);
  await until(() => second.lost.length > 0);
  assert.deepEqual(second.lost, ['c1']);
  assert.equal(second.cells['c1']?.model.executionState, 'idle');
  second.leave();
});

test('a kernel restarted while cells waited ends them', async () => {
  const model = await newKernel();
  const browser = new Browser(network);
  const page = await browser.open(model);
  const future = page.run('c1', `${BEGUN}time.sleep(30)`);
  const settled = future.done.then(
    () => 'done',
    () => 'given up'
  );
  await until(() => page.cells['c1']?.text === 'begun\n');
  await page.kernel.restart();
  assert.equal(await settled, 'given up');
  page.leave();
  assert.deepEqual((await browser.open(model)).claim.earlier, []);
});

test('messages are JupyterLab’s own: an execution carries its cell’s id', () => {
  const message = KernelMessage.createMessage({
    msgType: 'execute_request',
    channel: 'shell',
    session: 's',
    content: { code: '' },
    metadata: { cellId: 'c1' }
  });
  assert.equal(message.metadata['cellId'], 'c1');
});
