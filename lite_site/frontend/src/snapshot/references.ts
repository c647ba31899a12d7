/** The page's objects that Python holds in a snapshot, by their names in Pyodide's interface. */

import type { Pyodide } from './pyodide.ts';

/** Pyodide's interface itself, `pyodide_js` in Python. */
const ITSELF = 'pyodide_js';

/** What to call `held` in the snapshot; an error where it has no name, since it couldn't be found again. */
export function nameOf(held: unknown, python: Pyodide): string {
  if (held === python) {
    return ITSELF;
  }
  const known = Object.getOwnPropertyNames(python).find(name => python[name as keyof Pyodide] === held);
  if (known === undefined) {
    throw new Error(`Python holds an object that a snapshot can't name: ${String(held).slice(0, 80)}`);
  }
  return known;
}

/** The object of this name in another start. */
export function objectNamed(name: unknown, python: Pyodide): unknown {
  return name === ITSELF ? python : python[name as keyof Pyodide];
}
