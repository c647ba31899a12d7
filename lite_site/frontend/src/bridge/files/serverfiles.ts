/** The door to the files of the course's folder on the server (`passerelle/files` of the single-user server). */

import type { ServerDoor } from '../server.ts';
import { parseListing, type ServerListing } from './listing.ts';
import { inAddress } from './names.ts';
import { FilesProblem } from './problems.ts';

/** One chunk of a file: where it starts, and the file it belongs to; `expected` is what is believed to be there. */
export interface Chunk {
  readonly path: string;
  readonly body: Blob;
  readonly offset: number;
  readonly length: number;
  readonly sha256: string;
  /** The sha256 of the file there, null for none. */
  readonly expected: string | null;
}

/** The server's answer to a chunk; `elsewhere` is where it wants the upload to go on (another may be sending, too). */
export type ChunkReply =
  | { readonly kind: 'whole' }
  | { readonly kind: 'continue'; readonly offset: number }
  | { readonly kind: 'elsewhere'; readonly offset: number }
  | { readonly kind: 'changed'; readonly sha256: string | null }
  | { readonly kind: 'hash' };

const REFUSALS: ReadonlyMap<number, FilesProblem['kind']> = new Map([
  [400, 'name'],
  [404, 'gone'],
  [413, 'too-big'],
  [507, 'no-room']
]);

function refusal(status: number, path: string): FilesProblem {
  return new FilesProblem(REFUSALS.get(status) ?? 'unexpected', path);
}

function offsetIn(response: Response): number {
  const offset = Number(response.headers.get('Upload-Offset') ?? '0');
  return Number.isSafeInteger(offset) && offset >= 0 ? offset : 0;
}

async function sha256In(response: Response): Promise<string | null> {
  const said = (await response.json().catch(() => null)) as { readonly sha256?: unknown } | null;
  return typeof said?.sha256 === 'string' ? said.sha256 : null;
}

function condition(expected: string | null): Record<string, string> {
  return expected === null ? { 'If-None-Match': '*' } : { 'If-Match': `"${expected}"` };
}

/** Files through a server's door; every method throws what the door throws, and FilesProblem. */
export class ServerFiles {
  readonly #door: ServerDoor;

  constructor(door: ServerDoor) {
    this.#door = door;
  }

  /** The address that stands for the person and the course. */
  get address(): string {
    return this.#door.base;
  }

  /** What is there. */
  async list(signal: AbortSignal): Promise<ServerListing> {
    const response = await this.#door.request('passerelle/files', { signal });
    if (!response.ok) {
      throw refusal(response.status, '');
    }
    return parseListing(await response.json());
  }

  /** How many bytes of a cut upload of that content are there already. */
  async offset(path: string, sha256: string, signal: AbortSignal): Promise<number> {
    const headers = { 'Upload-Sha256': sha256 };
    const response = await this.#door.request(this.#at(path), { method: 'HEAD', headers, signal });
    return response.ok ? offsetIn(response) : 0;
  }

  /** Sends a chunk. */
  async put({ path, body, offset, length, sha256, expected }: Chunk, signal: AbortSignal): Promise<ChunkReply> {
    const headers = {
      'Content-Type': 'application/octet-stream',
      'Upload-Offset': String(offset),
      'Upload-Length': String(length),
      'Upload-Sha256': sha256,
      ...condition(expected)
    };
    const response = await this.#door.request(this.#at(path), { method: 'PUT', headers, body, signal });
    switch (response.status) {
      case 200:
      case 201:
        return { kind: 'whole' };
      case 204:
        return { kind: 'continue', offset: offsetIn(response) };
      case 409:
        return { kind: 'elsewhere', offset: offsetIn(response) };
      case 412:
        return { kind: 'changed', sha256: await sha256In(response) };
      case 422:
        return { kind: 'hash' };
      default:
        throw refusal(response.status, path);
    }
  }

  /** The file as it stands there, to be read once. */
  async open(path: string, signal: AbortSignal): Promise<Response> {
    const response = await this.#door.request(this.#at(path), { signal });
    if (!response.ok) {
      throw refusal(response.status, path);
    }
    return response;
  }

  /** Makes sure of a folder, and those above it, below the person's home. */
  async ensureFolder(folder: string, signal: AbortSignal): Promise<void> {
    const parts = folder.split('/');
    for (let depth = 1; depth <= parts.length; depth += 1) {
      const path = `api/contents/${inAddress(parts.slice(0, depth).join('/'))}`;
      const init = { method: 'PUT', body: JSON.stringify({ type: 'directory' }), signal };
      const response = await this.#door.request(path, init);
      if (!response.ok) {
        throw refusal(response.status, folder);
      }
    }
  }

  #at(path: string): string {
    return `passerelle/files/${inAddress(path)}`;
  }
}
