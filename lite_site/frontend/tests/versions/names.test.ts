import assert from 'node:assert/strict';
import { test } from 'node:test';

import { nameBeside } from '../../src/versions/names.ts';

test('copies stand beside the lesson under names nobody has', () => {
  assert.equal(nameBeside('x/a.ipynb', 'ma version', new Set()), 'x/a (ma version).ipynb');
  const taken = new Set(['a (ma version).ipynb', 'a (ma version 2).ipynb']);
  assert.equal(nameBeside('a.ipynb', 'ma version', taken), 'a (ma version 3).ipynb');
});
