/** What running cells showed when the page was left: the notebook may have been saved long before. */

import { codeCell, type NotebookView } from './cells.ts';
import type { Execution, TextStore } from './executions.ts';

/** Outputs by message; what is larger than this (characters) isn't kept. */
const LARGEST = 1_000_000;

function keyOf(place: string, message: string): string {
  return `${place} passerelle.shown ${message}`;
}

/** Keeps what the cells on their way show now; synchronous, for a page that is being left. */
export function keepShown(
  store: TextStore,
  place: string,
  notebook: NotebookView,
  executions: readonly Execution[]
): void {
  for (const { message, cell } of executions) {
    const shown = JSON.stringify(codeCell(notebook, cell)?.model.outputs.toJSON() ?? null);
    if (shown.length <= LARGEST) {
      try {
        store.setItem(keyOf(place, message), shown);
      } catch (error) {
        // A full storage: the cell begins with what the saved notebook has.
        if (!(error instanceof DOMException)) {
          throw error;
        }
      }
    }
  }
}

/** Takes what was kept for a message: its outputs (nbformat), null where nothing was. */
export function takeShown(store: TextStore, place: string, message: string): unknown {
  const key = keyOf(place, message);
  const text = store.getItem(key);
  store.removeItem(key);
  try {
    return JSON.parse(text ?? 'null');
  } catch (error) {
    if (error instanceof SyntaxError) {
      return null;
    }
    throw error;
  }
}
