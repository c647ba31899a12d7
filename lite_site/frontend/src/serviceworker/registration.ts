/** Registers the site's service worker and waits, with patience, until it is active. */

/** Milliseconds a first visit waits for the worker before kernels start without it. */
export const PATIENCE_MS = 8000;

function becomesActive(worker: ServiceWorker): Promise<boolean> {
  return new Promise(resolve => {
    const look = (): void => {
      if (worker.state === 'activated' || worker.state === 'redundant') {
        worker.removeEventListener('statechange', look);
        resolve(worker.state === 'activated');
      }
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

function afterwards(milliseconds: number): Promise<boolean> {
  return new Promise(resolve => setTimeout(resolve, milliseconds, false));
}

/**
 * The active registration of `script`, whose scope is the script's folder; null where there can be none
 * (private window, no https) or it took more than `patience` ms.
 *
 * A dedicated worker is controlled from its first request by the active service worker whose scope holds
 * the *worker's* address (https://w3c.github.io/ServiceWorker/#control-and-use-worker-client), so a kernel
 * started after this resolves reads files on the very first visit. Registering again is how updates
 * arrive; registrations of other sites on the origin are left alone.
 */
export async function activate(
  container: Pick<ServiceWorkerContainer, 'register'> | undefined,
  script: URL,
  patience: number = PATIENCE_MS
): Promise<ServiceWorkerRegistration | null> {
  if (container === undefined) {
    return null;
  }
  let registration: ServiceWorkerRegistration;
  try {
    registration = await container.register(script, { scope: new URL('./', script).pathname });
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) {
      return null;
    }
    throw error;
  }
  const coming = registration.installing ?? registration.waiting;
  if (registration.active !== null || coming === null) {
    return registration.active === null ? null : registration;
  }
  return (await Promise.race([becomesActive(coming), afterwards(patience)])) ? registration : null;
}
