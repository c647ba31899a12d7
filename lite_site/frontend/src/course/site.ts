/** The one door to the published course: its course.json and the teacher's notebooks, fresh from the site. */

import { lessonAt, parseLessons, type Lesson, type Lessons } from './lessons.ts';

/** Fetches from the site; fails with TypeError where it can't be reached. */
export type Fetch = (address: string, options: RequestInit) => Promise<Response>;

/** A file that the site could not give. */
export class Unreachable extends Error {}

/** The published course at `root` (its address, ending in /). */
export class PublishedCourse {
  readonly #root: string;
  readonly #fetch: Fetch;
  #lessons: Lessons = new Map();

  constructor(root: string, fetch: Fetch) {
    this.#root = root;
    this.#fetch = fetch;
  }

  /** The lesson at `path` as published now; as last known where the site can't be reached. */
  async lesson(path: string): Promise<Lesson | null> {
    try {
      this.#lessons = parseLessons(await this.#json('course.json'));
    } catch (error) {
      if (!(error instanceof Unreachable)) {
        throw error;
      }
    }
    return lessonAt(this.#lessons, path);
  }

  /** The teacher's notebook; what the browser had cached is renewed on the way. Throws Unreachable. */
  async notebook(lesson: Lesson): Promise<unknown> {
    // Written as JupyterLite's drive writes it, so that what it reads next is what was fetched here.
    return this.#json(`files/${lesson.published}`);
  }

  async #json(path: string): Promise<unknown> {
    try {
      const response = await this.#fetch(this.#root + path, { cache: 'no-cache' });
      if (response.ok) {
        return (await response.json()) as unknown;
      }
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof SyntaxError)) {
        throw error;
      }
    }
    throw new Unreachable(path);
  }
}
