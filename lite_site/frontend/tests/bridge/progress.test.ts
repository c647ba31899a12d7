import assert from 'node:assert/strict';
import { test } from 'node:test';

import { EventReader, parseProgress, progressIn, type ProgressEvent } from '../../src/bridge/progress.ts';
import { events } from './fakes.ts';

async function all(response: Response): Promise<ProgressEvent[]> {
  const seen: ProgressEvent[] = [];
  for await (const event of progressIn(response)) {
    seen.push(event);
  }
  return seen;
}

test('events are whole, however the stream is cut, and keep-alives are none', () => {
  const text = 'data: {"a": 1}\n\n\n\n: alive\n\ndata: {"b":\ndata: 2}\r\n\r\ndata: broken\n\n';
  for (let size = 1; size < text.length; size += 1) {
    const reader = new EventReader();
    const seen: unknown[] = [];
    for (let at = 0; at < text.length; at += size) {
      seen.push(...reader.push(text.slice(at, at + size)));
    }
    assert.deepEqual(seen, [{ a: 1 }, { b: 2 }], `cut every ${size}`);
  }
});

test('the stages of a start are told with their texts', async () => {
  const texts = { fr: 'numpy, 3 sur 24', en: 'numpy, 3 of 24' };
  const seen = await all(
    events(
      { progress: 0, message: 'Server requested' },
      { progress: 10, stage: 'environment', texts },
      { stage: 'queue', position: 3, reason: { fr: 'Complet.', en: 'Full.' } },
      { progress: 100, ready: true, url: '/user/ana/adn/' }
    )
  );
  assert.deepEqual(seen, [
    { is: 'starting', percent: 0, texts: null },
    { is: 'environment', percent: 10, texts },
    { is: 'queue', position: 3, texts: { fr: 'Complet.', en: 'Full.' } },
    { is: 'ready', path: '/user/ana/adn/' }
  ]);
});

test('a failure keeps the spawner’s own words and log, said just before', async () => {
  const texts = { fr: 'Plus de place.', en: 'No space.' };
  const [failed] = await all(
    events(
      { code: 'no-space', texts, log: ['a', 'b'] },
      { progress: 100, failed: true, message: 'Spawn failed: <b>x</b>' }
    )
  );
  assert.ok(failed?.is === 'failed');
  assert.deepEqual(failed.problem.told, { code: 'no-space', texts, log: ['a', 'b'] });
});

test('what isn’t an event of a start is none', () => {
  for (const said of [null, 3, 'ready', [], { ready: true }]) {
    assert.equal(parseProgress(said), null);
  }
});
