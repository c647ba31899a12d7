/** What a course's course.json says of its lessons. */

/** A text by language; at least one of the two is there. */
export interface LocalText {
  readonly fr?: string;
  readonly en?: string;
}

/** A language of the page. */
export type Language = 'fr' | 'en';

/** Where a lesson runs, the reasons that speak for it, and the cluster resources it asks for by name, if any. */
export interface Placement {
  readonly where: 'browser' | 'cluster';
  readonly proven: boolean;
  readonly reasons: readonly LocalText[];
  readonly profile?: string;
}

/** One lesson as the site publishes it; `published` is its path under files/, `sha256` that of its content. */
export interface Lesson {
  readonly slug: string;
  readonly published: string;
  readonly sha256: string;
  readonly title: LocalText;
  readonly placement: Placement;
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

/** A placement; the teacher's own words alone where they gave some. */
function parsePlacement(value: unknown): Placement {
  const { where: named, proven, reasons, profile } = isRecord(value) ? value : {};
  const where = named === 'cluster' ? 'cluster' : 'browser';
  const spoken = (Array.isArray(reasons) ? reasons : []).filter(isRecord).filter(({ argues }) => argues === where);
  const own = spoken.filter(({ code }) => code === 'teacher');
  const deciding = own.length > 0 ? own : spoken;
  const texts = deciding.map(({ text }) => parseText(text)).filter(text => text !== null);
  return {
    where,
    proven: proven === true,
    reasons: texts,
    ...(typeof profile === 'string' ? { profile } : {})
  };
}

function parseLesson(value: unknown): Lesson | null {
  if (!isRecord(value)) {
    return null;
  }
  const { slug, published, sha256 } = value;
  if (typeof slug !== 'string' || typeof published !== 'string' || typeof sha256 !== 'string') {
    return null;
  }
  return {
    slug,
    published,
    sha256,
    title: parseText(value['title']) ?? {},
    placement: parsePlacement(value['placement'])
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
