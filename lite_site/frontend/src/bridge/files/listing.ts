/** What the server has in the course's folder, as it says it. */

/** A file on the server; `modified` in seconds since 1970. */
export interface ServerFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly modified: number;
}

/** What the server has, and has room for (bytes). */
export interface ServerListing {
  readonly files: readonly ServerFile[];
  readonly freeBytes: number;
  readonly maxFileBytes: number;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseFile(value: unknown): ServerFile | null {
  if (!isRecord(value)) {
    return null;
  }
  const { path, bytes, sha256, modified } = value;
  const complete = typeof path === 'string' && typeof bytes === 'number' && typeof sha256 === 'string';
  return complete ? { path, bytes, sha256, modified: typeof modified === 'number' ? modified : 0 } : null;
}

/** The server's listing as parsed; what isn't a file is left out. */
export function parseListing(answer: unknown): ServerListing {
  const { files, free_bytes: free, max_file_bytes: most } = isRecord(answer) ? answer : {};
  return {
    files: (Array.isArray(files) ? files : []).map(parseFile).filter(file => file !== null),
    freeBytes: typeof free === 'number' ? free : Infinity,
    maxFileBytes: typeof most === 'number' ? most : Infinity
  };
}
