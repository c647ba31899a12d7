/** Which version of a lesson the copy in this browser comes from, and whether to offer a newer one. */

import type { Lesson } from '../course/lessons.ts';
import { markOf, saySame } from './content.ts';

/**
 * What is remembered of a copy: the sha256 it is based on (null: unknown), the one declined, if any, and the
 * mark of the published notebook as this page showed it.
 */
export interface Origin {
  readonly base: string | null;
  readonly declined: string | null;
  readonly mark: string | null;
}

/** Values by key, kept in the browser (localforage's instances are). */
export interface Store<Value> {
  getItem(key: string): Promise<Value | null>;
  setItem(key: string, value: Value): Promise<unknown>;
  removeItem(key: string): Promise<void>;
  keys(): Promise<string[]>;
}

/**
 * What to do about an opened lesson: nothing, offer the new version, leave it within reach, or show it at once
 * (the copy was only saved by the page itself: there is nothing of the pupil's in it).
 */
export type Advice = 'none' | 'offer' | 'declined' | 'renew';

/** Remembers origins of copies; `copies` holds the notebooks saved in this browser, by path. */
export class LessonVersions {
  readonly #origins: Store<Origin>;
  readonly #copies: Pick<Store<unknown>, 'keys'>;
  readonly #unknown: Promise<Set<string>>;

  constructor(origins: Store<Origin>, copies: Pick<Store<unknown>, 'keys'>) {
    this.#origins = origins;
    this.#copies = copies;
    this.#unknown = this.#withoutOrigin();
    // Asked for before it is needed; whoever needs it hears of a failure.
    this.#unknown.catch(() => undefined);
  }

  /** Whether this browser has its own copy of the lesson at `path`. */
  async hasCopy(path: string): Promise<boolean> {
    return (await this.#copies.keys()).includes(path);
  }

  /** A copy of `lesson` was saved: the first time, note the version it comes from and its mark as published. */
  async noteSaved(path: string, lesson: Lesson, mark: string): Promise<void> {
    if (!(await this.#unknown).has(path) && (await this.#origins.getItem(path)) === null) {
      await this.#origins.setItem(path, { base: lesson.sha256, declined: null, mark });
    }
  }

  /** The copy at `path` is gone, or no longer stands there. */
  async forget(path: string): Promise<void> {
    (await this.#unknown).delete(path);
    await this.#origins.removeItem(path);
  }

  /** Keep the pupil's copy, and don't ask again for this version. */
  async decline(path: string, lesson: Lesson): Promise<void> {
    const origin = await this.#origins.getItem(path);
    await this.#origins.setItem(path, {
      base: origin?.base ?? null,
      declined: lesson.sha256,
      mark: origin?.mark ?? null
    });
  }

  /** What to do about the pupil's copy `mine` of a lesson; asks for the teacher's only where needed. */
  async advise(path: string, lesson: Lesson, mine: unknown, teachers: () => Promise<unknown>): Promise<Advice> {
    const origin = await this.#origins.getItem(path);
    if (origin?.base === lesson.sha256) {
      return 'none';
    }
    if (saySame(mine, await teachers())) {
      await this.#origins.setItem(path, { base: lesson.sha256, declined: null, mark: null });
      return 'none';
    }
    if (origin !== null && origin.mark === markOf(mine)) {
      return 'renew';
    }
    return origin?.declined === lesson.sha256 ? 'declined' : 'offer';
  }

  async #withoutOrigin(): Promise<Set<string>> {
    const known = new Set(await this.#origins.keys());
    return new Set((await this.#copies.keys()).filter(path => !known.has(path)));
  }
}
