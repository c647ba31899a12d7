/** Brings files from the server into the browser's storage, with the same care as the other way. */

import { sha256Of } from './bytes.ts';
import type { CarryProgress } from './carry.ts';
import type { ChangesWith, ServerChange } from './changes.ts';
import { fetchFile } from './download.ts';
import { type CarriedFiles, remember } from './memory.ts';
import { besideName } from './names.ts';
import { FilesProblem } from './problems.ts';

/** What to do where both sides changed: leave the page's, replace it, or keep both (the server's beside). */
export type BackChoice = 'keep' | 'replace' | 'both';

/** What bringing back works with; `beside` names the server's versions that are put beside the page's. */
export interface BringWith extends ChangesWith {
  readonly besideLabel: string;
  readonly onProgress: (progress: CarryProgress) => void;
}

/** What was done: paths brought (as they stand here), left as the page has them, and those that could not come. */
export interface BringResult {
  readonly brought: readonly string[];
  readonly kept: readonly string[];
  readonly failed: readonly FilesProblem[];
}

/** The choice for a change that nobody was asked about. */
function unasked({ state }: ServerChange): BackChoice {
  return state === 'both' ? 'keep' : 'replace';
}

/**
 * Brings `changes`; a choice is needed where `state` is `both`, else the page's file stays.
 *
 * Files come one after the other: each is whole in memory while it is stored. A file that changed here since it was
 * listed stays as it is. Throws BridgeProblem, AbortError; what was brought until then stays.
 */
export async function bringChanges(
  changes: readonly ServerChange[],
  choices: ReadonlyMap<string, BackChoice>,
  bringWith: BringWith
): Promise<BringResult> {
  const { server, memory, onProgress } = bringWith;
  const fitting = changes.filter(({ fits }) => fits);
  const totalBytes = fitting.reduce((sum, { file }) => sum + file.bytes, 0);
  const failed = changes.filter(({ fits }) => !fits).map(({ path }) => new FilesProblem('too-big', path));
  const carried: Record<string, CarriedFiles[string]> = {};
  const brought: string[] = [];
  const kept: string[] = [];
  let before = 0;
  try {
    for (const [done, change] of fitting.entries()) {
      const { path, file } = change;
      const tell = (bytes: number): void =>
        onProgress({ done, total: fitting.length, bytes: before + bytes, totalBytes, name: path });
      tell(0);
      const landed = await bringOne(change, choices.get(path) ?? unasked(change), bringWith, tell);
      if (landed instanceof FilesProblem) {
        failed.push(landed);
      } else if (landed === null) {
        kept.push(path);
        if (change.here !== null) {
          carried[path] = { here: change.here, there: file.sha256 };
        }
      } else {
        brought.push(landed.path);
        carried[path] = { here: landed.here, there: landed.there };
      }
      before += file.bytes;
    }
  } finally {
    await remember(memory, server.address, carried);
  }
  return { brought, kept, failed };
}

/** Where a file landed, and the sha256 of what stands at its own path now on both sides. */
interface Landed {
  readonly path: string;
  readonly here: string;
  readonly there: string;
}

/** Where the file landed; null where it was left; or why it could not come. */
async function bringOne(
  { path, file, here }: ServerChange,
  choice: BackChoice,
  { server, browser, signal, besideLabel }: BringWith,
  onBytes: (bytes: number) => void
): Promise<Landed | null | FilesProblem> {
  if (choice === 'keep') {
    return null;
  }
  try {
    const blob = await fetchFile(server, file.path, signal, onBytes);
    const there = await sha256Of(new Uint8Array(await blob.arrayBuffer()));
    const now = await browser.own(path);
    if (choice === 'replace' && (now === null || now.sha256 === here)) {
      return { path, here: await browser.write(now?.path ?? path, blob), there };
    }
    const taken = new Set((await browser.paths()).map(other => other.normalize('NFC')));
    const beside = besideName(path, besideLabel, name => taken.has(name));
    await browser.write(beside, blob);
    return { path: beside, here: now?.sha256 ?? here ?? there, there };
  } catch (error) {
    if (error instanceof FilesProblem) {
      return error;
    }
    throw error;
  }
}
