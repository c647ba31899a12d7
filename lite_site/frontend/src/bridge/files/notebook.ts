/** Carries the lesson's notebook as it stands in the page, for the hub's own JupyterLab. */

import { patiently, type Pause } from '../patience.ts';
import { bytesOf, sha256Of } from './bytes.ts';
import type { Choice, Conflict } from './sendings.ts';
import { type CarryStore, remember } from './memory.ts';
import { besideName } from './names.ts';
import { decide } from './plan.ts';
import type { ServerFiles } from './serverfiles.ts';
import { upload } from './upload.ts';

/** What it works with: the notebook's path below the course and its JSON (nbformat 4); `ask` as for other files. */
export interface NotebookWith {
  readonly server: ServerFiles;
  readonly memory: CarryStore;
  readonly path: string;
  readonly notebook: unknown;
  readonly copyLabel: string;
  readonly signal: AbortSignal;
  readonly pause: Pause;
  readonly ask: (conflicts: readonly Conflict[]) => Promise<ReadonlyMap<string, Choice>>;
}

/** Carries it; the path, below the course, of the one to open there. Throws BridgeProblem, FilesProblem, AbortError. */
export async function sendNotebook(notebookWith: NotebookWith): Promise<string> {
  const { server, memory, notebook, copyLabel, signal, pause, ask } = notebookWith;
  const path = notebookWith.path.normalize('NFC');
  const bytes = bytesOf({ format: 'json', content: notebook }, true);
  const here = await sha256Of(bytes);
  const { files } = await patiently(() => server.list(signal), signal, pause);
  const there = files.find(file => file.path === path) ?? null;
  const known = (await memory.getItem(server.address))?.[path];
  const last = known === undefined ? null : { from: known.here, to: known.there };
  const move = decide({ from: here, to: there?.sha256 ?? null, last });
  let choice: Choice = move === 'copy' ? 'send' : 'keep';
  if (move === 'ask' && there !== null) {
    const conflict = { path, mine: { bytes: bytes.length }, servers: { bytes: there.bytes, modified: there.modified } };
    choice = (await ask([conflict])).get(path) ?? 'keep';
  }
  if (choice === 'keep') {
    await remember(memory, server.address, there === null ? {} : { [path]: { here, there: there.sha256 } });
    return path;
  }
  const taken = new Set(files.map(file => file.path));
  const target = choice === 'both' ? besideName(path, copyLabel, name => taken.has(name)) : path;
  const expected = choice === 'both' ? null : (there?.sha256 ?? null);
  const file = { path: target, sha256: here, expected, open: () => Promise.resolve(new Blob([bytes])) };
  const end = await upload(file, { server, signal, pause, onBytes: () => undefined });
  if (end.kind === 'changed') {
    return sendNotebook(notebookWith);
  }
  const standing = choice === 'both' && there !== null ? { [path]: { here, there: there.sha256 } } : {};
  await remember(memory, server.address, { ...standing, [target]: { here, there: here } });
  return target;
}
