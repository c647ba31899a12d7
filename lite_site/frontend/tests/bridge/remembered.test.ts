import assert from 'node:assert/strict';
import { test } from 'node:test';

import { RememberedLessons } from '../../src/bridge/remembered.ts';

test('a lesson is remembered for a day, by its course and path, with no name and no token', () => {
  const values = new Map<string, string>();
  const shelf = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key)
  };
  let now = 1000;
  const lessons = new RememberedLessons(shelf, '/site/adn/', () => now);
  lessons.add('a.ipynb');
  assert.deepEqual([lessons.has('a.ipynb'), lessons.has('b.ipynb')], [true, false]);
  assert.equal(new RememberedLessons(shelf, '/site/rna/', () => now).has('a.ipynb'), false);
  assert.deepEqual([...values.values()], ['1000']);
  now += 25 * 3_600_000;
  assert.equal(lessons.has('a.ipynb'), false);
  lessons.remove('a.ipynb');
  assert.equal(values.size, 0);
});

test('a storage that is full forgets, and that is all', () => {
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
    removeItem: () => undefined
  };
  new RememberedLessons(full, '/', () => 0).add('a.ipynb');
});
