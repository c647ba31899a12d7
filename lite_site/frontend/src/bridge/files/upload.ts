/** Brings one file to the server: in chunks, from where a cut upload ended. */

import { patiently, pause as rest, type Pause } from '../patience.ts';
import { FilesProblem } from './problems.ts';
import type { ServerFiles } from './serverfiles.ts';

/** The most that goes in one request (bytes). */
export const CHUNK = 8 * 1024 * 1024;

/**
 * How often in a row the server may say that the upload goes on elsewhere: two tabs send the same file, or one was
 * just cut and the server doesn't know yet. With growing waits, about a minute.
 */
const MOST_DETOURS = 15;
const DETOUR_WAIT = 500;

/** A file to bring; `open` gives its bytes, past caches where `fresh`; `expected` is what stands there (null: none). */
export interface Upload {
  readonly path: string;
  readonly sha256: string;
  readonly expected: string | null;
  readonly open: (fresh: boolean) => Promise<Blob>;
}

/**
 * What an upload works with: `pause` while nobody answers, `detour` while it goes on elsewhere; `onBytes` hears how
 * many bytes of the file are there.
 */
export interface UploadWith {
  readonly server: ServerFiles;
  readonly signal: AbortSignal;
  readonly pause: Pause;
  readonly onBytes: (there: number) => void;
  readonly detour?: Pause;
  readonly chunk?: number;
}

/** The file is there; or what stands there isn't what was expected (its sha256), and nothing was changed. */
export type UploadEnd = { readonly kind: 'there' } | { readonly kind: 'changed'; readonly sha256: string | null };

/** Brings a file. Throws FilesProblem, BridgeProblem, AbortError. */
export async function upload(
  file: Upload,
  { server, signal, pause, onBytes, detour = rest, chunk = CHUNK }: UploadWith
): Promise<UploadEnd> {
  const { path, sha256, expected } = file;
  const startOf = (blob: Blob): Promise<number> =>
    blob.size > chunk ? patiently(() => server.offset(path, sha256, signal), signal, pause) : Promise.resolve(0);
  let blob = await file.open(false);
  let offset = Math.min(await startOf(blob), blob.size);
  for (let detours = 0, renewed = false; ;) {
    onBytes(offset);
    const body = blob.slice(offset, offset + chunk);
    const sent = { path, body, offset, length: blob.size, sha256, expected };
    const reply = await patiently(() => server.put(sent, signal), signal, pause);
    if (reply.kind === 'whole' || (reply.kind === 'changed' && reply.sha256 === sha256)) {
      // "Changed" into what was sent: the answer to the last chunk was lost on its way.
      onBytes(blob.size);
      return { kind: 'there' };
    }
    if (reply.kind === 'changed') {
      return reply;
    }
    if (reply.kind === 'hash') {
      if (renewed) {
        throw new FilesProblem('damaged', path);
      }
      renewed = true;
      blob = await file.open(true);
      offset = 0;
      continue;
    }
    detours = reply.kind === 'elsewhere' ? detours + 1 : 0;
    if (detours > MOST_DETOURS || reply.offset > blob.size) {
      throw new FilesProblem('unexpected', path);
    }
    if (detours > 1) {
      await detour(detours * DETOUR_WAIT, signal);
    }
    offset = reply.offset;
  }
}
