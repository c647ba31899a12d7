/** What cells made or changed on the server since the last carry, and whether the browser can hold it. */

import { patiently, type Pause } from '../patience.ts';
import type { BrowserFiles, OwnFile } from './browser.ts';
import { filesHere } from './here.ts';
import type { ServerFile } from './listing.ts';
import type { CarryStore } from './memory.ts';
import { isNotebook } from './names.ts';
import { planFiles } from './plan.ts';
import type { PublishedDoor, PublishedFile } from './published.ts';
import type { ServerFiles } from './serverfiles.ts';

/** The most that is kept in the browser's storage of one file (bytes): the budget of a published one. */
export const MOST_IN_BROWSER = 50_000_000;

/**
 * A file of the server's that the page doesn't have so: `new` here, `changed` there alone, or `both` sides changed.
 * `here` is the sha256 of the page's own, null for none; `fits` is whether the browser's storage takes it.
 */
export interface ServerChange {
  readonly file: ServerFile;
  readonly path: string;
  readonly state: 'new' | 'changed' | 'both';
  readonly here: string | null;
  readonly fits: boolean;
}

/** What changes are found with; `room` is how much the browser's storage still takes (bytes). */
export interface ChangesWith {
  readonly server: ServerFiles;
  readonly published: PublishedDoor;
  readonly browser: BrowserFiles;
  readonly memory: CarryStore;
  readonly signal: AbortSignal;
  readonly pause: Pause;
  readonly room: () => Promise<number>;
}

/** How much the browser's storage still takes (bytes); unknown counts as plenty. */
export async function roomInBrowser(): Promise<number> {
  const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return Math.max(0, quota - usage);
}

/** Decides, for what stands on the server, what is new or changed; pure. */
export function changesIn(
  there: readonly ServerFile[],
  here: readonly (PublishedFile | OwnFile)[],
  last: (path: string) => { readonly here: string; readonly there: string } | null,
  room: number
): readonly ServerChange[] {
  const plans = planFiles(there, here, path => {
    const known = last(path);
    return known === null ? null : { from: known.there, to: known.here };
  });
  const changes: ServerChange[] = [];
  for (const { path, from: file, to, move } of plans) {
    const known = last(path);
    const leftOut = to === null && known !== null && known.there === file.sha256;
    if ((move === 'copy' || move === 'ask') && !leftOut) {
      // A notebook that stands here may be open: its page must not be replaced under the pupil.
      const open = to !== null && isNotebook(path);
      const state = to === null ? 'new' : move === 'ask' || open ? 'both' : 'changed';
      const fits = file.bytes <= MOST_IN_BROWSER && file.bytes * 2 <= room;
      changes.push({ file, path, state, here: to?.sha256 ?? null, fits });
    }
  }
  return changes;
}

/** What the server has that the page hasn't. Throws BridgeProblem, AbortError, FilesProblem. */
export async function listChanges(found: ChangesWith): Promise<readonly ServerChange[]> {
  const { server, published, browser, memory, signal, pause, room } = found;
  const listing = await patiently(() => server.list(signal), signal, pause);
  const course = await published.read(signal);
  const here = filesHere(course.files, await browser.list({ notebooks: true }));
  const known = (await memory.getItem(server.address)) ?? {};
  return changesIn(listing.files, here, path => known[path] ?? null, await room());
}
