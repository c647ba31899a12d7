/**
 * Makes a kernel's snapshot, in Node at build: `node make-snapshot.mjs JOB.json FOLDER`.
 *
 * The job says where Pyodide's and the wheels' files are and what to load; the folder gets the kept pages of `memory`,
 * the `content` of the files that Python made, and `image.json`, which says what they are. The same job gives the same bytes.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { argv, exit, stderr } from 'node:process';
import { pathToFileURL } from 'node:url';

import { comparePages, FORMAT, listTree, pickPages } from './image.ts';
import type { Image } from './image.ts';
import { expectLoadedPackages, INSTANCE, LOADER } from './pyodide.ts';
import type { CreateInstance, Instance, LoadPyodide, Pyodide } from './pyodide.ts';
import { nameOf } from './references.ts';
import { becomeWorker, ORIGIN } from './workerface.ts';

/** What to make a snapshot of. */
interface Job {
  /** Paths on this machine by address: `pyodide/…`, `wheels/…`. */
  readonly files: Readonly<Record<string, string>>;
  readonly lock: object;
  readonly packages: readonly string[];
  /** Where Python leaves files while it starts. */
  readonly roots: readonly string[];
  /** The module whose `prepare` brings the kernel up. */
  readonly module: string;
}

/** Bytes of the blocks that free memory is cut into, one size after the other, to be wiped. */
const BLOCKS = [1 << 18, 1 << 16, 1 << 14, 4096, 1024, 256, 64, 24];

/** Fill what Python gave back with zeros: it packs better, and pages that are all zero aren't kept. */
function wipeFreeMemory(instance: Instance): void {
  const end = (): number => instance.HEAPU32[instance._emscripten_get_sbrk_ptr() / 4] ?? 0;
  const held: number[] = [];
  for (const size of BLOCKS) {
    const before = end();
    while (end() === before) {
      const block = instance._malloc(size);
      instance.HEAPU8.fill(0, block, block + size);
      held.push(block);
    }
  }
  held.forEach(block => instance._free(block));
}

function imageIn(snapshot: Uint8Array): { memory: Uint8Array; references: Image['references'] } {
  const [, start = 0, length = 0] = new Uint32Array(snapshot.buffer, 0, 3);
  const text = new TextDecoder().decode(snapshot.subarray(48, 48 + length));
  return { memory: snapshot.subarray(start), references: JSON.parse(text) as Image['references'] };
}

async function load(job: Job): Promise<{ python: Pyodide; instance: Instance; fresh: Uint8Array; functions: number }> {
  const fileAt = (name: string): string => pathToFileURL(job.files[`pyodide/${name}`] ?? '').href;
  const { default: create } = (await import(fileAt(INSTANCE))) as { default: CreateInstance };
  const { loadPyodide } = (await import(fileAt(LOADER))) as { loadPyodide: LoadPyodide };
  const found: { instance?: Instance; fresh?: Uint8Array; functions?: number } = {};
  const python = await loadPyodide({
    indexURL: `${ORIGIN}pyodide/`,
    lockFileContents: job.lock,
    packageBaseUrl: `${ORIGIN}wheels/`,
    packages: job.packages,
    stdout: () => undefined,
    stderr: line => stderr.write(`${line}\n`),
    _makeSnapshot: true,
    createPyodideModule: async settings => {
      const { instantiateWasm } = settings;
      settings.instantiateWasm = (imports, received) =>
        instantiateWasm(imports, (instance, module) => {
          found.fresh = new Uint8Array((instance.exports['memory'] as WebAssembly.Memory).buffer).slice();
          received(instance, module);
        });
      const instance = await create(settings);
      found.functions = instance.wasmTable.length;
      found.instance = instance;
      return instance;
    }
  });
  return { python, ...(found as Required<typeof found>) };
}

async function make(job: Job, folder: string): Promise<void> {
  const { python, instance, fresh, functions } = await load(job);
  python.pyimport(job.module)['prepare']?.();
  wipeFreeMemory(instance);
  expectLoadedPackages(instance);
  const { memory, references } = imageIn(python.makeMemorySnapshot({ serializer: held => nameOf(held, python) }));
  const { kept, given } = comparePages(memory, fresh);
  const { folders, files } = listTree(python.FS, job.roots);
  const contents = files.map(path => python.FS.readFile(path));
  const image: Image = {
    format: FORMAT,
    build: instance.API.config.BUILD_ID,
    size: memory.length,
    functions,
    kept,
    given,
    references,
    loaded: { ...python.loadedPackages },
    folders,
    files: files.map((path, number) => [path, contents[number]?.length ?? 0])
  };
  writeFileSync(`${folder}/memory`, pickPages(memory, kept));
  writeFileSync(`${folder}/content`, Buffer.concat(contents));
  writeFileSync(`${folder}/image.json`, JSON.stringify(image));
}

const [, , jobFile = '', folder = ''] = argv;
const job = JSON.parse(readFileSync(jobFile, 'utf8')) as Job;
becomeWorker(job.files);
try {
  await make(job, folder);
  exit(0);
} catch (error) {
  stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  exit(1);
}
