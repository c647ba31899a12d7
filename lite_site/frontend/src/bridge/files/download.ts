/** Files from the server into the person's downloads, or into the page's hands. */

import type { ServerFiles } from './serverfiles.ts';

/** Hears how many bytes of a file have come. */
export type OnBytes = (bytes: number) => void;

/** The file as it stands on the server; a large one waits on disk, not in memory. Throws what the door throws. */
export async function fetchFile(
  server: ServerFiles,
  path: string,
  signal: AbortSignal,
  onBytes: OnBytes
): Promise<Blob> {
  const response = await server.open(path, signal);
  if (response.body === null) {
    return response.blob();
  }
  let come = 0;
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(part, controller) {
      come += part.byteLength;
      onBytes(come);
      controller.enqueue(part);
    }
  });
  return new Response(response.body.pipeThrough(counted)).blob();
}

/** How long an address of a blob stays good for the browser's own download to begin (milliseconds). */
const BEGINS_WITHIN = 60_000;

/** Hands `blob` to the browser's downloads under `name`. */
export function saveAs(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([blob], { type: 'application/octet-stream' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), BEGINS_WITHIN);
}
