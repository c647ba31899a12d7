/**
 * Files both ways between the page and the person's server of a course.
 *
 * - `carryFiles(job)`: the course's files to the server before the first cell; only what changed, by hash.
 * - `carryNotebook(job, notebook)`: the lesson as it stands in the page, for the hub's JupyterLab.
 * - `showServerFiles(job)`: a dialog with what cells made there: bring it back, or download it.
 * - `askBeforeSending`: the dialog to give as `ask`; `toldOf`: the sentence for a file that failed.
 * - `carryStore(forage)`: the memory to give as `memory`, one for the page.
 */

import type { Store } from '../../versions/versions.ts';
import { patiently, pause, type Pause } from '../patience.ts';
import type { ServerDoor } from '../server.ts';
import { BrowserFiles, type ContentsDoor } from './browser.ts';
import { Carry, type CarryProgress, type CarryResult } from './carry.ts';
import { listChanges, roomInBrowser } from './changes.ts';
import type { Tongue } from './conflictsview.ts';
import { showList } from './listview.ts';
import type { CarryStore } from './memory.ts';
import { folderOf } from './names.ts';
import { sendNotebook } from './notebook.ts';
import type { FilesProblem } from './problems.ts';
import { PublishedDoor } from './published.ts';
import type { Choice, Conflict } from './sendings.ts';
import { ServerFiles } from './serverfiles.ts';

export { askBeforeSending, type Tongue } from './conflictsview.ts';
export type { CarryProgress, CarryResult } from './carry.ts';
export { carryStore, type CarryStore } from './memory.ts';
export { FilesProblem } from './problems.ts';
export type { Choice, Conflict } from './sendings.ts';

/**
 * Between which places: the server, the course (`root` is its address, ending in `/`), the browser's storage with the
 * paths it holds (`copiesStore`), and what the last carry left.
 */
export interface FilesBetween {
  readonly server: ServerDoor;
  readonly course: { readonly root: string; readonly slug: string };
  readonly contents: ContentsDoor;
  readonly copies: Pick<Store<unknown>, 'keys'>;
  readonly memory: CarryStore;
}

/** A carry for `lesson` (its published path), with `pause` while nobody answers; `copyLabel` names copies beside. */
export interface CarryJob extends FilesBetween {
  readonly lesson: string;
  readonly copyLabel: string;
  readonly signal: AbortSignal;
  readonly pause: Pause;
  readonly onProgress: (progress: CarryProgress) => void;
  readonly ask: (conflicts: readonly Conflict[]) => Promise<ReadonlyMap<string, Choice>>;
}

/** A list of what is on the server, in the page's language; `told` gives the sentence for a BridgeProblem. */
export interface ListJob extends FilesBetween, Tongue {
  readonly signal: AbortSignal;
  readonly told: (error: unknown) => string;
}

function placesOf({ server, course, contents, copies, memory }: FilesBetween): {
  server: ServerFiles;
  published: PublishedDoor;
  browser: BrowserFiles;
  memory: CarryStore;
} {
  return {
    server: new ServerFiles(server),
    published: new PublishedDoor(course.root, (address, init) => fetch(address, init)),
    browser: new BrowserFiles(contents, copies),
    memory
  };
}

/**
 * Carries the course's files; a file that can't be carried is told in the result, the others go on.
 *
 * Throws BridgeProblem where the server can't be had for two minutes, FilesProblem `site` where the site says nothing
 * of its files, AbortError. What was sent until then is kept, and not sent again.
 */
export async function carryFiles(job: CarryJob): Promise<CarryResult> {
  const { course, lesson, copyLabel, signal, pause, onProgress, ask } = job;
  const places = placesOf(job);
  const result = await new Carry({ ...places, copyLabel, signal, pause, onProgress, ask }).run();
  if (folderOf(lesson) !== '') {
    // The kernel starts in the lesson's folder, where the server has one.
    const folder = `${course.slug}/${folderOf(lesson).normalize('NFC')}`;
    await patiently(() => places.server.ensureFolder(folder, signal), signal, pause);
  }
  return result;
}

/** Carries `notebook` (its JSON) as it stands; the path, below the course, to open in the hub's JupyterLab. */
export function carryNotebook(job: Omit<CarryJob, 'onProgress' | 'pause'>, notebook: unknown): Promise<string> {
  const { server, memory } = placesOf(job);
  const { lesson: path, copyLabel, signal, ask } = job;
  return sendNotebook({ server, memory, path, notebook, copyLabel, signal, pause, ask });
}

/** Shows what the server has that the page hasn't, until the dialog is closed. Throws as `carryFiles`. */
export async function showServerFiles(job: ListJob): Promise<void> {
  const { say, language, told, signal } = job;
  const places = { ...placesOf(job), pause, room: roomInBrowser };
  const changes = await listChanges({ ...places, signal });
  await showList({ say, language, told, changes, bring: { ...places, besideLabel: say('files.besideLabel') } });
}

/** The sentence for a file that failed. */
export function toldOf({ say }: Pick<Tongue, 'say'>, { kind, path }: FilesProblem): string {
  return say(`files.problem.${kind}`, { name: path });
}
