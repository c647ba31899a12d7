import assert from 'node:assert/strict';
import { test } from 'node:test';

import { sizeIn } from '../../src/bridge/files/sizes.ts';

test('sizes are said as people of the language write them', () => {
  const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');
  assert.equal(plain(sizeIn('en', 1_234_567)), '1.2 MB');
  assert.equal(plain(sizeIn('fr', 1_234_567)), '1,2 Mo');
  assert.equal(plain(sizeIn('fr', 45_000_000_000)), '45 Go');
  assert.equal(plain(sizeIn('en', 0)), '0 bytes');
  assert.equal(plain(sizeIn('fr', 999)), '999 octets');
});
