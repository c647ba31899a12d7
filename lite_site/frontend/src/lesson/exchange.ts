/** Exchanges the pupil's version of an open lesson for the teacher's, losing neither. */

import type { Contents } from '@jupyterlab/services';

import type { Lesson } from '../course/lessons.ts';
import type { PublishedCourse } from '../course/site.ts';
import { markOf, saySame } from '../versions/content.ts';
import { nameBeside } from '../versions/names.ts';
import type { LessonVersions, Store } from '../versions/versions.ts';
import type { Context, OpenLesson } from './panel.ts';

/** What an exchange works with: the published course, what is known of copies, and the browser's files. */
export interface ExchangeParts {
  readonly course: PublishedCourse;
  readonly versions: LessonVersions;
  readonly contents: Contents.IManager;
  readonly copies: Pick<Store<unknown>, 'keys'>;
}

/** Shows what is stored at the context's path; nothing is left to save. */
async function reload(context: Context): Promise<void> {
  await context.revert();
  context.model.dirty = false;
}

/** Moves versions between the page, the browser's storage and the site. */
export class LessonExchange {
  readonly #parts: ExchangeParts;
  readonly #openedFrom = new Map<string, { lesson: Lesson; mark: string }>();

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
  }

  /** Where the pupil has no copy: make sure the page shows the published version, not a cached older one. */
  async freshen(context: Context, lesson: Lesson): Promise<void> {
    const teachers = await this.#parts.course.notebook(lesson);
    if (!saySame(context.model.toJSON(), teachers)) {
      if (context.model.dirty) {
        return;
      }
      await reload(context);
    }
    this.#noteOpened(context, lesson);
  }

  /** The notebook at `path` was saved: note what it comes from, where this page opened it. */
  async noteSaved(path: string): Promise<void> {
    const opened = this.#openedFrom.get(path);
    if (opened !== undefined) {
      await this.#parts.versions.noteSaved(path, opened.lesson, opened.mark);
    }
  }

  /**
   * Puts the teacher's version in the pupil's place: copy, checkpoints and origin go, the kernel restarts.
   *
   * With `label`, the notebook as it stands, unsaved edits included, is first saved beside the lesson; the
   * copy's path comes back. Throws Unreachable, before anything changes, where the site can't give it.
   */
  async bringTeachers(open: OpenLesson, label: string | null): Promise<string | null> {
    const { course } = this.#parts;
    const { context } = open;
    open.lesson = (await course.lesson(context.localPath)) ?? open.lesson;
    await course.notebook(open.lesson);
    const copy = label === null ? null : await this.#keepBeside(context, label);
    await this.#replace(open);
    if (context.sessionContext.session?.kernel) {
      await context.sessionContext.restartKernel();
    }
    return copy;
  }

  /**
   * Puts the teacher's version, fetched just before, in place of a copy with nothing of the pupil's in it.
   * False, and nothing done, where the notebook no longer is as `seen`.
   */
  async renew(open: OpenLesson, seen: unknown): Promise<boolean> {
    const untouched = markOf(open.context.model.toJSON()) === markOf(seen);
    if (untouched) {
      await this.#replace(open);
    }
    return untouched;
  }

  async #replace(open: OpenLesson): Promise<void> {
    const { context } = open;
    await this.#parts.contents.delete(context.path);
    await this.#parts.versions.forget(context.localPath);
    await reload(context);
    this.#noteOpened(context, open.lesson);
    open.advice = 'none';
  }

  #noteOpened(context: Context, lesson: Lesson): void {
    this.#openedFrom.set(context.localPath, { lesson, mark: markOf(context.model.toJSON()) });
  }

  async #keepBeside(context: Context, label: string): Promise<string> {
    const path = nameBeside(context.localPath, label, new Set(await this.#parts.copies.keys()));
    await this.#parts.contents.save(path, { type: 'notebook', format: 'json', content: context.model.toJSON() });
    return path;
  }
}
