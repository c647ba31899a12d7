import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { progressIn } from '../../src/bridge/progress.ts';
import { askUnlessSilent, unlessSilent } from '../../src/bridge/silence.ts';
import { never } from './fakes.ts';

const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

test('an answer that doesn’t come within a quarter of a minute is given up, the request aborted', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    let aborted = false;
    const asked = askUnlessSilent(signal => {
      signal.addEventListener('abort', () => (aborted = true));
      return new Promise(() => undefined);
    }, never);
    const refused = assert.rejects(asked, { kind: 'unreachable' });
    mock.timers.tick(15_000);
    await refused;
    assert.equal(aborted, true);
    assert.equal(await unlessSilent(Promise.resolve(3)), 3);
  } finally {
    mock.timers.reset();
  }
});

test('who cancels aborts the request, also once its answer has begun', async () => {
  const control = new AbortController();
  const asked = await askUnlessSilent(signal => Promise.resolve(signal), control.signal);
  assert.equal(asked.aborted, false);
  control.abort();
  assert.equal(asked.aborted, true);
  await assert.rejects(askUnlessSilent(() => Promise.resolve(), control.signal), { name: 'AbortError' });
});

test('a stream that says nothing, not even that it is alive, is given up', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const said = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
    let tell: (text: string) => void = () => undefined;
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: stream => {
        tell = text => stream.enqueue(said(text));
      }
    });
    const stages = progressIn(new Response(body));
    const first = stages.next();
    mock.timers.tick(8000);
    tell(': alive\n\n');
    await settle();
    mock.timers.tick(8000);
    tell('data: {"progress": 50}\n\n');
    assert.deepEqual((await first).value, { is: 'starting', percent: 50, texts: null });
    const silent = assert.rejects(stages.next(), { kind: 'unreachable' });
    await settle();
    mock.timers.tick(15_000);
    await silent;
  } finally {
    mock.timers.reset();
  }
});
