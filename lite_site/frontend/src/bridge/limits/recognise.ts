/** Recognises, in what a cell of the browser's kernel says, a limit of the browser's that the cluster hasn't. */

import type { ClusterSide } from './course.ts';
import { canImport } from './modules.ts';

/**
 * A limit that a cell met: out of `memory`, the kernel `died`, a `module` or `file` or `program` that isn't in the
 * browser, or a `long` run. `subject` names it (the minutes of a long run); `onCluster` is false where the cluster
 * wouldn't help either; `cell` is the cell's id.
 */
export interface Limit {
  readonly kind: 'memory' | 'died' | 'module' | 'file' | 'program' | 'long';
  readonly subject: string;
  readonly onCluster: boolean;
  readonly cell: string;
}

/** A limit before it is known where it was met. */
export type Recognised = Omit<Limit, 'cell'>;

/** An `error` message's content. */
export interface Raised {
  readonly ename: string;
  readonly evalue: string;
}

const NO_MEMORY =
  /allocation failed|Maximum memory size exceeded|WebAssembly\.Memory|[Oo]ut of memory|Invalid (?:typed )?array length/;
const FATAL = /fatally failed|memory access out of bounds|Maximum call stack size exceeded.*wasm/;
const NO_MODULE = /No module named '([^']+)'/;
const QUOTED = /No such file or directory: '((?:[^'\\]|\\.)+)'/;
const NOT_FOUND = /^(\S.*?) (?:not found|does not exist)\b/;
/** The kernel's own sentence for a program (`passerelle_browser/sentences.py`), in both languages. */
export const PROGRAM =
  /This cell runs “([^”]+)”: a browser has|Cette cellule lance «\u00a0(.+?)\u00a0»\u00a0: un navigateur n’a/;

/** The path that a missing file has below the course, seen from `folder` (the lesson's, '' for the course's own). */
export function pathFrom(folder: string, written: string): string {
  const fromDrive = written.startsWith('/drive/');
  const parts = fromDrive || folder === '' ? [] : folder.split('/');
  for (const part of written.replace(/^\/drive\//, '').split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return parts.join('/').normalize('NFC');
}

function heavyFile(evalue: string, folder: string, heavy: readonly string[]): string | null {
  const written = (QUOTED.exec(evalue) ?? NOT_FOUND.exec(evalue))?.[1];
  if (written === undefined) {
    return null;
  }
  const path = pathFrom(folder, written);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return heavy.find(known => known === path) ?? heavy.find(known => known.split('/').at(-1) === name) ?? null;
}

/** The program that the kernel refused to run, in its own sentence; null where it says no such thing. */
export function refusedProgram(text: string): string | null {
  const found = PROGRAM.exec(text);
  return found === null ? null : (found[1] ?? found[2] ?? null);
}

/** The limit that an error shows, if any, in a lesson of this folder. */
export function recogniseError({ ename, evalue }: Raised, folder: string, side: ClusterSide): Recognised | null {
  if (FATAL.test(evalue)) {
    return { kind: 'died', subject: '', onCluster: true };
  }
  if (/MemoryError$/.test(ename) || NO_MEMORY.test(evalue)) {
    return { kind: 'memory', subject: '', onCluster: true };
  }
  const program = refusedProgram(evalue);
  if (program !== null) {
    return { kind: 'program', subject: program, onCluster: true };
  }
  const module = NO_MODULE.exec(evalue)?.[1]?.split('.')[0];
  if (module !== undefined && side.packages !== null) {
    return { kind: 'module', subject: module, onCluster: canImport(module, side.packages) };
  }
  const file = ename === 'FileNotFoundError' || ename === 'OSError' ? heavyFile(evalue, folder, side.heavy) : null;
  return file === null ? null : { kind: 'file', subject: file, onCluster: true };
}
