import assert from 'node:assert/strict';
import { test } from 'node:test';

import { addressesOf } from '../../src/bridge/addresses.ts';
import { HubClient, parseRights } from '../../src/bridge/hub.ts';
import { FakeHub, json, never, tokens } from './fakes.ts';

const API = 'https://hub.example/hub/api';
const SERVER = `${API}/users/ana/servers/adn`;

function client(hub: FakeHub): HubClient {
  const addresses = addressesOf('https://hub.example/');
  assert.ok(addresses);
  return new HubClient(addresses, 'adn', tokens(), hub.fetched);
}

const person = (state?: object): Response => json({ name: 'ana', servers: state === undefined ? {} : { adn: state } });

test('a person is read with their servers and the hub’s clock', async () => {
  const servers = { adn: { ready: true, pending: null, url: '/user/ana/adn/', last_activity: '2026-11-22T10:00:00Z' } };
  const headers = { Date: 'Sun, 22 Nov 2026 10:05:00 GMT' };
  const read = await client(
    new FakeHub().answer(`GET ${API}/user`, json({ name: 'ana', servers }, 200, headers))
  ).person();
  const server = read.servers.get('adn');
  assert.deepEqual([read.name, server?.ready, server?.pending, server?.path], ['ana', true, null, '/user/ana/adn/']);
  assert.equal((read.now ?? 0) - (server?.lastActivity ?? 0), 5 * 60_000);
});

test('strange answers are unexpected, never believed', async () => {
  for (const answer of [json([]), json({ servers: {} }), new Response('<html>'), json({}, 500)]) {
    await assert.rejects(client(new FakeHub().answer(`GET ${API}/user`, answer)).person(), { kind: 'unexpected' });
  }
});

test('a start that was asked for is told from one that is known already', async () => {
  const asked = new FakeHub().answer(`POST ${SERVER}`, new Response('', { status: 202 }));
  assert.equal(await client(asked).start('ana', 'standard', never), 'asked');
  assert.deepEqual(JSON.parse(asked.asked[0]?.body ?? ''), { profile: 'standard' });
  const known = new FakeHub()
    .answer(`POST ${SERVER}`, new Response('', { status: 400 }))
    .answer(`GET ${API}/user`, person({ ready: true, url: '/user/ana/adn/' }));
  assert.equal(await client(known).start('ana', null, never), 'known');
});

test('every refusal of a start has its kind, and the hub’s own words', async () => {
  const message = { fr: 'Trop de monde.', en: 'Too many.' };
  const refusals = [
    [429, 'busy'],
    [403, 'refused'],
    [404, 'refused'],
    [500, 'failed'],
    [400, 'failed'],
    [503, 'unreachable']
  ] as const;
  for (const [status, kind] of refusals) {
    const hub = new FakeHub()
      .answer(`POST ${SERVER}`, json({ code: 'x', message }, status))
      .answer(`GET ${API}/user`, person());
    await assert.rejects(client(hub).start('ana', null, never), { kind }, String(status));
  }
  const hub = new FakeHub().answer(`POST ${SERVER}`, json({ code: 'x', message }, 429));
  await assert.rejects(client(hub).start('ana', null, never), { told: { status: 429, code: 'x', texts: message } });
});

test('stopping what is already stopped is done', async () => {
  for (const status of [204, 202, 404, 400]) {
    await client(new FakeHub().answer(`DELETE ${SERVER}`, new Response(null, { status }))).stop('ana');
  }
});

test('rights are those of the course', () => {
  const courses = [
    { slug: 'rna' },
    { slug: 'adn', may_start: false, profiles: [{ name: 'standard' }, { name: 3 }, null] }
  ];
  assert.deepEqual(parseRights({ idle_minutes: 60, courses }, 'adn'), {
    mayStart: false,
    profiles: ['standard'],
    idleMinutes: 60
  });
  assert.equal(parseRights({ courses: 'none' }, 'adn'), null);
});
