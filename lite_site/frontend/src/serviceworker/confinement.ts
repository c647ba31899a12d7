/**
 * Keeps kernels on the site's origin, whatever host serves it.
 *
 * A worker started from a file takes its Content-Security-Policy from that file's HTTP headers, which a plain
 * host doesn't send: Python could then reach any address. A worker started from a blob inherits the page's
 * policy (https://w3c.github.io/webappsec-csp/#initialize-global-object-csp), and should inherit its service
 * worker too, without which a kernel has no files: browsers are asked, not trusted.
 */

/** Milliseconds a browser gets to show what its workers inherit. */
const PATIENCE_MS = 3000;

/** What the kernel's trimmed worker start reads (see the shell's trims). */
declare global {
  var passerelleConfined: boolean | undefined;
}

/** Whether a worker started from a blob reaches the service worker: it answers `probe`, the site doesn't. */
export async function inheritsServiceWorker(probe: URL, patience: number = PATIENCE_MS): Promise<boolean> {
  const source = `fetch(${JSON.stringify(probe.href)}).then(answer => postMessage(answer.ok), () => postMessage(false))`;
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(address, { type: 'module' });
  try {
    return await new Promise<boolean>(resolve => {
      worker.onmessage = event => resolve(event.data === true);
      worker.onerror = () => resolve(false);
      setTimeout(resolve, patience, false);
    });
  } finally {
    worker.terminate();
    URL.revokeObjectURL(address);
  }
}

/** Have the kernels of this page confined where the browser can do so without taking their files away. */
export async function confineKernels(probe: URL): Promise<void> {
  globalThis.passerelleConfined = navigator.serviceWorker.controller !== null && (await inheritsServiceWorker(probe));
}
