import assert from 'node:assert/strict';
import { test } from 'node:test';

import { addressesOf } from '../../src/bridge/addresses.ts';
import { Bridge, type BridgeEvent } from '../../src/bridge/bridge.ts';
import { RemoteKernels } from '../../src/bridge/kernels/remote.ts';
import { KEY } from '../../src/bridge/redirect.ts';
import { events, FakeHub, json, never } from './fakes.ts';

const HUB = 'https://hub.example/';
const USER = `GET ${HUB}hub/api/user`;
const SERVER = `${HUB}hub/api/users/ana/servers/adn`;
const RUNNING = { adn: { ready: true, pending: null, url: '/user/ana/adn/' } };
const person = (servers: object = {}): Response => json({ name: 'ana', servers });

function page() {
  const hub = new FakeHub()
    .answer(
      `POST ${HUB}services/passerelle/bridge/token`,
      json({ access_token: 'token', expires_in: 3600, user: 'ana' })
    )
    .answer(`POST ${HUB}hub/api/passerelle/revoke`, new Response(null, { status: 204 }))
    .answer(
      `GET ${HUB}services/passerelle/courses`,
      json({
        idle_minutes: 60,
        courses: [{ slug: 'adn', may_start: true, profiles: [{ name: 'standard' }, { name: 'memory' }] }]
      })
    )
    .answer(USER, person());
  const addresses = addressesOf(HUB);
  assert.ok(addresses);
  const remote = new RemoteKernels();
  const shelf = new Map<string, string>();
  const went: string[] = [];
  const bridge = new Bridge({
    addresses,
    course: 'adn',
    redirectUri: 'https://site/_passerelle/signed-in.html',
    fetched: hub.fetched,
    remote,
    shelf: {
      getItem: key => shelf.get(key) ?? null,
      setItem: (key, value) => void shelf.set(key, value),
      removeItem: key => void shelf.delete(key)
    },
    popup: { open: () => null, channel: () => new BroadcastChannel('test') },
    clock: { now: () => 0, later: () => () => undefined },
    goTo: address => went.push(address)
  });
  const heard: BridgeEvent[] = [];
  bridge.listen(event => heard.push(event));
  const enter = async (): Promise<void> => {
    bridge.takeReturned({ code: 'c', verifier: 'v' });
    await bridge.signIn(never);
  };
  return { hub, bridge, remote, shelf, went, heard, enter };
}

test('before anybody asks, nothing goes to the hub', () => {
  const { hub, bridge, heard } = page();
  assert.deepEqual([hub.asked, heard, bridge.signedIn, bridge.door], [[], [], false, null]);
});

test('a sign-in that left the page goes on where it was; one that was refused says so; then windows again', async () => {
  const { bridge, enter } = page();
  await enter();
  assert.deepEqual([bridge.signedIn, bridge.user], [true, 'ana']);
  const other = page();
  other.bridge.takeReturned(null);
  await assert.rejects(other.bridge.signIn(never), { kind: 'sign-in-failed' });
  await assert.rejects(other.bridge.signIn(never), { kind: 'popup-blocked' });
});

test('leaving notes the verifier for the way back, and takes none of it along', async () => {
  const { bridge, shelf, went } = page();
  await bridge.leaveToSignIn('a.ipynb', 'https://site/l');
  const note = JSON.parse(shelf.get(KEY) ?? '') as { state: string; verifier: string };
  assert.equal(new URL(went[0] ?? '').searchParams.get('state'), note.state);
  assert.ok(!went[0]?.includes(note.verifier));
});

test('a start takes the lesson’s profile where the hub has it, else the first', async () => {
  for (const [wished, taken] of [
    ['memory', 'memory'],
    ['gpu', 'standard'],
    [null, 'standard']
  ] as const) {
    const { bridge, hub, enter } = page();
    hub.answer(`POST ${SERVER}`, new Response('', { status: 202 }));
    hub.answer(`GET ${SERVER}/progress`, events({ ready: true, url: '/user/ana/adn/' }));
    await enter();
    const door = await bridge.reachServer(wished, () => undefined, never);
    assert.equal(door.base, `${HUB}user/ana/adn/`);
    assert.equal(door.wsBase, 'wss://hub.example/user/ana/adn/');
    const post = hub.asked.find(({ method, address }) => method === 'POST' && address === SERVER);
    assert.deepEqual(JSON.parse(post?.body ?? ''), { profile: taken });
  }
});

