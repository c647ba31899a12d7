/** Whether two notebooks say the same, and whether a notebook was touched. */

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

function cellsOf(notebook: unknown): readonly unknown[] {
  return isRecord(notebook) && Array.isArray(notebook['cells']) ? notebook['cells'] : [];
}

/** True where both notebooks have the same cells in the same order (nbformat 4; outputs don't count). */
export function saySame(one: unknown, other: unknown): boolean {
  const [mine, theirs] = [cellsOf(one).map(says), cellsOf(other).map(says)];
  return mine.length === theirs.length && mine.every((cell, index) => cell === theirs[index]);
}

/**
 * A short mark of what the cells say and show, for telling an untouched copy from one that was worked in.
 *
 * 32-bit FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/) over the text, with the text's length: not for secrets.
 */
export function markOf(notebook: unknown): string {
  const shown = cellsOf(notebook).map(cell => [says(cell), isRecord(cell) ? (cell['outputs'] ?? []) : []]);
  const text = JSON.stringify(shown);
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return `${text.length}-${hash.toString(16)}`;
}
