/** As much of Pyodide 314 as a snapshot touches; what begins with an underscore is private there. */

/** Pyodide's file system, Emscripten's (https://emscripten.org/docs/api_reference/Filesystem-API.html). */
export interface FileSystem {
  mkdirTree(path: string): void;
  readdir(path: string): string[];
  readFile(path: string): Uint8Array;
  writeFile(path: string, data: Uint8Array, options: { canOwn: boolean }): void;
  lookupPath(path: string): { node: { mode: number } };
  isDir(mode: number): boolean;
  isFile(mode: number): boolean;
}

/** Which of the page's objects Python held: Pyodide's own form, kept as it is. */
export interface References {
  readonly hiwireKeys: readonly unknown[];
  readonly immortalKeys: readonly string[];
}

/** The inside of Pyodide, shared by its parts. */
export interface Internals {
  readonly config: { readonly BUILD_ID: string };
  readonly public_api: Pyodide;
  restoreSnapshot: (image: Uint8Array) => References;
  getExpectedKeys: () => unknown[];
}

/** An instance of Pyodide's WebAssembly. */
export interface Instance {
  readonly API: Internals;
  readonly FS: FileSystem;
  readonly HEAPU8: Uint8Array;
  readonly HEAP32: Int32Array;
  readonly HEAPU32: Uint32Array;
  readonly wasmTable: WebAssembly.Table;
  readonly _timezone: number;
  readonly _daylight: number;
  readonly _tzname: number;
  __tzset_js(zone: number, daylight: number, standardName: number, daylightName: number): void;
  readonly __PyRuntime: number;
  readonly __PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET: number;
  growMemory(size: number): 1 | undefined;
  _malloc(size: number): number;
  _free(address: number): void;
  _emscripten_get_sbrk_ptr(): number;
}

type Received = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;

/** What Emscripten is told when it makes an instance. */
export interface InstanceSettings {
  readonly API: Internals;
  instantiateWasm: (imports: WebAssembly.Imports, received: Received) => object;
}

export type CreateInstance = (settings: InstanceSettings) => Promise<Instance>;

/** A running Python. */
export interface Pyodide {
  readonly _api: Internals;
  readonly FS: FileSystem;
  readonly loadedPackages: Record<string, string>;
  runPython(code: string): unknown;
  pyimport(module: string): Record<string, (...values: unknown[]) => unknown>;
  toPy(value: unknown): unknown;
  makeMemorySnapshot(options: { serializer: (held: unknown) => string }): Uint8Array;
}

export interface LoadOptions {
  indexURL: string;
  env?: Record<string, string>;
  packages?: readonly string[];
  lockFileContents?: object;
  packageBaseUrl?: string;
  createPyodideModule?: CreateInstance;
  stdout?: (line: string) => void;
  stderr?: (line: string) => void;
  _makeSnapshot?: boolean;
  _loadSnapshot?: Uint8Array;
  _snapshotDeserializer?: (name: string) => unknown;
}

export type LoadPyodide = (options: LoadOptions) => Promise<Pyodide>;

/** The file in which `loadPyodide` stands, and the one that makes its instance. */
export const LOADER = 'pyodide.mjs';
export const INSTANCE = 'pyodide.asm.mjs';

/** Where, among the objects Pyodide knows by number, `loadedPackages` stands: it expects an empty one there. */
const LOADED_PACKAGES = 6;

/** Have Python keep the loaded packages of `instance` over a snapshot, as it keeps its other objects. */
export function expectLoadedPackages(instance: Instance): void {
  const expected = instance.API.getExpectedKeys;
  instance.API.getExpectedKeys = () => expected().with(LOADED_PACKAGES, instance.API.public_api.loadedPackages);
}
