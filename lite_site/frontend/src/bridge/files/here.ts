/** The files of a course as the page has them: published, or the pupil's own version of them. */

import type { BrowserFiles, OwnFile } from './browser.ts';
import { FilesProblem } from './problems.ts';
import type { PublishedDoor, PublishedFile } from './published.ts';

/** A file as the page has it; `own` tells the pupil's from the published. */
export type HereFile = (PublishedFile | OwnFile) & { readonly own: boolean };

/** The files as the page has them: the pupil's own stand before the published ones. */
export function filesHere(published: readonly PublishedFile[], own: readonly OwnFile[]): readonly HereFile[] {
  const all = new Map<string, HereFile>(published.map(file => [file.path.normalize('NFC'), { ...file, own: false }]));
  for (const file of own) {
    all.set(file.path.normalize('NFC'), { ...file, own: true });
  }
  return [...all.values()];
}

/** Where the page's files are read. */
export interface HereDoors {
  readonly published: PublishedDoor;
  readonly browser: BrowserFiles;
}

/** The bytes of a file, past every cache where `fresh`. Throws FilesProblem `site` or `storage`, AbortError. */
export async function openHere(
  { own, path }: HereFile,
  { published, browser }: HereDoors,
  fresh: boolean,
  signal: AbortSignal
): Promise<Blob> {
  if (!own) {
    return published.open(path, fresh, signal);
  }
  const bytes = await browser.read(path);
  if (bytes === null) {
    throw new FilesProblem('storage', path);
  }
  return new Blob([bytes]);
}
