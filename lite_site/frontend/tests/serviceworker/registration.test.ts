import assert from 'node:assert/strict';
import { test } from 'node:test';

import { activate } from '../../src/serviceworker/registration.ts';

const SCRIPT = new URL('https://school.example/sous/site/service-worker.js');

class Worker extends EventTarget {
  state: ServiceWorkerState = 'installing';
  become(state: ServiceWorkerState): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

function registering(registration: object): Pick<ServiceWorkerContainer, 'register'> & { scopes: unknown[] } {
  const scopes: unknown[] = [];
  return {
    scopes,
    register: (_script, options) => {
      scopes.push(options?.scope);
      return Promise.resolve(registration as ServiceWorkerRegistration);
    }
  };
}

test('a worker that is active already is taken at once, its scope the folder of the script', async () => {
  const registration = { active: new Worker(), installing: null, waiting: null };
  const container = registering(registration);
  assert.equal(await activate(container, SCRIPT), registration);
  assert.deepEqual(container.scopes, ['/sous/site/']);
});

test('a first visit waits until the worker is active', async () => {
  const worker = new Worker();
  const registration = { active: null, installing: worker, waiting: null };
  let settled = false;
  const activated = activate(registering(registration), SCRIPT).finally(() => (settled = true));
  await new Promise(resolve => setTimeout(resolve, 5));
  assert.equal(settled, false);
  worker.become('installed');
  worker.become('activated');
  assert.equal(await activated, registration);
});

test('a worker that fails or takes too long leaves kernels without files, not waiting for ever', async () => {
  const failing = new Worker();
  const failed = activate(registering({ active: null, installing: failing, waiting: null }), SCRIPT);
  setTimeout(() => failing.become('redundant'), 1);
  assert.equal(await failed, null);
  assert.equal(await activate(registering({ active: null, installing: new Worker(), waiting: null }), SCRIPT, 5), null);
});

test('no service workers, or none allowed, is no error', async () => {
  assert.equal(await activate(undefined, SCRIPT), null);
  const refused = { register: () => Promise.reject(new DOMException('insecure', 'SecurityError')) };
  assert.equal(await activate(refused, SCRIPT), null);
});
