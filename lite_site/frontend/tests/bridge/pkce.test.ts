import assert from 'node:assert/strict';
import { test } from 'node:test';

import { challengeOf, randomText } from '../../src/bridge/pkce.ts';

test('the challenge is that of RFC 7636’s own example', async () => {
  assert.equal(
    await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'),
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
  );
});

test('verifiers are long enough, safe in addresses, and never the same', () => {
  const made = new Set(Array.from({ length: 50 }, () => randomText(48)));
  assert.equal(made.size, 50);
  made.forEach(text => assert.match(text, /^[\w-]{43,128}$/));
});
