/** A notebook's cells without a page: they keep the text that a kernel publishes, as JupyterLab's outputs do. */

import type { KernelMessage } from '@jupyterlab/services';

import type { CellFuture, NotebookView } from '../../src/bridge/missed/cells.ts';

type Published = KernelMessage.IIOPubMessage;

export class TextCell {
  readonly model;
  readonly outputArea;
  #text = '';

  constructor(id: string) {
    const outputs = {
      toJSON: () => (this.#text === '' ? [] : [{ output_type: 'stream', name: 'stdout', text: this.#text }]) as never,
      fromJSON: (shown: never) => {
        this.#text = (shown as { text: string }[]).map(({ text }) => text).join('');
      }
    };
    const model: {
      id: string;
      outputs: typeof outputs;
      executionCount: number | null;
      executionState: 'idle' | 'running';
      trusted: boolean;
    } = {
      id,
      outputs,
      executionCount: null,
      executionState: 'idle',
      trusted: false
    };
    this.model = model;
    const area: { future: CellFuture | null; reattachFuture: (future: CellFuture) => void } = {
      future: null,
      reattachFuture: future => {
        area.future = future;
        future.onIOPub = message => this.#show(message);
      }
    };
    this.outputArea = area;
  }

  get text(): string {
    return this.#text;
  }

  #show({ header, content }: Published): void {
    const { text } = content as { readonly text?: unknown };
    this.#text += header.msg_type === 'stream' ? String(text) : '';
  }
}

/** A notebook with cells of these ids. */
export function notebookOf(...ids: readonly string[]): NotebookView & { readonly cells: Record<string, TextCell> } {
  const widgets = ids.map(id => new TextCell(id));
  return { widgets, cells: Object.fromEntries(widgets.map(cell => [cell.model.id, cell])) };
}

/** A browser's storage in memory. */
export class MemoryStorage {
  readonly #held = new Map<string, string>();
  full = false;

  get length(): number {
    return this.#held.size;
  }

  key(index: number): string | null {
    return [...this.#held.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.#held.get(key) ?? null;
  }

  setItem(key: string, text: string): void {
    if (this.full) {
      throw new DOMException('full', 'QuotaExceededError');
    }
    this.#held.set(key, text);
  }

  removeItem(key: string): void {
    this.#held.delete(key);
  }
}

/** The browser's locks over several pages; `leave` ends a page. */
export class MemoryLocks {
  readonly #held = new Set<string>();

  page() {
    const mine: string[] = [];
    const request = (name: string, _: object, act: (lock: object | null) => unknown): Promise<unknown> => {
      const free = !this.#held.has(name);
      if (free) {
        this.#held.add(name);
        mine.push(name);
      }
      return Promise.resolve(act(free ? { name } : null));
    };
    return { request: request as LockManager['request'], leave: () => mine.forEach(name => this.#held.delete(name)) };
  }
}
