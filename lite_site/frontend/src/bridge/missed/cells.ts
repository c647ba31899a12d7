/** The cells of a notebook as far as replayed output goes (JupyterLab's `Notebook` and `CodeCell` are such). */

import type { Kernel, KernelMessage } from '@jupyterlab/services';

/** An execution's future, JupyterLab's own or a replayed one. */
export type CellFuture = Kernel.IShellFuture<KernelMessage.IExecuteRequestMsg, KernelMessage.IExecuteReplyMsg>;

/** What stands in a code cell's outputs: `toJSON` gives what `fromJSON` takes (nbformat outputs). */
export interface CellOutputs<Outputs = unknown> {
  toJSON(): Outputs;
  fromJSON(outputs: Outputs): void;
}

/** A code cell. */
export interface CodeCellView {
  readonly model: {
    readonly id: string;
    readonly outputs: CellOutputs<never>;
    executionCount: number | null;
    executionState: 'idle' | 'running';
    trusted: boolean;
  };
  readonly outputArea: {
    readonly future: CellFuture | null | undefined;
    reattachFuture(future: CellFuture): void;
  };
}

/** A notebook: all its cells, in order. */
export interface NotebookView {
  readonly widgets: readonly { readonly model: { readonly id: string } }[];
}

function isCode(cell: { readonly model: { readonly id: string } }): cell is CodeCellView {
  return 'outputArea' in cell && 'outputs' in cell.model;
}

/** The code cell of that id; null where it is gone, or another kind now. */
export function codeCell({ widgets }: NotebookView, id: string): CodeCellView | null {
  const found = widgets.find(({ model }) => model.id === id);
  return found !== undefined && isCode(found) ? found : null;
}
