import assert from 'node:assert/strict';
import { test } from 'node:test';

import { errorName } from '../../src/bridge/limits/signals.ts';

test('an error has one name, whichever kernel tells it', () => {
  assert.equal(errorName('MemoryError'), 'MemoryError');
  assert.equal(errorName("<class 'MemoryError'>"), 'MemoryError');
  assert.equal(errorName("<class 'numpy._core._exceptions._ArrayMemoryError'>"), '_ArrayMemoryError');
});
