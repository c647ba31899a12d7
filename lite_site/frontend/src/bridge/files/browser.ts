/** The pupil's files: those that the browser's storage holds of its own for this course. */

import type { Contents } from '@jupyterlab/services';

import type { Store } from '../../versions/versions.ts';
import { type Bytes, bytesOf, sha256Of, toBase64 } from './bytes.ts';
import { folderOf, isCarried, isNotebook, nameOf } from './names.ts';
import { FilesProblem } from './problems.ts';

/** Where files are read and written (JupyterLite's contents manager is one). */
export type ContentsDoor = Pick<Contents.IManager, 'get' | 'save' | 'newUntitled' | 'rename'>;

/** A file of the browser's storage; `path` is as stored. */
export interface OwnFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** JupyterLite's drive decodes the paths it is given (0.8.6): `100 %.csv` would be none. */
function forDrive(path: string): string {
  return path.replaceAll('%', '%25');
}

/** The files that the pupil changed or added; `copies` knows the paths of what the browser holds. */
export class BrowserFiles {
  readonly #contents: ContentsDoor;
  readonly #copies: Pick<Store<unknown>, 'keys'>;

  constructor(contents: ContentsDoor, copies: Pick<Store<unknown>, 'keys'>) {
    this.#contents = contents;
    this.#copies = copies;
  }

  /** The paths of what the browser holds, folders included. */
  paths(): Promise<readonly string[]> {
    return this.#copies.keys();
  }

  /** Those that can be carried, hashed; notebooks only with `notebooks`. */
  async list({ notebooks }: { readonly notebooks: boolean }): Promise<readonly OwnFile[]> {
    const paths = (await this.paths()).filter(path => isCarried(path) && (notebooks || !isNotebook(path)));
    const files: OwnFile[] = [];
    for (const path of paths) {
      // One after the other: each is whole in memory while it is hashed.
      const file = await this.own(path);
      if (file !== null) {
        files.push(file);
      }
    }
    return files;
  }

  /** The pupil's own file at `path` (accents composed or not), hashed; null where the browser holds none. */
  async own(path: string): Promise<OwnFile | null> {
    const wanted = path.normalize('NFC');
    const stored = (await this.paths()).find(other => other.normalize('NFC') === wanted);
    const bytes = stored === undefined ? null : await this.read(stored);
    return stored === undefined || bytes === null
      ? null
      : { path: stored, bytes: bytes.length, sha256: await sha256Of(bytes) };
  }

  /** The bytes of a file, as a kernel in this page reads them; null where there is none. */
  async read(path: string): Promise<Bytes | null> {
    const found = await this.#find(path);
    if (found === null || found.type === 'directory') {
      return null;
    }
    const { format, content } = await this.#contents.get(forDrive(path), { content: true });
    return bytesOf({ format: format ?? null, content: content as unknown }, found.type === 'notebook');
  }

  /** Puts `blob` at `path`, over what is there; its sha256 as it reads back. Throws FilesProblem `storage`. */
  async write(path: string, blob: Blob): Promise<string> {
    try {
      await this.#ensureFolder(folderOf(path));
      await this.#contents.save(forDrive(path), await this.#model(path, blob));
    } catch (error) {
      throw error instanceof DOMException ? new FilesProblem('storage', path) : error;
    }
    const written = await this.read(path);
    if (written === null) {
      throw new FilesProblem('storage', path);
    }
    return sha256Of(written);
  }

  async #model(path: string, blob: Blob): Promise<Partial<Contents.IModel>> {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    if (!isNotebook(path)) {
      return { type: 'file', format: 'base64', content: toBase64(bytes) };
    }
    try {
      return { type: 'notebook', format: 'json', content: JSON.parse(new TextDecoder().decode(bytes)) as unknown };
    } catch (error) {
      throw error instanceof SyntaxError ? new FilesProblem('damaged', path) : error;
    }
  }

  async #ensureFolder(folder: string): Promise<void> {
    if (folder === '' || (await this.#find(folder)) !== null) {
      return;
    }
    const parent = folderOf(folder);
    await this.#ensureFolder(parent);
    // The contents API names new folders itself: made, then renamed.
    const made = await this.#contents.newUntitled({ path: forDrive(parent), type: 'directory' });
    await this.#contents.rename(forDrive(made.path), parent === '' ? nameOf(folder) : folder);
  }

  async #find(path: string): Promise<Contents.IModel | null> {
    try {
      return await this.#contents.get(forDrive(path), { content: false });
    } catch (error) {
      // A Response error for a missing file (ServerConnection.ResponseError, 404), or an Error of the drive's.
      if (error instanceof Error && !(error instanceof DOMException)) {
        return null;
      }
      throw error;
    }
  }
}
