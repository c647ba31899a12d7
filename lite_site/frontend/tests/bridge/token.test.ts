import assert from 'node:assert/strict';
import { test } from 'node:test';

import { TokenKeeper } from '../../src/bridge/token.ts';
import { FakeHub, json, never } from './fakes.ts';

const [BROKER, RENEW, REVOKE] = ['https://h/broker', 'https://h/renew', 'https://h/revoke'];

function keeper(hub: FakeHub) {
  const clock = { now: 0, wake: (): void => undefined, waited: -1 };
  const ended: string[] = [];
  const tokens = new TokenKeeper(
    {
      broker: BROKER,
      renew: RENEW,
      revoke: REVOKE,
      redirectUri: 'https://site/signed-in.html',
      fetched: hub.fetched,
      now: () => clock.now,
      later: (act, milliseconds) => {
        Object.assign(clock, { wake: act, waited: milliseconds });
        return () => undefined;
      }
    },
    () => ended.push('over')
  );
  return { tokens, clock, ended };
}

const given = (text: string, seconds = 3600): Response =>
  json({ access_token: text, expires_in: seconds, user: 'ana' });
const sign = { code: 'c', verifier: 'v' };
const turn = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 5));

test('a code is exchanged with its verifier, and the token kept in memory', async () => {
  const hub = new FakeHub().answer(`POST ${BROKER}`, given('one'));
  const { tokens } = keeper(hub);
  await assert.rejects(tokens.current(), { kind: 'signed-out' });
  await tokens.exchange(sign, never);
  assert.equal(await tokens.current(), 'one');
  assert.deepEqual(JSON.parse(hub.asked[0]?.body ?? ''), {
    code: 'c',
    code_verifier: 'v',
    redirect_uri: 'https://site/signed-in.html'
  });
});

test('it is renewed in the background well before it ends, and again after a failure', async () => {
  const hub = new FakeHub()
    .answer(`POST ${BROKER}`, given('one'))
    .answer(`POST ${RENEW}`, new TypeError('Failed to fetch'), given('two'));
  const { tokens, clock } = keeper(hub);
  await tokens.exchange(sign, never);
  assert.ok(clock.waited > 0 && clock.waited < 3_600_000 * 0.75);
  clock.now = clock.waited;
  clock.wake();
  await turn();
  assert.equal(tokens.held, 'one', 'a hub that is away takes no token');
  clock.wake();
  await turn();
  assert.equal(tokens.held, 'two');
  assert.equal(hub.asked.at(-1)?.authorization, 'Bearer one');
});

test('after a laptop’s sleep the one at its end is not given out, and many who ask renew once', async () => {
  const hub = new FakeHub().answer(`POST ${BROKER}`, given('one')).answer(`POST ${RENEW}`, given('two'));
  const { tokens, clock } = keeper(hub);
  await tokens.exchange(sign, never);
  clock.now = 3_590_000;
  assert.deepEqual(await Promise.all([tokens.current(), tokens.current(), tokens.newerThan('one')]), [
    'two',
    'two',
    'two'
  ]);
  assert.equal(hub.seen.filter(seen => seen === `POST ${RENEW}`).length, 1);
});

test('a session that is over is said once, and leaves no token', async () => {
  const hub = new FakeHub()
    .answer(`POST ${BROKER}`, given('one'))
    .answer(`POST ${RENEW}`, json({ code: 'session-over', message: { fr: 'Fini.', en: 'Over.' } }, 401));
  const { tokens, clock, ended } = keeper(hub);
  await tokens.exchange(sign, never);
  clock.now = 4_000_000;
  await assert.rejects(tokens.current(), { kind: 'signed-out' });
  await assert.rejects(tokens.current(), { kind: 'signed-out' });
  assert.deepEqual(ended, ['over']);
  assert.equal(tokens.held, null);
});

test('signing out revokes it, forgets it whatever the hub says, and a renewal on its way brings none back', async () => {
  const hub = new FakeHub()
    .answer(`POST ${BROKER}`, given('one'))
    .answer(`POST ${RENEW}`, async () => (await turn(), given('two')))
    .answer(`POST ${REVOKE}`, new TypeError('Failed to fetch'));
  const { tokens, ended } = keeper(hub);
  await tokens.exchange(sign, never);
  const renewed = assert.rejects(tokens.newerThan('one'), { kind: 'signed-out' });
  await tokens.signOut();
  await renewed;
  assert.equal(tokens.held, null);
  assert.equal(hub.asked.at(-1)?.authorization, 'Bearer one');
  assert.deepEqual(ended, []);
});

test('what the broker refuses is told, and a strange answer is no token', async () => {
  const refusals = [
    [json({ code: 'bad-code', message: { fr: 'Code refusé.', en: 'Code refused.' } }, 400), 'sign-in-failed'],
    [json({}, 429), 'busy'],
    [json({ access_token: 5 }), 'unexpected'],
    [new Response('<html>'), 'unexpected']
  ] as const;
  for (const [answer, kind] of refusals) {
    const { tokens } = keeper(new FakeHub().answer(`POST ${BROKER}`, answer));
    await assert.rejects(tokens.exchange(sign, never), { kind });
    assert.equal(tokens.held, null);
  }
});
