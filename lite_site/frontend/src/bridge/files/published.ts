/** The files of a course as its site publishes them. */

import { FilesProblem } from './problems.ts';
import { inAddress } from './names.ts';

/** Fetches from the site; fails with TypeError where it can't be reached. */
export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

/** A published file: its path below the course's `files/`, its size in bytes and its sha256. */
export interface PublishedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What a course's course.json says of itself and its files. */
export interface PublishedFiles {
  readonly slug: string;
  readonly files: readonly PublishedFile[];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseFile(value: unknown): PublishedFile | null {
  if (!isRecord(value)) {
    return null;
  }
  const { path, bytes, sha256 } = value;
  const complete = typeof path === 'string' && typeof bytes === 'number' && typeof sha256 === 'string';
  return complete ? { path, bytes, sha256 } : null;
}

/** The slug and the `files` of course.json as parsed; what isn't a file is left out. */
export function parsePublished(course: unknown): PublishedFiles {
  const { slug, files } = isRecord(course) ? course : {};
  const listed = Array.isArray(files) ? files : [];
  return {
    slug: typeof slug === 'string' ? slug : '',
    files: listed.map(parseFile).filter(file => file !== null)
  };
}

/** The one door to a published course's files; `root` is the course's address, ending in `/`. */
export class PublishedDoor {
  readonly #root: string;
  readonly #fetch: Fetch;

  constructor(root: string, fetch: Fetch) {
    this.#root = root;
    this.#fetch = fetch;
  }

  /** The course's files as published now. Throws FilesProblem `site`, AbortError. */
  async read(signal: AbortSignal): Promise<PublishedFiles> {
    const response = await this.#get('course.json', { cache: 'no-cache', signal });
    try {
      return parsePublished(await response.json());
    } catch (error) {
      throw error instanceof SyntaxError ? new FilesProblem('site', 'course.json') : error;
    }
  }

  /** A file, past the browser's cache where `fresh`; large ones wait on disk. Throws as `read`. */
  async open(path: string, fresh: boolean, signal: AbortSignal): Promise<Blob> {
    const response = await this.#get(`files/${inAddress(path)}`, { cache: fresh ? 'reload' : 'default', signal });
    return response.blob();
  }

  async #get(path: string, init: RequestInit): Promise<Response> {
    try {
      const response = await this.#fetch(this.#root + path, init);
      if (response.ok) {
        return response;
      }
    } catch (error) {
      if (!(error instanceof TypeError)) {
        throw error;
      }
    }
    throw new FilesProblem('site', path);
  }
}
