import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Internals, Pyodide } from '../../src/snapshot/pyodide.ts';
import { nameOf, objectNamed } from '../../src/snapshot/references.ts';

/** A start of Pyodide: its members aren't enumerable there, either. */
function start(): Pyodide {
  const python = {};
  for (const name of ['loadPackage', 'loadPackagesFromImports']) {
    Object.defineProperty(python, name, { value: () => name, enumerable: false });
  }
  Object.defineProperty(python, '_api', { value: { install: () => 'install' } });
  return python as Pyodide;
}

test('what Python held of one start is found again in another, by name', () => {
  const [first, second] = [start(), start()];
  assert.equal(objectNamed(nameOf(first, first), second), second);
  const load = 'loadPackage' as keyof Pyodide;
  assert.equal(objectNamed(nameOf(first[load], first), second), second[load]);
  const install = 'install' as keyof Internals;
  assert.equal(objectNamed(nameOf(first._api[install], first), second), second._api[install]);
});

test('what has no name makes no snapshot', () => {
  assert.throws(() => nameOf(() => 'stray', start()), /an object that a snapshot can't name: \(\) => 'stray'/);
});
