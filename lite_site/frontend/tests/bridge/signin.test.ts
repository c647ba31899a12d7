import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { challengeOf } from '../../src/bridge/pkce.ts';
import { BridgeProblem } from '../../src/bridge/problems.ts';
import { heardFor, type Popup, signIn, type SignInParts } from '../../src/bridge/signin.ts';
import { never } from './fakes.ts';

class FakeChannel {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  closed = false;
  close(): void {
    this.closed = true;
  }
}

function page(options: { blocked?: boolean; away?: boolean } = {}) {
  const popup = {
    closed: false,
    went: '',
    close: () => (popup.closed = true),
    location: { replace: (to: string) => void (popup.went = to) }
  };
  const channel = new FakeChannel();
  const parts: SignInParts = {
    authorize: 'https://hub.example/hub/api/oauth2/authorize',
    redirectUri: 'https://site.example/sous/_passerelle/signed-in.html',
    open: () => (options.blocked === true ? null : (popup as Popup)),
    channel: () => channel as unknown as BroadcastChannel,
    answers: () => Promise.resolve(options.away !== true)
  };
  return { popup, channel, parts };
}

const settled = (): Promise<void> => new Promise(resolve => setImmediate(() => setTimeout(resolve, 20)));

test('a window goes to the hub with a challenge, and the code that comes back for it is taken', async () => {
  const { popup, channel, parts } = page();
  const signed = signIn(parts, never);
  await settled();
  const query = new URL(popup.went).searchParams;
  assert.equal(query.get('client_id'), 'service-passerelle');
  assert.equal(query.get('redirect_uri'), parts.redirectUri);
  assert.equal(query.get('code_challenge_method'), 'S256');
  channel.onmessage?.({ data: { state: 'another', code: 'foreign' } });
  channel.onmessage?.({ data: { state: query.get('state'), code: 'mine' } });
  const { code, verifier } = await signed;
  assert.equal(code, 'mine');
  assert.equal(await challengeOf(verifier), query.get('code_challenge'));
  assert.ok(!popup.went.includes(verifier));
  assert.ok(popup.closed && channel.closed);
});

test('only what is about this sign-in is heard', () => {
  for (const said of [null, 'mine', { code: 'x' }, { state: 's2', code: 'x' }, ['s', 'x']]) {
    assert.equal(heardFor('s', said), null);
  }
  assert.equal(heardFor('s', { state: 's', code: 'x' }), 'x');
  const refused = heardFor('s', { state: 's', error: 'access_denied' });
  assert.ok(refused instanceof BridgeProblem && refused.kind === 'sign-in-failed');
});

test('a blocked window is said at once', async () => {
  await assert.rejects(signIn(page({ blocked: true }).parts, never), { kind: 'popup-blocked' });
});

test('a hub that does not answer is said in the page: the window goes nowhere, and closes', async () => {
  const { popup, channel, parts } = page({ away: true });
  await assert.rejects(signIn(parts, never), { kind: 'unreachable' });
  assert.deepEqual([popup.went, popup.closed, channel.closed], ['', true, true]);
});

test('a window that is closed before the hub answered is said at once', async () => {
  const { popup, parts } = page();
  const signed = signIn(parts, never);
  popup.closed = true;
  await assert.rejects(signed, { kind: 'popup-closed' });
});

test('cancelling closes the window', async () => {
  const { popup, parts } = page();
  const control = new AbortController();
  const signed = signIn(parts, control.signal);
  await settled();
  control.abort();
  await assert.rejects(signed, { name: 'AbortError' });
  assert.ok(popup.closed);
});

test('a window that a person closes ends the sign-in; one that the hub’s headers cut off does not', async () => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });
  try {
    const sent = async (popup: { readonly went: string }): Promise<void> => {
      while (popup.went === '') {
        await new Promise(resolve => setImmediate(resolve));
      }
    };
    const slow = page();
    const closedLate = signIn(slow.parts, never);
    const late = assert.rejects(closedLate, { kind: 'popup-closed' });
    await sent(slow.popup);
    mock.timers.tick(5000);
    slow.popup.closed = true;
    mock.timers.tick(500);
    mock.timers.tick(2000);
    await late;
    const cut = page();
    const cutOff = signIn(cut.parts, never);
    const tooSlow = assert.rejects(cutOff, { kind: 'too-slow' });
    await sent(cut.popup);
    cut.popup.closed = true;
    mock.timers.tick(500);
    mock.timers.tick(60_000);
    assert.ok(!cut.channel.closed, 'it still waits for the code');
    mock.timers.tick(5 * 60_000);
    await tooSlow;
  } finally {
    mock.timers.reset();
  }
});
