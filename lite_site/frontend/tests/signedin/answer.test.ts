import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseAnswer, waitingFor } from '../../src/signedin/answer.ts';

const HERE = 'https://school.example/site/_passerelle/signed-in.html';
const LESSON = 'https://school.example/site/rna/notebooks/index.html?path=a.ipynb';
const ANSWER = { state: 's1', code: 'c1' };

function left(record: unknown): string {
  return JSON.stringify(record);
}

test('a code or an error, with the state of the sign-in it answers', () => {
  assert.deepEqual(parseAnswer('?code=c1&state=s1'), ANSWER);
  assert.deepEqual(parseAnswer('?state=a%20b&code=%2Bx'), { state: 'a b', code: '+x' });
  assert.deepEqual(parseAnswer('?error=access_denied&state=s1&error_description=x'), {
    state: 's1',
    error: 'access_denied'
  });
  assert.deepEqual(parseAnswer('?error=access_denied&code=c1&state=s1'), { state: 's1', error: 'access_denied' });
});

test('what names no sign-in, or answers nothing, is ignored', () => {
  for (const search of ['', '?', '?code=c1', '?code=c1&state=', '?state=s1', '?state=s1&code=', '?error=denied']) {
    assert.equal(parseAnswer(search), null, search);
  }
  assert.equal(parseAnswer(`?state=s1&code=${'x'.repeat(2049)}`), null);
  assert.equal(parseAnswer('?state=%00&code=c1'), null);
  assert.equal(parseAnswer('?state=s1&code=%E9'), null);
});

test('the page that left gets the answer beside what it kept', () => {
  const waiting = waitingFor(ANSWER, left({ state: 's1', verifier: 'v', back: LESSON }), HERE);
  assert.equal(waiting?.back, LESSON);
  assert.deepEqual(JSON.parse(waiting?.record ?? ''), { state: 's1', verifier: 'v', back: LESSON, code: 'c1' });
  const denied = waitingFor({ state: 's1', error: 'no' }, left({ state: 's1', back: '../rna/index.html' }), HERE);
  assert.equal(denied?.back, 'https://school.example/site/rna/index.html');
});

test('another sign-in, another origin or a damaged record: nobody waits in this tab', () => {
  for (const saved of [
    null,
    '',
    '{',
    'null',
    '3',
    '[]',
    left({ state: 's2', back: LESSON }),
    left({ state: 's1' }),
    left({ back: LESSON }),
    left({ state: 's1', back: 7 }),
    left({ state: 's1', back: 'https://evil.example/' }),
    left({ state: 's1', back: '//evil.example/' }),
    left({ state: 's1', back: 'javascript:alert(1)' }),
    left({ state: 's1', back: 'http://school.example/' }),
    left({ state: 's1', back: 'https://[' })
  ]) {
    assert.equal(waitingFor(ANSWER, saved, HERE), null, String(saved));
  }
});
