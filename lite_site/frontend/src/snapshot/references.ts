/** The page's objects that Python holds in a snapshot, by their names in Pyodide's interface. */

import type { Internals, Pyodide } from './pyodide.ts';

/** Pyodide's interface itself, `pyodide_js` in Python. */
const ITSELF = 'pyodide_js';
/** What comes before the names of its private parts. */
const PRIVATE = '_api.';

function keyOf(owner: object, held: unknown): string | undefined {
  return Object.getOwnPropertyNames(owner).find(name => owner[name as keyof object] === held);
}

/** What to call `held` in the snapshot; an error where it has no name, since it couldn't be found again. */
export function nameOf(held: unknown, python: Pyodide): string {
  if (held === python) {
    return ITSELF;
  }
  const known = keyOf(python, held);
  if (known !== undefined) {
    return known;
  }
  const inside = keyOf(python._api, held);
  if (inside === undefined) {
    throw new Error(`Python holds an object that a snapshot can't name: ${String(held).slice(0, 80)}`);
  }
  return `${PRIVATE}${inside}`;
}

/** The object of this name in another start. */
export function objectNamed(name: string, python: Pyodide): unknown {
  if (name.startsWith(PRIVATE)) {
    return python._api[name.slice(PRIVATE.length) as keyof Internals];
  }
  return name === ITSELF ? python : python[name as keyof Pyodide];
}
