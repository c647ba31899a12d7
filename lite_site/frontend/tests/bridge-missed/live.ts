/**
 * Missed output with a real kernel on a real server, through the page's own socket and a network that can be cut.
 *
 * Run by tests/hub/page/test_missed.py, which starts the server: SERVER_PORT and SERVER_TOKEN say where.
 */

import assert from 'node:assert/strict';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

import { KernelConnection, KernelMessage, ServerConnection } from '@jupyterlab/services';

import { routedSocket } from '../../src/bridge/kernels/socket.ts';
import type { CellFuture } from '../../src/bridge/missed/cells.ts';
import { Clients } from '../../src/bridge/missed/clients.ts';
import { KeptConnections } from '../../src/bridge/missed/executions.ts';
import { Followed } from '../../src/bridge/missed/follow.ts';
import { MemoryLocks, MemoryStorage, notebookOf } from './cells.ts';

const SERVER = { port: Number(process.env['SERVER_PORT']), token: process.env['SERVER_TOKEN'] ?? '' };
const PLACE = '/course/';

/** A network between page and server: `cut` ends its connections; `sleep` does on the page's side alone. */
class Network {
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #server: Server | null = null;
  #asleep = false;

  async open(): Promise<number> {
    const server = createServer(page => {
      if (this.#asleep) {
        page.destroy();
        return;
      }
      const there = connect(SERVER.port, '127.0.0.1');
      const pair = [page, there] as const;
      this.#pairs.add(pair);
      page.pipe(there);
      there.pipe(page);
      for (const side of pair) {
        side.on('error', () => undefined);
      }
      page.on('close', () => this.#pairs.has(pair) && there.destroy());
      there.on('close', () => page.destroy());
    });
    this.#server = server;
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as { port: number }).port;
  }

  cut(): void {
    this.#pairs.forEach(([page, there]) => [page.destroy(), there.destroy()]);
    this.#pairs.clear();
  }

  /** As a laptop that sleeps: nothing comes or goes, and the server, which doesn't know, goes on sending. */
  sleep(): void {
    this.#asleep = true;
    for (const [page, there] of this.#pairs) {
      there.unpipe(page);
      there.resume();
      page.destroy();
    }
    this.#pairs.clear();
  }

  wake(): void {
    this.#asleep = false;
  }

  close(): void {
    this.cut();
    this.#server?.close();
  }
}

const network = new Network();
let port = 0;

const api = async (path: string, init: RequestInit = {}): Promise<Response> => {
  const headers = { Authorization: `token ${SERVER.token}`, 'Content-Type': 'application/json' };
  return fetch(`http://127.0.0.1:${SERVER.port}/api/${path}`, { ...init, headers });
};

interface Model {
  readonly id: string;
  readonly name: string;
  readonly kept_for?: string;
  readonly execution_state: string;
}

async function newKernel(): Promise<Model> {
  return (await (await api('kernels', { method: 'POST', body: '{"name": "python3"}' })).json()) as Model;
}

async function look({ id }: Model): Promise<Model> {
  return (await (await api(`kernels/${id}`)).json()) as Model;
}

async function until(holds: () => boolean | Promise<boolean>, seconds = 20): Promise<void> {
  for (const end = Date.now() + seconds * 1000; !(await holds());) {
    assert.ok(Date.now() < end, `waited ${seconds} s in vain for ${holds.toString()}`);
    await wait(50);
  }
}

/** A browser with its pages; each connects through the routed socket, under the name it claims. */
class Browser {
  readonly #kept = new KeptConnections(new MemoryStorage(), PLACE);
  readonly #locks = new MemoryLocks();

