/** Bytes of files: their sha256, and how JupyterLite's storage writes them. */

/** What the browser's storage holds of a file (JupyterLite's drive: `text`, `base64`, or `json` as parsed). */
export interface StoredContent {
  readonly format: string | null;
  readonly content: unknown;
}

/** Bytes in a buffer of their own. */
export type Bytes = Uint8Array<ArrayBuffer>;

const SLICE = 0x8000;

/**
 * The sha256 of `bytes`, in lower-case hexadecimal.
 *
 * WebCrypto hashes in one go: what is hashed here comes out of the browser's storage, where it is whole in memory
 * anyway. Published files come with the site's own hash.
 */
export async function sha256Of(bytes: Bytes): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('');
}

/** The file that is stored so; a notebook as Jupyter writes it, other JSON as a kernel in this page reads it. */
export function bytesOf({ format, content }: StoredContent, notebook: boolean): Bytes {
  if (format === 'base64' && typeof content === 'string') {
    return Uint8Array.from(atob(content), character => character.charCodeAt(0));
  }
  if (typeof content === 'string') {
    return new TextEncoder().encode(content);
  }
  return new TextEncoder().encode(notebook ? `${JSON.stringify(content, null, 1)}\n` : JSON.stringify(content ?? ''));
}

/** `bytes` in base64. */
export function toBase64(bytes: Bytes): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += SLICE) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + SLICE)));
  }
  return btoa(parts.join(''));
}
