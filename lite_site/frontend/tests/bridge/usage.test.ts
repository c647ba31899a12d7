import assert from 'node:assert/strict';
import { test } from 'node:test';

import { leftIn, span } from '../../src/bridge/numbers.ts';
import { openServer } from '../../src/bridge/server.ts';
import { usageOf } from '../../src/bridge/usage.ts';
import { speaker } from '../../src/messages/index.ts';
import { FakeHub, json, tokens } from './fakes.ts';

const S = 'https://hub.example/user/ana/adn/';
const USAGE = `GET ${S}passerelle/usage?no_track_activity=1`;
const ask = (answer: Response): ReturnType<typeof usageOf> =>
  usageOf(openServer(S, tokens(), new FakeHub().answer(USAGE, answer).fetched), Date.parse('2001-01-01'));

test('the time left is counted by the server’s clock, however wrong this machine’s is', async () => {
  const now = Date.parse('2026-11-22T10:00:00Z');
  const body = { memory: { used: 2.1e9, limit: 4e9 }, ends: now / 1000 + 95 * 60 };
  const usage = await ask(json(body, 200, { Date: new Date(now).toUTCString() }));
  assert.deepEqual(usage, { memoryUsed: 2.1e9, memoryLimit: 4e9, endsIn: 95 });
});

test('what the server doesn’t say is not made up', async () => {
  assert.deepEqual(await ask(json({ memory: null, ends: null })), {
    memoryUsed: null,
    memoryLimit: null,
    endsIn: null
  });
  assert.equal(await ask(json({}, 404)), null);
  await assert.rejects(ask(json({}, 500)), { kind: 'unexpected' });
});

test('it is said in a few words', () => {
  const usage = { memoryUsed: 2.1e9, memoryLimit: 4e9, endsIn: 95.4 };
  assert.equal(leftIn(usage, 'en', speaker('en')), '2.1 GB of 4 GB · 95 min left');
  assert.equal(leftIn(usage, 'fr', speaker('fr')).replace(/\s/g, ' '), '2,1 Go sur 4 Go · encore 95 min');
  assert.equal(leftIn(null, 'fr', speaker('fr')), '');
  assert.equal(span('en', 200), '3 hr');
  assert.equal(span('en', -5), '0 min');
});
