/** Runs the cells above one again. */

/** A notebook as far as this goes (JupyterLab's `Notebook` is one). */
export interface CellList {
  activeCellIndex: number;
  readonly widgets: readonly { readonly model: { readonly id: string } }[];
}

/** Does a command of the application (its command registry can). */
export interface Commands {
  execute(id: string): Promise<unknown>;
}

const RUN_ABOVE = 'notebook:run-all-above';

/** How many cells stand above the cell of that id; 0 where it is gone. */
export function cellsAbove({ widgets }: CellList, cell: string): number {
  return Math.max(
    0,
    widgets.findIndex(({ model }) => model.id === cell)
  );
}

/** Selects the cell and runs those above it; nothing where there are none. The notebook must be the one in front. */
export async function rerunAbove(commands: Commands, cells: CellList, cell: string): Promise<void> {
  const above = cellsAbove(cells, cell);
  if (above > 0) {
    cells.activeCellIndex = above;
    await commands.execute(RUN_ABOVE);
  }
}
