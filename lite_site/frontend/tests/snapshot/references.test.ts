import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Pyodide } from '../../src/snapshot/pyodide.ts';
import { nameOf, objectNamed } from '../../src/snapshot/references.ts';

/** A start of Pyodide: its members aren't enumerable there, either. */
function start(): Pyodide {
  const python = {};
  for (const name of ['loadPackage', 'loadPackagesFromImports']) {
    Object.defineProperty(python, name, { value: () => name, enumerable: false });
  }
  return python as Pyodide;
}

test('what Python held of one start is found again in another, by name', () => {
  const [first, second] = [start(), start()];
  assert.equal(objectNamed(nameOf(first, first), second), second);
  const load = 'loadPackage' as keyof Pyodide;
  assert.equal(objectNamed(nameOf(first[load], first), second), second[load]);
});

test('what has no name makes no snapshot', () => {
  assert.throws(() => nameOf(() => 'stray', start()), /an object that a snapshot can't name: \(\) => 'stray'/);
});
