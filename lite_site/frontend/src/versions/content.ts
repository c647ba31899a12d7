/** Whether two notebooks say the same: their cells, without outputs or metadata. */

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function sourceText(source: unknown): string {
  return Array.isArray(source) ? source.join('') : String(source ?? '');
}

function says(cell: unknown): string {
  const { cell_type, source, attachments } = isRecord(cell) ? cell : {};
  return JSON.stringify([cell_type, sourceText(source), attachments ?? null]);
}

function cellsOf(notebook: unknown): string[] {
  return isRecord(notebook) && Array.isArray(notebook['cells']) ? notebook['cells'].map(says) : [];
}

/** True where both notebooks have the same cells in the same order (nbformat 4; outputs don't count). */
export function saySame(one: unknown, other: unknown): boolean {
  const [mine, theirs] = [cellsOf(one), cellsOf(other)];
  return mine.length === theirs.length && mine.every((cell, index) => cell === theirs[index]);
}