test('somebody who isn’t of the course is told before anything is started', async () => {
  const { bridge, hub, enter } = page();
  hub.answer(`GET ${HUB}services/passerelle/courses`, json({ courses: [{ slug: 'adn', may_start: false }] }));
  await enter();
  await assert.rejects(
    bridge.reachServer(null, () => undefined, never),
    { kind: 'refused' }
  );
  assert.ok(!hub.seen.includes(`POST ${SERVER}`));
});

test('cancelling takes back the start that this page asked for, unless another notebook waits for it', async () => {
  const { bridge, hub, enter } = page();
  hub.answer(`POST ${SERVER}`, new Response('', { status: 202 }));
  hub.answer(`DELETE ${SERVER}`, new Response(null, { status: 204 }));
  hub.answer(
    `GET ${SERVER}/progress`,
    (_, signal) =>
      new Promise((__, reject) => signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))))
  );
  await enter();
  const [one, other] = [new AbortController(), new AbortController()];
  const starts = [one, other].map(({ signal }) => bridge.reachServer(null, () => undefined, signal));
  await new Promise(resolve => setTimeout(resolve, 600));
  one.abort();
  await assert.rejects(starts[0] ?? Promise.resolve(), { name: 'AbortError' });
  assert.ok(!hub.seen.includes(`DELETE ${SERVER}`));
  other.abort();
  await assert.rejects(starts[1] ?? Promise.resolve(), { name: 'AbortError' });
  assert.ok(hub.seen.includes(`DELETE ${SERVER}`));
});

test('cancelling takes the start back though the hub has not answered yet', async () => {
  const { bridge, hub, enter } = page();
  const whenAborted = (_: unknown, signal: AbortSignal | null | undefined): Promise<Response> =>
    new Promise((__, reject) => signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))));
  hub.answer(`POST ${SERVER}`, whenAborted).answer(`GET ${SERVER}/progress`, whenAborted);
  hub.answer(`DELETE ${SERVER}`, new Response(null, { status: 204 }));
  await enter();
  const control = new AbortController();
  const start = bridge.reachServer(null, () => undefined, control.signal);
  await new Promise(resolve => setTimeout(resolve, 600));
  control.abort();
  await assert.rejects(start, { name: 'AbortError' });
  assert.ok(hub.seen.includes(`DELETE ${SERVER}`));
});

test('after signing out the page can do nothing: no token, no server, no kernel, no request', async () => {
  const { bridge, hub, remote, heard, enter } = page();
  hub.answer(USER, person(RUNNING));
  await enter();
  await bridge.findServer(never);
  assert.ok(remote.wire);
  await bridge.signOut();
  assert.deepEqual([bridge.signedIn, bridge.door, remote.wire, heard], [false, null, null, ['signed-out']]);
  const asked = hub.asked.length;
  await assert.rejects(bridge.findServer(never), { kind: 'signed-out' });
  assert.equal(hub.asked.length, asked);
});

test('a hub that just started is given the time to find the server', async () => {
  const { bridge, hub, enter } = page();
  await enter();
  const looked = [{ adn: { ready: false, pending: 'check', url: '/user/ana/adn/' } }, RUNNING];
  hub.answer(USER, () => Promise.resolve(person(looked.shift())));
  assert.ok(await bridge.findServer(never));
});

test('a server’s end is said once', async () => {
  const { bridge, hub, heard, enter } = page();
  hub.answer(USER, person(RUNNING)).answer(`DELETE ${SERVER}`, new Response(null, { status: 202 }));
  await enter();
  await bridge.findServer(never);
  await bridge.stopServer();
  bridge.noteGone();
  assert.deepEqual(heard, ['server-gone']);
  assert.equal(bridge.door, null);
});

test('a server elsewhere than below the hub is none', async () => {
  const { bridge, hub, enter } = page();
  hub.answer(USER, person({ adn: { ready: true, url: 'https://evil.example/user/ana/adn/' } }));
  await enter();
  await assert.rejects(bridge.findServer(never), { kind: 'unexpected' });
});
