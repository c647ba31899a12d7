import assert from 'node:assert/strict';
import { test } from 'node:test';

import { holdsMetadata, keepKernelspec } from '../../src/bridge/kernelspec.ts';

const OURS = { name: 'hub:python3', display_name: 'ADN · cluster', language: 'python on the cluster' };
const BROWSER = { name: 'python', display_name: 'ADN · browser', language: 'python' };
const OWN = { name: 'python3', display_name: 'Python 3 (ipykernel)', language: 'python' };

function notebook(kernelspec?: unknown) {
  const metadata = new Map<string, unknown>(kernelspec === undefined ? [] : [['kernelspec', kernelspec]]);
  const slots: ((sender: unknown, args: { key: string }) => void)[] = [];
  const model = {
    getMetadata: (key: string): unknown => metadata.get(key),
    setMetadata: (key: string, value: unknown): void => {
      metadata.set(key, value);
      slots.forEach(slot => slot(model, { key }));
    },
    metadataChanged: { connect: (slot: (typeof slots)[number]) => (slots.push(slot), true) }
  };
  return model;
}

test('what the page calls its kernels never stays in the notebook', () => {
  const model = notebook(OWN);
  keepKernelspec(model, BROWSER.display_name);
  for (const spec of [OURS, BROWSER, { ...OURS, display_name: 'x' }]) {
    model.setMetadata('kernelspec', spec);
    assert.deepEqual(model.getMetadata('kernelspec'), OWN);
  }
});

test('one that was polluted, or had none, gets what any Jupyter reads', () => {
  for (const spec of [OURS, undefined]) {
    const model = notebook(spec);
    keepKernelspec(model, BROWSER.display_name);
    model.setMetadata('kernelspec', OURS);
    assert.deepEqual(model.getMetadata('kernelspec'), {
      name: 'python3',
      display_name: 'Python 3',
      language: 'python'
    });
  }
});

test('a kernelspec that is the person’s own choice stays, and is the one kept from then on', () => {
  const model = notebook(OWN);
  keepKernelspec(model, BROWSER.display_name);
  const chosen = { name: 'ir', display_name: 'R', language: 'R' };
  model.setMetadata('kernelspec', chosen);
  model.setMetadata('kernelspec', OURS);
  assert.deepEqual(model.getMetadata('kernelspec'), chosen);
});

test('other documents have no metadata', () => {
  assert.equal(holdsMetadata({ toJSON: () => null }), false);
  assert.equal(holdsMetadata(notebook()), true);
});
