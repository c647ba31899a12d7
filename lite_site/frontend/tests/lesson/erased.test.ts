import assert from 'node:assert/strict';
import { test } from 'node:test';

import { concerns, forgetCourse } from '../../src/lesson/erased.ts';
import { MemoryStorage } from '../bridge-missed/cells.ts';

test('only the erased courses are left', () => {
  assert.equal(concerns(['/a/rna/', '/a/adn/'], '/a/adn/'), true);
  assert.equal(concerns(['/a/rna/'], '/b/rna/'), false);
  for (const said of [null, '/a/rna/', { 0: '/a/rna/' }]) {
    assert.equal(concerns(said, '/a/rna/'), false);
  }
});

test('what the page kept of the course as it was left goes, a neighbour’s stays', () => {
  const storage = new MemoryStorage();
  for (const key of ['/a/rna/ passerelle.shown m1', '/a/rna/ passerelle.missed k c', '/a/rna/b/ passerelle.shown m']) {
    storage.setItem(key, 'outputs');
  }
  forgetCourse(storage, '/a/rna/');
  assert.deepEqual([storage.length, storage.key(0)], [1, '/a/rna/b/ passerelle.shown m']);
});
