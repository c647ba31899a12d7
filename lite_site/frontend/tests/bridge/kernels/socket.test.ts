import assert from 'node:assert/strict';
import { test } from 'node:test';

import { routedSocket, wireTo } from '../../../src/bridge/kernels/socket.ts';

const PAGE = 'wss://site.example/adn/api/kernels/k1/channels?session_id=s1';
const remote = {
  has: (id: string) => id === 'k1',
  wire: { base: 'wss://hub.example/user/ana/adn/', token: 'secret' } as { base: string; token: string } | null,
  naming: { nameFor: (_: string, own: string): string | Promise<string> => `${own}-again`, receivedBy: () => null }
};

test('the token stands among the subprotocols, in no address, and the connection keeps the name it is given', () => {
  assert.deepEqual(wireTo(remote, PAGE), [
    'wss://hub.example/user/ana/adn/api/kernels/k1/channels?session_id=s1-again',
    ['v1.kernel.websocket.jupyter.org', 'passerelle.token.secret']
  ]);
});

test('a connection whose server has to tell something again says from where, by the name it goes by', () => {
  const shown = (last: string) => {
    const receivedBy = (kernel: string, name: string): string | null => (kernel === 'k1' && name === 's1-again' ? last : null);
    const wire = wireTo({ ...remote, naming: { ...remote.naming, receivedBy } }, PAGE);
    return Array.isArray(wire) ? wire[0] : wire;
  };
  const address = 'wss://hub.example/user/ana/adn/api/kernels/k1/channels?session_id=s1-again&shown=';
  assert.deepEqual([shown('m 1'), shown('')], [`${address}m+1`, address]);
});

test('browser kernels, and all kernels while nobody is signed in, keep the page’s own websocket', () => {
  assert.equal(wireTo(remote, PAGE.replace('k1', 'k2')), null);
  assert.equal(wireTo({ ...remote, wire: null }, PAGE), null);
  assert.equal(wireTo(remote, 'wss://site.example/elsewhere'), null);
});

test('one constructor for both', () => {
  class Mock {
    static readonly OPEN = 1;
    readonly address: string;
    constructor(address: string) {
      this.address = address;
    }
  }
  class Real {
    readonly given: unknown[];
    constructor(...given: unknown[]) {
      this.given = given;
    }
  }
  const Routed = routedSocket(Mock, remote, Real as unknown as typeof WebSocket);
  assert.equal(Routed.OPEN, 1);
  assert.ok((new Routed(PAGE) as unknown) instanceof Real);
  assert.equal(new Routed(PAGE.replace('k1', 'k2')).address, PAGE.replace('k1', 'k2'));
});

test('a websocket whose name has to wait opens with it, and not at all once it was closed', async () => {
  const opened: FakeSocket[] = [];
  class FakeSocket {
    readonly protocol = 'v1';
    readonly readyState = 1;
    readonly sent: unknown[] = [];
    readonly address: string;
    onopen: (() => void) | null = null;
    constructor(address: string) {
      this.address = address;
      opened.push(this);
    }
    send(data: unknown): void {
      this.sent.push(data);
    }
  }
  const named = Promise.resolve('waited');
  const Routed = routedSocket(
    class Mock {} as unknown as typeof WebSocket,
    { ...remote, naming: { ...remote.naming, nameFor: () => named } },
    FakeSocket as unknown as typeof WebSocket
  );
  const [socket, closed] = [new Routed(PAGE), new Routed(PAGE)];
  closed.close();
  let heard = 0;
  socket.onopen = () => (heard += 1);
  await named;
  await Promise.resolve();
  await new Promise(resolve => setTimeout(resolve));
  assert.equal(opened.length, 1);
  opened[0]?.onopen?.();
  socket.send('x');
  assert.match(opened[0]?.address ?? '', /session_id=waited$/);
  assert.deepEqual([heard, socket.protocol, opened[0]?.sent], [1, 'v1', ['x']]);
});
