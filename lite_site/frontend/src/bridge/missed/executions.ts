/** Which cells a page sent to a kernel and has not seen the end of, kept where a reload finds them. */

/**
 * A cell on its way: the message that carried it, the cell's id in the notebook, and which half of its end has come:
 * the reply (its execution count) or the idle status.
 */
export interface Execution {
  readonly message: string;
  readonly cell: string;
  readonly replied?: number | null;
  readonly idle?: boolean;
}

/** Text by key (a `Storage` of the browser's is one). */
export type TextStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * What is kept of a connection: when it was last used (milliseconds since 1970), its executions, and, once the page was
 * left, the id of the message it had shown last ('' for none).
 */
interface Kept {
  readonly at: number;
  readonly executions: readonly Execution[];
  readonly shown: string | null;
}

/** A connection that is as old as this counts as forgotten: its server is long gone (milliseconds). */
const FORGOTTEN = 48 * 3_600_000;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseExecution(value: unknown): Execution | null {
  const { message, cell, replied, idle } = isRecord(value) ? value : {};
  if (typeof message !== 'string' || typeof cell !== 'string') {
    return null;
  }
  return {
    message,
    cell,
    ...(typeof replied === 'number' || replied === null ? { replied } : {}),
    ...(idle === true ? { idle } : {})
  };
}

function parseKept(text: string | null): Kept | null {
  try {
    const kept: unknown = JSON.parse(text ?? 'null');
    if (!isRecord(kept) || typeof kept['at'] !== 'number' || !Array.isArray(kept['executions'])) {
      return null;
    }
    const executions = kept['executions'].map(parseExecution).filter(one => one !== null);
    return { at: kept['at'], executions, shown: typeof kept['shown'] === 'string' ? kept['shown'] : null };
  } catch (error) {
    if (error instanceof SyntaxError) {
      return null;
    }
    throw error;
  }
}

/**
 * What this browser keeps of its connections to kernels; `place` (the course's path) begins every key, so that erasing
 * the course's work erases these too. Ids only: no text of anybody's.
 */
export class KeptConnections {
  readonly #store: TextStore;
  readonly #place: string;

  constructor(store: TextStore, place: string) {
    this.#store = store;
    this.#place = place;
  }

  /** The clients that were connected to `kernel`, the last one first; forgets those of long ago on the way. */
  clients(kernel: string, now: number): readonly string[] {
    const start = this.#key('');
    const keys = Array.from({ length: this.#store.length }, (_, index) => this.#store.key(index) ?? '');
    const mine = keys
      .filter(key => key.startsWith(start))
      .map(key => ({ key, kept: parseKept(this.#store.getItem(key)) }));
    for (const { key } of mine.filter(({ kept }) => kept === null || now - kept.at > FORGOTTEN)) {
      this.#store.removeItem(key);
    }
    return mine
      .filter(({ key, kept }) => key.startsWith(`${start}${kernel} `) && kept !== null && now - kept.at <= FORGOTTEN)
      .sort((one, other) => (other.kept?.at ?? 0) - (one.kept?.at ?? 0))
      .map(({ key }) => key.slice(`${start}${kernel} `.length));
  }

  /** What `client` had on its way to `kernel`. */
  executions(kernel: string, client: string): readonly Execution[] {
    return parseKept(this.#store.getItem(this.#key(`${kernel} ${client}`)))?.executions ?? [];
  }

  /** The message that `client` had shown last when its page was left; null where nobody knows. */
  shown(kernel: string, client: string): string | null {
    return parseKept(this.#store.getItem(this.#key(`${kernel} ${client}`)))?.shown ?? null;
  }

  /** Keeps what is on its way now; `shown` is for a page that is being left: one that stays shows more. */
  keep(kernel: string, client: string, executions: readonly Execution[], now: number, shown: string | null): void {
    this.#put(this.#key(`${kernel} ${client}`), JSON.stringify({ at: now, executions, shown }));
  }

  /** Forgets a connection. */
  forget(kernel: string, client: string): void {
    this.#store.removeItem(this.#key(`${kernel} ${client}`));
  }

  #key(rest: string): string {
    return `${this.#place} passerelle.missed ${rest}`;
  }

  /** A full storage loses the memory of what was missed, nothing else. */
  #put(key: string, text: string): void {
    try {
      this.#store.setItem(key, text);
    } catch (error) {
      if (!(error instanceof DOMException)) {
        throw error;
      }
      this.#store.removeItem(key);
    }
  }
}
