/** JupyterLite's kernel client, with the kernels on the cluster sent to their server. */

import { type Kernel, type KernelMessage, ServerConnection } from '@jupyterlab/services';
import type { IKernelClient, LiteKernelClient } from '@jupyterlite/services';

import { BridgeProblem } from '../problems.ts';
import { unlessSilent } from '../silence.ts';
import { isRemote } from './names.ts';
import type { RemoteKernels } from './remote.ts';

/** A loss of the connection as JupyterLab knows it: it tries again, and takes no kernel for dead. */
async function asNetworkLoss<Result>(asked: Promise<Result>): Promise<Result> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof BridgeProblem ? new ServerConnection.NetworkError(new TypeError(error.message)) : error;
  }
}

/** Kernels of both sides: those that `remote` knows are the cluster's, all others Lite's. */
export class RoutedKernelClient implements IKernelClient {
  readonly #lite: LiteKernelClient;
  readonly #remote: RemoteKernels;
  readonly #notReady: () => Error;

  /** `notReady` says, in the page's language, that the cluster is reached from a lesson's own button. */
  constructor(lite: LiteKernelClient, remote: RemoteKernels, notReady: () => Error) {
    this.#lite = lite;
    this.#remote = remote;
    this.#notReady = notReady;
  }

  get serverSettings(): ServerConnection.ISettings {
    return this.#lite.serverSettings;
  }

  get changed(): IKernelClient['changed'] {
    return this.#lite.changed;
  }

  /** Lite's session client asks. A cluster kernel that restarts keeps its name and its place. */
  isRestarting(id: string): boolean {
    return this.#lite.isRestarting(id);
  }

  handleStdin(request: KernelMessage.IInputRequestMsg): Promise<KernelMessage.IInputReplyMsg> {
    return this.#lite.handleStdin(request);
  }

  async startNew(options: LiteKernelClient.IKernelOptions = {}): Promise<Kernel.IModel> {
    if (!isRemote(options.name)) {
      return this.#lite.startNew(options);
    }
    const kernel = this.#remote.takeReserved();
    if (kernel === null) {
      throw this.#notReady();
    }
    return kernel;
  }

  async restart(id: string): Promise<void> {
    await (this.#remote.has(id) ? this.#remote.restart(id) : this.#lite.restart(id));
  }

  async interrupt(id: string): Promise<void> {
    await (this.#remote.has(id) ? this.#remote.interrupt(id) : this.#lite.interrupt(id));
  }

  /**
   * Ends a kernel. One of the browser's that still starts is let start first: JupyterLite throws, once for each message
   * that waits for it, where it is ended before, and Pyodide calls the request it was at a fatal error.
   */
  async shutdown(id: string): Promise<void> {
    if (this.#remote.has(id)) {
      return this.#remote.shutdown(id);
    }
    // One that failed to start, or is stuck there, can be ended as well.
    const started = (await this.#lite.getModel(id))?.ready ?? Promise.resolve();
    await unlessSilent(started).catch(() => undefined);
    return this.#lite.shutdown(id);
  }

  /** Ends the browser's kernels; those of the cluster are ended by name, never all at once. */
  async shutdownAll(): Promise<void> {
    await this.#lite.shutdownAll();
  }

  async getModel(id: string): Promise<Kernel.IModel | undefined> {
    return this.#remote.has(id) ? asNetworkLoss(this.#remote.look(id)) : this.#lite.getModel(id);
  }

  async listRunning(): Promise<Kernel.IModel[]> {
    return [...(await this.#lite.listRunning()), ...(await this.#remote.list(Date.now()))];
  }
}
