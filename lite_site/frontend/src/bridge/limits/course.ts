/** What a course has on the cluster that its site hasn't: heavy files, packages of its server's environment. */

import { plainName } from './modules.ts';

/** `heavy` are paths below the course; `packages` PEP 503 names, null where the course has no environment there. */
export interface ClusterSide {
  readonly heavy: readonly string[];
  readonly packages: ReadonlySet<string> | null;
}

/** Fetches from the site; fails with TypeError where it can't be reached. */
export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

const NOTHING: ClusterSide = { heavy: [], packages: null };

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The names in a requirements file that pins every package. */
export function packagesIn(requirements: string): ReadonlySet<string> {
  const names = [...requirements.matchAll(/^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\]\s*)?(?:==|@)/gm)];
  return new Set(names.map(([, name = '']) => plainName(name)));
}

/** The paths of `heavy_files` in course.json as parsed. */
export function heavyIn(course: unknown): readonly string[] {
  const listed = isRecord(course) && Array.isArray(course['heavy_files']) ? course['heavy_files'] : [];
  return listed
    .filter(isRecord)
    .map(({ path }) => path)
    .filter(path => typeof path === 'string')
    .map(path => path.normalize('NFC'));
}

function requirementsOf(course: unknown): string | null {
  const environment = isRecord(course) ? course['environment'] : null;
  const named = isRecord(environment) ? environment['requirements'] : null;
  return typeof named === 'string' ? named : null;
}

async function answer(fetch: Fetch, address: string): Promise<Response | null> {
  try {
    const response = await fetch(address, {});
    return response.ok ? response : null;
  } catch (error) {
    if (error instanceof TypeError) {
      return null;
    }
    throw error;
  }
}

/** Reads it from the course at `root` (ending in `/`); what the site doesn't give counts as nothing. */
export async function readClusterSide(root: string, fetch: Fetch): Promise<ClusterSide> {
  const response = await answer(fetch, `${root}course.json`);
  const course: unknown = response === null ? null : await response.json().catch(() => null);
  const requirements = requirementsOf(course);
  const list = requirements === null ? null : await answer(fetch, root + requirements);
  return course === null
    ? NOTHING
    : { heavy: heavyIn(course), packages: list === null ? null : packagesIn(await list.text()) };
}
