import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';

import type { ISessionContext } from '@jupyterlab/apputils';

import type { Bridge } from '../../src/bridge/bridge.ts';
import type { Line } from '../../src/bridge/lifeline.ts';
import { BridgeProblem } from '../../src/bridge/problems.ts';
import { Watch } from '../../src/bridge/watch.ts';

const quiet = { connect: () => undefined, disconnect: () => undefined };

/** A page that watches; `looks` are its questions to the hub, for the test to answer. */
function watched(test: TestContext) {
  const page = new EventTarget();
  Object.assign(globalThis, { window: page, document: Object.assign(new EventTarget(), { visibilityState: 'visible' }) });
  Object.defineProperty(globalThis.navigator, 'onLine', { value: true, configurable: true });
  const looks: PromiseWithResolvers<unknown>[] = [];
  const bridge = {
    signedIn: true,
    tokens: { refresh: () => undefined },
    rights: { idleMinutes: null },
    door: null,
    hub: {
      person: () => {
        looks.push(Promise.withResolvers());
        return looks.at(-1)?.promise;
      }
    }
  };
  const kernel = { connectionStatus: 'connected', status: 'idle' };
  const context = { statusChanged: quiet, connectionStatusChanged: quiet, session: { kernel } };
  const told: Line[] = [];
  const watch = new Watch({
    bridge: bridge as unknown as Bridge,
    course: 'c',
    context: context as unknown as ISessionContext,
    onReport: ({ line }) => told.push(line)
  });
  test.after(() => watch.stop());
  return { watch, page, looks, bridge, told };
}

const RUNNING = { now: 0, servers: new Map([['c', { ready: true, pending: null, lastActivity: 0 }]]) };

/** Long enough for what is due at once; looks come a minute apart. */
function soon(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 50));
}

test('whoever asks during a look is shown what is so after it', async context => {
  const { page, looks, bridge, told } = watched(context);
  page.dispatchEvent(new Event('online'));
  page.dispatchEvent(new Event('online'));
  assert.equal(looks.length, 1);
  looks[0]?.resolve(RUNNING);
  await soon();
  assert.deepEqual([looks.length, told.at(-1)?.is], [2, 'well']);
  bridge.signedIn = false;
  looks[1]?.reject(new BridgeProblem('signed-out'));
  await soon();
  assert.deepEqual([looks.length, told.at(-1)?.is], [2, 'signed-out']);
});

test('a watch that has ended looks no more, whoever asked before', async context => {
  const { watch, page, looks } = watched(context);
  page.dispatchEvent(new Event('online'));
  watch.stop();
  looks[0]?.resolve(RUNNING);
  await soon();
  assert.equal(looks.length, 1);
});
