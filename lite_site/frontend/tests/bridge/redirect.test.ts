import assert from 'node:assert/strict';
import { test } from 'node:test';

import { KEY, leaveNote, takeReturned } from '../../src/bridge/redirect.ts';

function shelf(text?: string) {
  const values = new Map<string, string>(text === undefined ? [] : [[KEY, text]]);
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key)
  };
}

test('a sign-in that left the page is found, once, by what the callback page added', () => {
  const kept = shelf();
  leaveNote(kept, { state: 's', verifier: 'v', address: '' }, 'https://site.example/l', 'a.ipynb');
  const note = JSON.parse(kept.values.get(KEY) ?? '') as Record<string, string>;
  assert.deepEqual(note, { state: 's', verifier: 'v', back: 'https://site.example/l', lesson: 'a.ipynb' });
  kept.setItem(KEY, JSON.stringify({ ...note, code: 'c' }));
  assert.deepEqual(takeReturned(kept), { granted: { code: 'c', verifier: 'v' }, lesson: 'a.ipynb' });
  assert.equal(takeReturned(kept), null);
});

test('a refused one is told; one that never came back, and anything else, is nothing', () => {
  const note = { state: 's', verifier: 'v', back: 'x', lesson: 'a.ipynb' };
  assert.deepEqual(takeReturned(shelf(JSON.stringify({ ...note, error: 'access_denied' }))), {
    granted: null,
    lesson: 'a.ipynb'
  });
  for (const text of [undefined, JSON.stringify(note), 'broken', '[]', '"text"', JSON.stringify({ code: 'c' })]) {
    assert.equal(takeReturned(shelf(text)), null, text);
  }
});
