import assert from 'node:assert/strict';
import { test } from 'node:test';

import { judge, minutesToIdleEnd, type Sight } from '../../src/bridge/lifeline.ts';

const FINE: Sight = {
  online: true,
  socket: 'connected',
  signedIn: true,
  server: 'running',
  kernel: 'alive',
  minutesToIdleEnd: 50,
  minutesToEnd: null
};
const line = (change: Partial<Sight>): string => judge({ ...FINE, ...change }).is;

test('each loss has its name, and what passes by itself is not taken for an end', () => {
  assert.equal(line({}), 'well');
  assert.equal(line({ online: false, socket: 'connecting', server: 'unknown' }), 'offline');
  assert.equal(line({ socket: 'connecting' }), 'reconnecting');
  assert.equal(line({ socket: 'disconnected', server: 'unknown' }), 'hub-away');
  assert.equal(line({ server: 'unknown' }), 'well', 'a hub that restarts leaves the kernel running');
  assert.equal(line({ signedIn: false }), 'signed-out');
  assert.equal(line({ server: 'gone', socket: 'disconnected' }), 'server-gone');
  assert.equal(line({ kernel: 'dead' }), 'kernel-gone');
});

test('ends are warned of ten minutes before, in whole minutes', () => {
  assert.deepEqual(judge({ ...FINE, minutesToIdleEnd: 9.6 }), { is: 'idle-soon', minutes: 10 });
  assert.deepEqual(judge({ ...FINE, minutesToIdleEnd: -3 }), { is: 'idle-soon', minutes: 1 });
  assert.deepEqual(judge({ ...FINE, minutesToEnd: 4.2, minutesToIdleEnd: 3 }), { is: 'ends-soon', minutes: 4 });
  assert.equal(line({ minutesToIdleEnd: 10.5 }), 'well');
});

test('idle is counted by the hub’s clock, and by what was last used here where that is later', () => {
  const now = Date.parse('2031-01-01T00:00:00Z');
  const minutes = (count: number): number => count * 60_000;
  assert.equal(minutesToIdleEnd(60, now, now - minutes(50), minutes(55)), 10);
  assert.equal(minutesToIdleEnd(60, now, now - minutes(50), minutes(1)), 59, 'the hub hears of use late');
  assert.equal(minutesToIdleEnd(60, null, null, minutes(20)), 40);
  assert.equal(minutesToIdleEnd(null, now, now, 0), null);
  assert.equal(minutesToIdleEnd(0, now, now, 0), null);
});
