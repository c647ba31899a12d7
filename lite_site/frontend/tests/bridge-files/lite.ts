/** JupyterLite's own drive and contents manager in Node, over a store in memory. */

import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ContentsManager } from '@jupyterlab/services';
import { build } from 'esbuild';

import { BrowserFiles } from '../../src/bridge/files/browser.ts';

const DRIVE = 'node_modules/@jupyterlite/services/lib/contents/drive.js';

type DriveModule = { BrowserStorageDrive: new (options: object) => never };

/** Its modules name each other without extensions, as bundlers take them. */
async function loadDrive(): Promise<DriveModule> {
  const folder = mkdtempSync(join(tmpdir(), 'lite-drive-'));
  try {
    const outfile = join(folder, 'drive.cjs');
    await build({ entryPoints: [DRIVE], bundle: true, platform: 'node', format: 'cjs', outfile, logLevel: 'silent' });
    return createRequire(import.meta.url)(outfile) as DriveModule;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What localforage's stores do, in memory. */
function memoryStore() {
  const held = new Map<string, unknown>();
  return {
    held,
    getItem: (key: string) => Promise.resolve(structuredClone(held.get(key) ?? null)),
    setItem: (key: string, value: unknown) => Promise.resolve(held.set(key, structuredClone(value))),
    removeItem: (key: string) => Promise.resolve(void held.delete(key)),
    keys: () => Promise.resolve([...held.keys()]),
    iterate: (each: (value: unknown, key: string) => void) =>
      Promise.resolve(held.forEach((value, key) => each(value, key)))
  };
}

/** A store of values in memory. */
export function store<Value>() {
  return memoryStore() as unknown as {
    getItem(key: string): Promise<Value | null>;
    setItem(key: string, value: Value): Promise<unknown>;
  };
}

const drives = await loadDrive();

/** A browser's storage: its files as bridge code sees them, and a way to put text there as a kernel does. */
export function browserStorage() {
  const stores = new Map<string, ReturnType<typeof memoryStore>>();
  const localforage = {
    createInstance: ({ storeName }: { storeName: string }) => {
      const made = memoryStore();
      stores.set(storeName, made);
      return made;
    }
  };
  const contents = new ContentsManager({ defaultDrive: new drives.BrowserStorageDrive({ localforage }) });
  const copies = { keys: () => Promise.resolve([...(stores.get('files')?.held.keys() ?? [])]) };
  const files = new BrowserFiles(contents, copies);
  const write = (path: string, text: string) => files.write(path, new Blob([text]));
  const read = async (path: string) => {
    const bytes = await files.read(path);
    return bytes === null ? null : new TextDecoder().decode(bytes);
  };
  return { contents, copies, files, read, write };
}
