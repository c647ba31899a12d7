/** A person's server at its door, in memory: `passerelle/files` as the contract has it, and a network that can fail. */

import { createHash } from 'node:crypto';

import { BridgeProblem } from '../../src/bridge/problems.ts';
import type { ServerDoor } from '../../src/bridge/server.ts';

export const sha = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** What happens to one request: nobody hears it, or nobody hears its answer. */
export type Mishap = 'lost' | 'answer lost' | null;

export class MemoryServer implements ServerDoor {
  readonly base = 'https://hub.example/user/ada/genomique/';
  readonly wsBase = 'wss://hub.example/user/ada/genomique/';
  readonly files = new Map<string, Uint8Array>();
  readonly partial = new Map<string, Uint8Array>();
  readonly folders: string[] = [];
  readonly asked: string[] = [];
  room = Infinity;
  largest = Infinity;
  atOnce = 0;
  mostAtOnce = 0;
  /** Called before each request is served. */
  meanwhile: (method: string, path: string) => Mishap | void = () => null;

  token(): Promise<string> {
    return Promise.resolve('token');
  }

  text(path: string): string | null {
    const bytes = this.files.get(path);
    return bytes === undefined ? null : new TextDecoder().decode(bytes);
  }

  put(path: string, text: string): void {
    this.files.set(path, new TextEncoder().encode(text));
  }

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const method = init.method ?? 'GET';
    this.asked.push(`${method} ${path}`);
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    try {
      await new Promise(resolve => setTimeout(resolve, 1));
      init.signal?.throwIfAborted();
      const mishap = this.meanwhile(method, decodeURIComponent(path)) ?? null;
      if (mishap === 'lost') {
        throw new BridgeProblem('unreachable');
      }
      const response = await this.#serve(method, path, init);
      if (mishap === 'answer lost') {
        throw new BridgeProblem('unreachable');
      }
      return response;
    } finally {
      this.atOnce -= 1;
    }
  }

  async #serve(method: string, path: string, init: RequestInit): Promise<Response> {
    if (path === 'passerelle/files') {
      const files = [...this.files].map(([name, bytes]) => ({
        path: name,
        bytes: bytes.length,
        sha256: sha(bytes),
        modified: 1_700_000_000
      }));
      return Response.json({ files, free_bytes: this.room, max_file_bytes: this.largest });
    }
    if (path.startsWith('api/contents/')) {
      this.folders.push(decodeURIComponent(path.slice('api/contents/'.length)));
      return Response.json({}, { status: 201 });
    }
    const name = decodeURIComponent(path.slice('passerelle/files/'.length));
    const headers = new Headers(init.headers);
    if (method === 'PUT') {
      return this.#put(name, headers, new Uint8Array(await (init.body as Blob).arrayBuffer()));
    }
    if (method === 'HEAD') {
      const begun = this.partial.get(name + headers.get('Upload-Sha256'))?.length ?? 0;
      return new Response(null, { headers: { 'Upload-Offset': String(begun) } });
    }
    const bytes = this.files.get(name);
    return bytes === undefined ? new Response(null, { status: 404 }) : new Response(new Blob([bytes.slice()]));
  }

  #put(name: string, headers: Headers, body: Uint8Array): Response {
    const standing = this.files.get(name);
    const now = standing === undefined ? null : sha(standing);
    const matches = headers.get('If-Match') === null ? now === null : headers.get('If-Match') === `"${now}"`;
    if (!matches) {
      return Response.json({ code: 'changed', sha256: now }, { status: 412 });
    }
    const hash = headers.get('Upload-Sha256') ?? '';
    const length = Number(headers.get('Upload-Length'));
    if (length > this.largest) {
      return Response.json({ code: 'too-big' }, { status: 413 });
    }
    if (length > this.room) {
      return Response.json({ code: 'no-room' }, { status: 507 });
    }
    const key = name + hash;
    const begun = this.partial.get(key) ?? new Uint8Array();
    if (Number(headers.get('Upload-Offset')) !== begun.length) {
      return new Response(null, { status: 409, headers: { 'Upload-Offset': String(begun.length) } });
    }
    const grown = new Uint8Array([...begun, ...body]);
    this.partial.set(key, grown);
    if (grown.length < length) {
      return new Response(null, { status: 204, headers: { 'Upload-Offset': String(grown.length) } });
    }
    this.partial.delete(key);
    if (sha(grown) !== hash) {
      return Response.json({ code: 'hash' }, { status: 422 });
    }
    this.files.set(name, grown);
    return Response.json({ path: name, bytes: length, sha256: hash }, { status: 201 });
  }
}

/** A published course in memory. */
export function publishedAt(root: string, files: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const fetched = (address: string, init: RequestInit): Promise<Response> => {
    asked.push(`${init.cache ?? ''} ${address}`);
    if (address === `${root}course.json`) {
      const listed = Object.entries(files).map(([path, text]) => ({
        path,
        bytes: Buffer.byteLength(text),
        sha256: sha(text)
      }));
      return Promise.resolve(Response.json({ slug: 'genomique', files: listed }));
    }
    const text = files[decodeURIComponent(address.slice(`${root}files/`.length))];
    return Promise.resolve(text === undefined ? new Response(null, { status: 404 }) : new Response(text));
  };
  return { asked, fetched };
}
