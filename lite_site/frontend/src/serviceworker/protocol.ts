/** What the page and the service worker say to each other, and how a kernel addresses them. */

/** The channel both listen on; every page of the origin hears it, so messages name their page. */
export const CHANNEL = '/passerelle/kernel-requests.v1';

/** A kernel's request, as the service worker passes it to the page that started the kernel. */
export interface KernelRequest {
  readonly browsingContextId: string;
  readonly requestId: string;
  readonly pathname: string;
  readonly data: unknown;
}

/** The page's reply; `failed` becomes an error status, hence an OSError in Python. */
export interface PageReply {
  readonly replyTo: string;
  readonly failed: boolean;
  readonly response: unknown;
}

/** Which of a kernel's questions `pathname` is: a file, an answer to `input()`, or none of ours. */
export function questionAt(pathname: string): 'drive' | 'stdin' | null {
  if (pathname.endsWith('/api/drive')) {
    return 'drive';
  }
  return pathname.includes('/api/stdin/') ? 'stdin' : null;
}

/** Who answers `pathname`'s stdin question: its last part. */
export function stdinSuffix(pathname: string): string {
  return pathname.slice(pathname.lastIndexOf('/') + 1);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** `value` as a kernel's request, or null where it is something else. */
export function parseRequest(value: unknown): KernelRequest | null {
  if (!isRecord(value)) {
    return null;
  }
  const { browsingContextId, requestId, pathname, data } = value;
  if (typeof browsingContextId !== 'string' || typeof requestId !== 'string' || typeof pathname !== 'string') {
    return null;
  }
  return { browsingContextId, requestId, pathname, data };
}

/** `value` as a page's reply, or null where it is something else. */
export function parseReply(value: unknown): PageReply | null {
  if (!isRecord(value) || typeof value['replyTo'] !== 'string' || typeof value['failed'] !== 'boolean') {
    return null;
  }
  return { replyTo: value['replyTo'], failed: value['failed'], response: value['response'] };
}

/** An address, from the site's root, that the service worker answers and no host does. */
export const PROBE = 'api/service-worker-probe';

/** The page, from the site's root, in which the kernels of a page with a hub live: its policy knows no hub. */
export const QUARTERS = '_passerelle/quarters.html';

/** Whether a request asks if the service worker is there. */
export function isProbe(pathname: string): boolean {
  return pathname.endsWith(`/${PROBE}`);
}
