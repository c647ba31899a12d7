/** Which lessons ran on the cluster last, so that a reload or another tab can find their kernel again. */

/** The part of localStorage that is needed; it may refuse (a full one, a private window). */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Milliseconds after which nobody expects their kernel to be there. */
const FORGOTTEN_MS = 24 * 60 * 60 * 1000;

/** Remembers, by lesson, that it runs on the cluster. No name and no token is kept. */
export class RememberedLessons {
  readonly #shelf: Shelf;
  readonly #prefix: string;
  readonly #now: () => number;

  /** `place` (the course's path) begins every key, so that erasing the course's work erases these too. */
  constructor(shelf: Shelf, place: string, now: () => number) {
    this.#shelf = shelf;
    this.#prefix = `${place} passerelle.cluster `;
    this.#now = now;
  }

  /** Whether the lesson at `path` was last seen on the cluster, not longer than a day ago. */
  has(path: string): boolean {
    const at = Number(this.#shelf.getItem(this.#prefix + path) ?? Number.NaN);
    return this.#now() - at < FORGOTTEN_MS;
  }

  /** It runs there. */
  add(path: string): void {
    try {
      this.#shelf.setItem(this.#prefix + path, String(this.#now()));
    } catch (error) {
      if (!(error instanceof DOMException)) {
        throw error;
      }
    }
  }

  /** It doesn't any more. */
  remove(path: string): void {
    this.#shelf.removeItem(this.#prefix + path);
  }
}
