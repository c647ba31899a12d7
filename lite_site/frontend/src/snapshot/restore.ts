/**
 * Starts Python from the site's snapshot of a kernel, and plainly where that can't be.
 *
 * JupyterLite's kernel takes this file for Pyodide's own (`pyodideUrl`), so it can't tell one start from the other.
 */

import { FORMAT, restoreFiles, restoreMemory } from './image.ts';
import type { Image } from './image.ts';
import { expectLoadedPackages, INSTANCE, LOADER } from './pyodide.ts';
import type { CreateInstance, Instance, InstanceSettings, Internals, LoadOptions, LoadPyodide, Pyodide } from './pyodide.ts';
import { objectNamed } from './references.ts';

/** What the page says of the snapshot, beside Pyodide's own options. */
export interface StartOptions extends LoadOptions {
  /** Where it is described. */
  readonly snapshotURL: string;
  /** The description's hash (https://w3c.github.io/webappsec-subresource-integrity/). */
  readonly snapshotIntegrity: string;
}

/** A file of the snapshot, packed with gzip, beside its description. */
interface Part {
  readonly file: string;
  readonly integrity: string;
}

/** The description: the image and where its two large parts are. */
interface Description extends Image {
  readonly memory: Part;
  readonly content: Part;
}

/** The module whose `complete` makes a restored Python this page's. */
const MODULE = 'passerelle_browser.snapshot';

/** Fetch what has this hash; the browser refuses anything else. */
async function fetchVerified(address: URL | string, integrity: string): Promise<Response> {
  const response = await fetch(address, { integrity });
  if (!response.ok) {
    throw new Error(`${response.url} answers ${response.status}`);
  }
  return response;
}

async function unpack(part: Part, base: string): Promise<Uint8Array> {
  const { body } = await fetchVerified(new URL(part.file, base), part.integrity);
  return new Uint8Array(await new Response(body?.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
}

/** The language of this browser, as Emscripten tells it to C. */
function languageHere(): string {
  return `${navigator.language.replace('-', '_')}.UTF-8`;
}

/** What a browser says of its line, where it does (https://wicg.github.io/netinfo/). */
interface Line {
  readonly saveData: boolean;
  readonly effectiveType: string;
}

/** Whether fetching more to compute less would make a pupil wait, by the browser's own judgement. */
function isSlow(): boolean {
  const { connection: line } = navigator as Navigator & { readonly connection?: Line };
  return line !== undefined && (line.saveData || line.effectiveType !== '4g');
}

/** The description at `address`, if this page reads its form. */
async function describe(address: string, integrity: string): Promise<Description> {
  const response = await fetchVerified(address, integrity);
  const image = (await response.json()) as Description;
  if (image.format !== FORMAT) {
    throw new Error(`it has form ${image.format}, and this page reads form ${FORMAT}`);
  }
  return image;
}

async function restore(load: LoadPyodide, { snapshotURL, snapshotIntegrity, ...options }: StartOptions): Promise<Pyodide> {
  if (isSlow()) {
    throw new Error('the line is slow, or data is to be saved');
  }
  const creating = import(`${options.indexURL}${INSTANCE}`) as Promise<{ default: CreateInstance }>;
  const image = await describe(snapshotURL, snapshotIntegrity);
  const unpacking = Promise.all([unpack(image.memory, snapshotURL), unpack(image.content, snapshotURL)]);
  unpacking.catch(() => undefined); // told below, unless something else fails first
  let internals: Internals;
  const making = async (settings: InstanceSettings): Promise<Instance> => {
    if (settings.API.config.BUILD_ID !== image.build) {
      throw new Error('it is of another build of Pyodide');
    }
    const [instance, [pages, content]] = await Promise.all([creating.then(file => file.default(settings)), unpacking]);
    restoreMemory(instance, image, pages);
    restoreFiles(instance.FS, image, content);
    expectLoadedPackages(instance);
    settings.API.restoreSnapshot = () => image.references;
    internals = settings.API;
    return instance;
  };
  const python = await load({
    ...options,
    packages: [],
    createPyodideModule: making,
    _loadSnapshot: new Uint8Array(4),
    _snapshotDeserializer: name => objectNamed(name, internals.public_api)
  });
  Object.assign(python.loadedPackages, image.loaded);
  python.pyimport(MODULE)['complete']?.(python.toPy({ LANG: languageHere(), ...options.env }));
  return python;
}

/** Pyodide's `loadPyodide`, from the snapshot where that can be. */
export async function loadPyodide(options: StartOptions): Promise<Pyodide> {
  const { loadPyodide: load } = (await import(`${options.indexURL}${LOADER}`)) as { loadPyodide: LoadPyodide };
  try {
    return await restore(load, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.info(`Python starts without its snapshot, which takes longer: ${reason}`);
    return load(options);
  }
}
