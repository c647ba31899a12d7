import assert from 'node:assert/strict';
import { test } from 'node:test';

import { concerns } from '../../src/lesson/erased.ts';

test('only the erased courses are left', () => {
  assert.equal(concerns(['/a/rna/', '/a/adn/'], '/a/adn/'), true);
  assert.equal(concerns(['/a/rna/'], '/b/rna/'), false);
  for (const said of [null, '/a/rna/', { 0: '/a/rna/' }]) {
    assert.equal(concerns(said, '/a/rna/'), false);
  }
});
