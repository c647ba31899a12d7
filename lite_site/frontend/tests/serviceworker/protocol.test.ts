import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseReply, parseRequest, questionAt, stdinSuffix } from '../../src/serviceworker/protocol.ts';

test('only a kernel’s two questions are taken, under any sub-path', () => {
  assert.equal(questionAt('/sous/site/c1/api/drive'), 'drive');
  assert.equal(questionAt('/c1/api/stdin/kernel'), 'stdin');
  assert.equal(questionAt('/c1/api/contents/all.json'), null);
  assert.equal(questionAt('/c1/files/api/drive/x.csv'), null);
  assert.equal(stdinSuffix('/c1/api/stdin/kernel'), 'kernel');
});

test('messages of other shapes on the channel are ignored', () => {
  for (const stray of [null, 'alive', 3, {}, { browsingContextId: 'a', requestId: 1, pathname: '/' }]) {
    assert.equal(parseRequest(stray), null);
    assert.equal(parseReply(stray), null);
  }
});

test('a request and its reply are read back as sent', () => {
  const request = { browsingContextId: 'page', requestId: '1', pathname: '/c/api/drive', data: { method: 'get' } };
  assert.deepEqual(parseRequest({ ...request, more: 1 }), request);
  const reply = { replyTo: '1', failed: false, response: { content: 'ACGT' } };
  assert.deepEqual(parseReply(reply), reply);
});
