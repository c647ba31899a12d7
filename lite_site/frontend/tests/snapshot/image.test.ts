import assert from 'node:assert/strict';
import { test } from 'node:test';

import { comparePages, fillMemory, FORMAT, listTree, pickPages, restoreFiles, restoreMemory } from '../../src/snapshot/image.ts';
import type { Image } from '../../src/snapshot/image.ts';
import type { FileSystem, Instance } from '../../src/snapshot/pyodide.ts';

const PAGE = 4096;

function image(memory: Uint8Array, fresh: Uint8Array, more: Partial<Image> = {}): Image {
  return {
    format: FORMAT,
    build: 'a',
    size: memory.length,
    functions: 3,
    ...comparePages(memory, fresh),
    references: { hiwireKeys: [], immortalKeys: [] },
    loaded: {},
    folders: [],
    files: [],
    ...more
  };
}

/** Pages filled with these bytes. */
function pages(...bytes: number[]): Uint8Array {
  return Uint8Array.from(bytes.flatMap(byte => new Array<number>(PAGE).fill(byte)));
}

test('only pages that a fresh instance lacks are kept, neighbours together', () => {
  const { kept, given } = comparePages(pages(1, 2, 3, 0, 4, 4), pages(1, 9, 0, 7));
  assert.deepEqual(given, [[0, PAGE]]);
  assert.deepEqual(kept, [
    [PAGE, 2 * PAGE],
    [4 * PAGE, 2 * PAGE]
  ]);
});

test('an instance that has run on gets the whole memory back, wherever it wrote', () => {
  const fresh = pages(1, 9, 0, 7);
  const memory = pages(1, 2, 0, 0, 4, 0);
  memory[PAGE + 5] = 77;
  const made = image(memory, fresh);
  for (const before of [pages(1, 9, 0, 7, 0, 0), pages(1, 5, 5, 5, 5, 5), pages(1, 9, 0, 7, 0, 0, 6, 6)]) {
    fillMemory(before, made, pickPages(memory, made.kept));
    assert.deepEqual(before.subarray(0, memory.length), memory);
    assert.ok(before.subarray(memory.length).every(byte => byte === 0));
  }
});

test('any memory comes back from any fresh one', () => {
  let state = 1;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) % below;
  };
  for (let round = 0; round < 200; round += 1) {
    const fresh = pages(...Array.from({ length: 1 + next(6) }, () => next(3)));
    const memory = pages(...Array.from({ length: fresh.length / PAGE + next(4) }, () => next(3)));
    const made = image(memory, fresh);
    const instance = new Uint8Array(memory.length);
    instance.set(fresh);
    fillMemory(instance, made, pickPages(memory, made.kept));
    assert.deepEqual(instance, memory);
  }
});

/** An instance as far as memory goes; its trampoline's number stands at byte 8. */
function instanceOf(memory: Uint8Array, functions: number, grows = true): { instance: Instance; told: number[][] } {
  const told: number[][] = [];
  const instance = {
    HEAPU8: memory,
    HEAP32: new Int32Array(memory.buffer),
    HEAPU32: new Uint32Array(memory.buffer),
    wasmTable: { length: functions },
    __PyRuntime: 8,
    __PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET: 0,
    _timezone: 16,
    _daylight: 20,
    _tzname: 24,
    __tzset_js: (...addresses: number[]) => void told.push(addresses),
    growMemory: () => (grows ? 1 : undefined)
  };
  return { instance: instance as unknown as Instance, told };
}

test('the number of the function that calls others stays the fresh instance’s own', () => {
  const memory = new Uint8Array(PAGE).fill(0);
  memory.set([0, 0, 0, 0, 1, 1, 1, 1, 50, 0, 0, 0], 0);
  const { instance, told } = instanceOf(new Uint8Array(PAGE), 3);
  instance.HEAP32[2] = 99;
  const made = image(memory, new Uint8Array(PAGE));
  restoreMemory(instance, made, pickPages(memory, made.kept));
  assert.equal(instance.HEAP32[2], 99);
  assert.equal(instance.HEAPU8[5], 1);
  assert.deepEqual(told, [[16, 20, 0, 0]]);
});

test('a browser that numbers functions otherwise, or has no room, is told apart before anything is written', () => {
  const made = image(pages(1), pages(0));
  const { instance } = instanceOf(pages(0), 4);
  assert.throws(() => restoreMemory(instance, made, pages(1)), /numbers functions otherwise \(4, not 3\)/);
  assert.deepEqual(instance.HEAPU8, pages(0));
  const { instance: narrow } = instanceOf(new Uint8Array(8), 3, false);
  assert.throws(() => restoreMemory(narrow, made, pages(1)), /no room for 4096 bytes/);
});

/** A file system of maps. */
function systemOf(files: Record<string, string>): FileSystem {
  const held = new Map<string, Uint8Array>(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]));
  const folders = new Set<string>();
  return {
    mkdirTree: path => void folders.add(path),
    readdir: folder => [
      '.',
      '..',
      ...new Set(
        [...held.keys()].filter(path => path.startsWith(`${folder}/`)).map(path => path.slice(folder.length + 1).split('/')[0] ?? '')
      )
    ],
    readFile: path => held.get(path) ?? new Uint8Array(),
    writeFile: (path, data) => {
      assert.ok(folders.has(path.slice(0, path.lastIndexOf('/'))), `${path} has no folder`);
      held.set(path, data);
    },
    lookupPath: path => ({ node: { mode: held.has(path) ? 1 : 2 } }),
    isFile: mode => mode === 1,
    isDir: mode => mode === 2
  };
}

test('files come back where they were, in the order of their names', () => {
  const system = systemOf({ '/lib/b.py': 'bb', '/lib/a/z.py': '', '/lib/a/y.py': 'yyy', '/home/x': 'x', '/etc/other': 'o' });
  const { folders, files } = listTree(system, ['/lib', '/home']);
  assert.deepEqual(folders, ['/lib', '/lib/a', '/home']);
  assert.deepEqual(files, ['/lib/a/y.py', '/lib/a/z.py', '/lib/b.py', '/home/x']);
  const made = image(pages(0), pages(0), { folders, files: files.map(path => [path, system.readFile(path).length]) });
  const restored = systemOf({});
  restoreFiles(restored, made, new TextEncoder().encode('yyybbx'));
  for (const path of files) {
    assert.deepEqual(restored.readFile(path), system.readFile(path));
  }
});