  async open(model: Model, ids: readonly string[] = ['c1', 'c2'], passing = new MemoryStorage()) {
    const locks = this.#locks.page();
    const now = (): number => Date.now();
    const clients = new Clients({ kept: this.#kept, locks, now, newName: () => `notebook-${crypto.randomUUID()}`, wait: async ms => wait(ms) });
    const { kept_for: keptFor } = await look(model);
    const claim = await clients.claim({ id: model.id, ...(keptFor === undefined ? {} : { keptFor }) });
    const notebook = notebookOf(...ids);
    const kernel = connectKernel(model, clients);
    clients.take(kernel.id, kernel.clientId);
    const lost: string[] = [];
    const around = { clients, kept: this.#kept, passing, place: PLACE, now, wait: async (ms: number) => wait(ms) };
    const onLost = (cells: readonly string[]): void => void lost.push(...cells);
    const followed = new Followed({ ...around, kernel, notebook, claim, onLost }, () => undefined);
    const run = (id: string, code: string): CellFuture => {
      const future = kernel.requestExecute({ code }, true, { cellId: id }) as CellFuture;
      notebook.cells[id]?.outputArea.reattachFuture(future);
      return future;
    };
    const leave = (): void => {
      followed.leave();
      locks.leave();
      kernel.dispose();
    };
    return { kernel, cells: notebook.cells, claim, run, leave, lost, passing };
  }
}

/** A socket as the browser opens it: what stands in its subprotocols for the hub goes where a bare server reads it. */
function connectKernel(model: Model, clients: Clients): KernelConnection {
  class Real extends WebSocket {
    constructor(address: string, protocols: string[] = []) {
      const url = new URL(address);
      url.searchParams.set('token', SERVER.token);
      super(
        url.href,
        protocols.filter(protocol => !protocol.startsWith('passerelle.token.'))
      );
    }
  }
  const wire = { base: `ws://127.0.0.1:${port}/`, token: SERVER.token };
  const socket = routedSocket(
    WebSocket,
    { has: () => true, nameFor: (id, own) => clients.nameFor(id, own), wire },
    Real as typeof WebSocket
  );
  const serverSettings = ServerConnection.makeSettings({
    baseUrl: `http://127.0.0.1:${port}/`,
    wsUrl: `ws://127.0.0.1:${port}/`,
    token: SERVER.token,
    appendToken: false,
    fetch,
    WebSocket: socket
  });
  return new KernelConnection({ model: { id: model.id, name: model.name }, serverSettings });
}

const BEGUN = 'import time\nprint("begun", flush=True)\n';
const COUNT = `
import time
for number in range(20):
    print(number, flush=True)
    time.sleep(0.1)
`;
const COUNTED = Array.from({ length: 20 }, (_, number) => `${number}\n`).join('');

before(async () => {
  port = await network.open();
});
after(() => network.close());

test('a network that drops while a cell runs: the socket comes back, and with it every line, once', async () => {
  const page = await new Browser().open(await newKernel());
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
  const page = await new Browser().open(await newKernel());
  await page.run('c2', 'x = 41').done;
  const future = page.run('c1', `${BEGUN}time.sleep(1)\nprint("done")`);
  await until(() => page.cells['c1']?.text === 'begun\n');
  network.cut();
  await future.done;
  assert.equal(page.cells['c1']?.text, 'begun\ndone\n');
  page.leave();
});

test('a laptop that slept: what the server sent into the dark is lost, and said to be; no cell waits for ever', async () => {
  const model = await newKernel();
  const page = await new Browser().open(model);
  const future = page.run('c1', `${BEGUN}time.sleep(0.8)\nprint("never heard")`);
  await until(() => page.cells['c1']?.text === 'begun\n');
  const settled = future.done.then(
    () => 'done',
    () => 'given up'
  );
  network.sleep();
  await until(async () => (await look(model)).execution_state === 'idle');
  network.wake();
  await page.kernel.reconnect();
  assert.equal(await Promise.race([settled, wait(20_000, 'waits')]), 'given up');
  assert.deepEqual(page.lost, ['c1']);
  assert.equal((await page.run('c2', 'print("alive")').done).content.status, 'ok');
  assert.equal(page.cells['c2']?.text, 'alive\n');
  page.leave();
});

test('a page reloaded while a cell ran goes on where it was, the queue behind it too', async () => {
  const model = await newKernel();
  const browser = new Browser();
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
  const browser = new Browser();
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
  const browser = new Browser();
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
  const browser = new Browser();
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
  const browser = new Browser();
  const first = await browser.open(model);
  first.run('c1', `${BEGUN}time.sleep(0.3)\nprint("unheard")`);
  await until(() => first.cells['c1']?.text === 'begun\n');
  first.leave();
  await until(async () => (await look(model)).execution_state === 'idle');
  const elsewhere = await new Browser().open(model);
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
  const browser = new Browser();
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
