/** Pages without a browser, connected to real kernels on a real server as a page's own socket does it. */

import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';

import { KernelConnection, ServerConnection } from '@jupyterlab/services';

import { routedSocket } from '../../src/bridge/kernels/socket.ts';
import type { CellFuture } from '../../src/bridge/missed/cells.ts';
import { Clients } from '../../src/bridge/missed/clients.ts';
import { KeptConnections } from '../../src/bridge/missed/executions.ts';
import { Followed } from '../../src/bridge/missed/follow.ts';
import { MemoryLocks, MemoryStorage, notebookOf } from './cells.ts';
import { type Network, SERVER } from './network.ts';

const PLACE = '/course/';

const api = async (path: string, init: RequestInit = {}): Promise<Response> => {
  const headers = { Authorization: `token ${SERVER.token}`, 'Content-Type': 'application/json' };
  return fetch(`http://127.0.0.1:${SERVER.port}/api/${path}`, { ...init, headers });
};

export interface Model {
  readonly id: string;
  readonly name: string;
  readonly kept_for: readonly string[];
  readonly execution_state: string;
}

export async function newKernel(): Promise<Model> {
  return (await (await api('kernels', { method: 'POST', body: '{"name": "python3"}' })).json()) as Model;
}

export async function look({ id }: Model): Promise<Model> {
  return (await (await api(`kernels/${id}`)).json()) as Model;
}

export async function until(holds: () => boolean | Promise<boolean>, seconds = 20): Promise<void> {
  for (const end = Date.now() + seconds * 1000; !(await holds());) {
    assert.ok(Date.now() < end, `waited ${seconds} s in vain for ${holds.toString()}`);
    await wait(50);
  }
}

/** A browser with its pages; each connects through the routed socket, under the name it claims. */
export class Browser {
  readonly #kept = new KeptConnections(new MemoryStorage(), PLACE);
  readonly #locks = new MemoryLocks();
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  async open(model: Model, ids: readonly string[] = ['c1', 'c2'], passing = new MemoryStorage()) {
    const locks = this.#locks.page();
    const now = (): number => Date.now();
    const newName = (): string => `notebook-${crypto.randomUUID()}`;
    const clients = new Clients({ kept: this.#kept, locks, now, newName, wait: async ms => wait(ms) });
    const claim = await clients.claim({ id: model.id, keptFor: (await look(model)).kept_for });
    const notebook = notebookOf(...ids);
    const kernel = connectKernel(model, clients, this.#network.port);
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
function connectKernel(model: Model, clients: Clients, port: number): KernelConnection {
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
  const socket = routedSocket(WebSocket, { has: () => true, naming: clients, wire }, Real as typeof WebSocket);
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
