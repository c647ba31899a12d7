/**
 * Keeps kernels on the site's origin, whatever host serves it and whichever hub the page is connected to.
 *
 * A worker started from a file takes its Content-Security-Policy from that file's HTTP headers, which a plain
 * host doesn't send: Python could then reach any address. A worker started from a blob inherits the policy of the
 * window that starts it (https://w3c.github.io/webappsec-csp/#initialize-global-object-csp), and should inherit its
 * service worker too, without which a kernel has no files: browsers are asked, not trusted. That window is this page;
 * where the page may connect to a hub, it is a frame that may not.
 */

/** A window as its own scripts see it. */
export type Quarters = Window & typeof globalThis;

/** Milliseconds a browser gets to show what its workers inherit. */
const PATIENCE_MS = 3000;

/** What the kernel's trimmed worker start calls, where it is there (see the shell's trims). */
declare global {
  var passerelleWorker: ((address: URL) => Worker) | undefined;
}

/** A module worker with this source, started by `quarters`; the second value is the address to give back. */
function startWorker(quarters: Quarters, source: string): [Worker, string] {
  const address = quarters.URL.createObjectURL(new quarters.Blob([source], { type: 'text/javascript' }));
  return [new quarters.Worker(address, { type: 'module' }), address];
}

/** Whether a worker that `quarters` start from a blob reaches the service worker: it answers `probe`, the site doesn't. */
export async function inheritsServiceWorker(
  probe: URL,
  quarters: Quarters = window,
  patience: number = PATIENCE_MS
): Promise<boolean> {
  const source = `fetch(${JSON.stringify(probe.href)}).then(answer => postMessage(answer.ok), () => postMessage(false))`;
  const [worker, address] = startWorker(quarters, source);
  try {
    return await new Promise<boolean>(resolve => {
      worker.onmessage = event => resolve(event.data === true);
      worker.onerror = () => resolve(false);
      setTimeout(resolve, patience, false);
    });
  } finally {
    worker.terminate();
    quarters.URL.revokeObjectURL(address);
  }
}

/** A frame without a view that shows `page`, which has a policy of its own; null where it doesn't come. */
async function openQuarters(page: URL, patience: number = PATIENCE_MS): Promise<Quarters | null> {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.title = '';
  frame.src = page.href;
  const come = new Promise<boolean>(resolve => {
    frame.addEventListener('load', () => resolve(true));
    setTimeout(resolve, patience, false);
  });
  document.body.append(frame);
  // What a host shows in its place, where it isn't there or may not be framed, bears no such mark.
  if ((await come) && frame.contentDocument?.querySelector('meta[name="passerelle-quarters"]')) {
    return frame.contentWindow as Quarters | null;
  }
  frame.remove();
  return null;
}

/**
 * Have the kernels of this page confined where the browser can do so without taking their files away.
 *
 * `apart` is the page for kernels that must not reach what this page may, null where there is nothing of the kind.
 */
export async function confineKernels(probe: URL, apart: URL | null): Promise<void> {
  globalThis.passerelleWorker = undefined;
  if (navigator.serviceWorker.controller === null) {
    return;
  }
  for (const quarters of [apart === null ? null : await openQuarters(apart), window]) {
    if (quarters !== null && (await inheritsServiceWorker(probe, quarters))) {
      globalThis.passerelleWorker = address => startWorker(quarters, `import ${JSON.stringify(address.href)}`)[0];
      return;
    }
  }
}
