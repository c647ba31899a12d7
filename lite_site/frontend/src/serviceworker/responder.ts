/** Answers, in the page, what its kernels ask through the service worker. */

import type { Contents } from '@jupyterlab/services';
import type { IServiceWorkerManager } from '@jupyterlite/apputils';
import { DriveContentsProcessor, type TDriveMethod, type TDriveRequest } from '@jupyterlite/services';
import { UUID } from '@lumino/coreutils';
import { Signal, type ISignal } from '@lumino/signaling';

import { CHANNEL, parseRequest, questionAt, stdinSuffix, type KernelRequest, type PageReply } from './protocol.ts';

/** Milliseconds between signs of life while an answer to input() is awaited. */
const SIGN_OF_LIFE_MS = 15000;

/** JupyterLite's service worker manager, for one service worker at the site's root. */
export class KernelResponder implements IServiceWorkerManager {
  readonly browsingContextId = UUID.uuid4();
  readonly ready: Promise<void>;
  readonly #channel = new BroadcastChannel(CHANNEL);
  readonly #stdinHandlers = new Map<string, IServiceWorkerManager.IStdinHandler>();
  readonly #drive: DriveContentsProcessor;
  readonly #registration: ServiceWorkerRegistration | null;
  readonly #registrationChanged = new Signal<this, ServiceWorkerRegistration | null>(this);

  constructor(contents: Contents.IManager, registration: ServiceWorkerRegistration | null) {
    this.#drive = new DriveContentsProcessor({ contentsManager: contents });
    this.#registration = registration;
    this.ready = registration === null ? Promise.reject(new Error('No service worker')) : Promise.resolve();
    this.ready.catch(() => undefined);
    this.#channel.addEventListener('message', event => void this.#hear(event.data));
  }

  get registrationChanged(): ISignal<this, ServiceWorkerRegistration | null> {
    return this.#registrationChanged;
  }

  get enabled(): boolean {
    return this.#registration !== null;
  }

  registerStdinHandler(suffix: string, handler: IServiceWorkerManager.IStdinHandler): void {
    this.#stdinHandlers.set(suffix, handler);
  }

  async #hear(message: unknown): Promise<void> {
    const request = parseRequest(message);
    if (request?.browsingContextId === this.browsingContextId) {
      this.#channel.postMessage(await this.#reply(request));
    }
  }

  async #reply(request: KernelRequest): Promise<PageReply> {
    try {
      return { replyTo: request.requestId, failed: false, response: await this.#answer(request) };
    } catch {
      // Whatever went wrong, the kernel stands still until it hears back: Python raises OSError.
      return { replyTo: request.requestId, failed: true, response: null };
    }
  }

  async #answer(request: KernelRequest): Promise<unknown> {
    if (questionAt(request.pathname) === 'drive') {
      return this.#drive.processDriveRequest(request.data as TDriveRequest<TDriveMethod>);
    }
    const handler = this.#stdinHandlers.get(stdinSuffix(request.pathname));
    if (handler === undefined) {
      throw new Error(`Nobody answers ${request.pathname}`);
    }
    const signs = setInterval(() => this.#registration?.active?.postMessage('alive'), SIGN_OF_LIFE_MS);
    try {
      return (await handler(request.data)) as unknown;
    } finally {
      clearInterval(signs);
    }
  }
}
