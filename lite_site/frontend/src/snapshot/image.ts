/**
 * A kernel's memory and files as they lie on the site.
 *
 * Of the memory only the pages are kept that a fresh instance doesn't have already.
 */

import type { FileSystem, Instance, References } from './pyodide.ts';

/** The form of what follows; another one isn't read. */
export const FORMAT = 1;

/** Bytes compared, and kept or left out, together. */
const PAGE = 4096;

/** A stretch of memory: its first address, and its length in bytes. */
export type Stretch = readonly [start: number, length: number];

/** What a fresh Python must be told to go on from a snapshot. */
export interface Image {
  readonly format: number;
  /** Pyodide's own name for the build that the memory is of. */
  readonly build: string;
  /** Bytes of memory. */
  readonly size: number;
  /** Functions that a fresh instance can call by number: memory holds such numbers. */
  readonly functions: number;
  /** The stretches that lie one after the other in the memory's file. */
  readonly kept: readonly Stretch[];
  /** Those that are as WebAssembly's own data sets them; every other byte is zero. */
  readonly given: readonly Stretch[];
  readonly references: References;
  readonly loaded: Readonly<Record<string, string>>;
  readonly folders: readonly string[];
  /** Paths and lengths of the files that lie one after the other in theirs. */
  readonly files: readonly (readonly [path: string, length: number])[];
}

function isZero(memory: Uint8Array, start: number): boolean {
  const words = new Uint32Array(memory.buffer, memory.byteOffset + start, PAGE / 4);
  return words.every(word => word === 0);
}

function isSame(one: Uint8Array, other: Uint8Array, start: number): boolean {
  for (let at = start; at < start + PAGE; at += 1) {
    if (one[at] !== other[at]) {
      return false;
    }
  }
  return true;
}

function add(stretches: [number, number][], start: number): void {
  const last = stretches.at(-1);
  if (last !== undefined && last[0] + last[1] === start) {
    last[1] += PAGE;
  } else {
    stretches.push([start, PAGE]);
  }
}

/** Which pages of `memory` to keep, and which a new instance has from WebAssembly's data, as in `fresh`. */
export function comparePages(memory: Uint8Array, fresh: Uint8Array): { kept: Stretch[]; given: Stretch[] } {
  const kept: [number, number][] = [];
  const given: [number, number][] = [];
  for (let start = 0; start < memory.length; start += PAGE) {
    if (!isZero(memory, start)) {
      add(start < fresh.length && isSame(memory, fresh, start) ? given : kept, start);
    }
  }
  return { kept, given };
}

/** The kept pages one after the other. */
export function pickPages(memory: Uint8Array, kept: readonly Stretch[]): Uint8Array {
  const picked = new Uint8Array(kept.reduce((sum, [, length]) => sum + length, 0));
  let at = 0;
  for (const [start, length] of kept) {
    picked.set(memory.subarray(start, start + length), at);
    at += length;
  }
  return picked;
}

/** Make `memory`, that of an instance just started, what it was: `pages` are the kept ones. */
export function fillMemory(memory: Uint8Array, image: Image, pages: Uint8Array): void {
  let end = 0;
  for (const [start, length] of [...image.kept, ...image.given].sort((one, other) => one[0] - other[0])) {
    memory.fill(0, end, start);
    end = start + length;
  }
  memory.fill(0, end);
  let at = 0;
  for (const [start, length] of image.kept) {
    memory.set(pages.subarray(at, at + length), start);
    at += length;
  }
}

/** Where memory holds the number of the function through which this engine calls others. */
function trampolineAt(instance: Instance): number {
  return (instance.__PyRuntime + (instance.HEAP32[instance.__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET / 4] ?? 0)) / 4;
}

/** Tell C of this browser's time zone: it asks once, and did so at build. */
function setTimeZone({ _timezone, _daylight, _tzname, HEAPU32, __tzset_js: tell }: Instance): void {
  tell(_timezone, _daylight, HEAPU32[_tzname / 4] ?? 0, HEAPU32[_tzname / 4 + 1] ?? 0);
}

/** Give a fresh `instance` the memory of `image`; an error says why that can't be. */
export function restoreMemory(instance: Instance, image: Image, pages: Uint8Array): void {
  if (instance.wasmTable.length !== image.functions) {
    throw new Error(`this browser numbers functions otherwise (${instance.wasmTable.length}, not ${image.functions})`);
  }
  if (instance.HEAPU8.length < image.size && instance.growMemory(image.size) !== 1) {
    throw new Error(`there is no room for ${image.size} bytes of memory`);
  }
  const trampoline = instance.HEAP32[trampolineAt(instance)] ?? 0;
  fillMemory(instance.HEAPU8, image, pages);
  instance.HEAP32[trampolineAt(instance)] = trampoline;
  setTimeZone(instance);
}

/** Every folder and file below `roots`, in the order of their names. */
export function listTree(system: FileSystem, roots: readonly string[]): { folders: string[]; files: string[] } {
  const folders: string[] = [];
  const files: string[] = [];
  const visit = (folder: string): void => {
    folders.push(folder);
    for (const name of system.readdir(folder).sort()) {
      const path = `${folder}/${name}`;
      if (name === '.' || name === '..') {
        continue;
      }
      const { mode } = system.lookupPath(path).node;
      if (system.isDir(mode)) {
        visit(path);
      } else if (system.isFile(mode)) {
        files.push(path);
      }
    }
  };
  roots.forEach(visit);
  return { folders, files };
}

/** Put the files of `image` where they were; `content` is all of them, one after the other. */
export function restoreFiles(system: FileSystem, image: Image, content: Uint8Array): void {
  for (const folder of image.folders) {
    system.mkdirTree(folder);
  }
  let at = 0;
  for (const [path, length] of image.files) {
    system.writeFile(path, content.subarray(at, at + length), { canOwn: true });
    at += length;
  }
}
