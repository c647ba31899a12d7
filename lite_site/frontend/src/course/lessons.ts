/** What a course's course.json says of its lessons. */

/** A text by language; at least one of the two is there. */
export interface LocalText {
  readonly fr?: string;
  readonly en?: string;
}

/** A language of the page. */
export type Language = 'fr' | 'en';

/** One lesson as the site publishes it; `published` is its path under files/, `sha256` that of its bytes. */
export interface Lesson {
  readonly slug: string;
  readonly published: string;
  readonly sha256: string;
  readonly title: LocalText;
  readonly placement: 'browser' | 'cluster';
  readonly reason: LocalText | null;
}

/** Lessons by published path. */
export type Lessons = ReadonlyMap<string, Lesson>;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseText(value: unknown): LocalText | null {
  if (!isRecord(value)) {
    return null;
  }
  const { fr, en } = value;
  return { ...(typeof fr === 'string' ? { fr } : {}), ...(typeof en === 'string' ? { en } : {}) };
}

function parseLesson(value: unknown): Lesson | null {
  if (!isRecord(value)) {
    return null;
  }
  const { slug, published, sha256, placement } = value;
  if (typeof slug !== 'string' || typeof published !== 'string' || typeof sha256 !== 'string') {
    return null;
  }
  return {
    slug,
    published,
    sha256,
    title: parseText(value['title']) ?? {},
    placement: placement === 'cluster' ? 'cluster' : 'browser',
    reason: parseText(value['reason'])
  };
}

/** The lessons in course.json's text as parsed; what isn't a lesson is left out. */
export function parseLessons(course: unknown): Lessons {
  const listed = isRecord(course) && Array.isArray(course['lessons']) ? course['lessons'] : [];
  const lessons = listed.map(parseLesson).filter(lesson => lesson !== null);
  return new Map(lessons.map(lesson => [lesson.published.normalize('NFC'), lesson]));
}

/** The lesson published at `path` (accents composed or not), if it is one. */
export function lessonAt(lessons: Lessons, path: string): Lesson | null {
  return lessons.get(path.normalize('NFC')) ?? null;
}

/** `text` in `language`, else in the other, else empty. */
export function inLanguage(text: LocalText, language: Language): string {
  return text[language] ?? text.fr ?? text.en ?? '';
}
