/** Holds a notebook's kernel back where the browser's would be started for nothing. */

import type { ISessionContext } from '@jupyterlab/apputils';
import { PromiseDelegate } from '@lumino/coreutils';

/** The kernel a change is to: by name, or one that runs. */
type KernelChoice = NonNullable<Parameters<ISessionContext['changeKernel']>[0]>;

/** Crosses the bridge because a cell was run, or a cluster kernel chosen; true once the notebook runs there. */
export type Cross = () => Promise<boolean>;

/** What decides: whether to hold a notebook's kernel when it opens, and what a cluster kernel is called. */
export interface HoldParts {
  /** Whether the kernel is held when the notebook opens; asked once, when JupyterLab would start one. */
  readonly decide: () => Promise<boolean>;
  /** Whether a kernelspec of that name is reached over the bridge. */
  readonly isRemote: (name: string | undefined) => boolean;
  /** Null where there is no hub: running a held notebook's cell then starts the browser's kernel. */
  readonly cross: Cross | null;
}

/**
 * The hold on one notebook's kernel.
 *
 * It stands in `initialize()`, not in `kernelPreference.shouldStart`: with that one off, the session context says it is
 * ready without a session, and ipywidgets' manager, which reads the session's kernel then, stays broken in the panel.
 *
 * A cell run while the notebook opens waits for JupyterLab's own `initialize()`: only then is it known which kernel the
 * notebook prefers, and JupyterLab would ask the pupil to choose one.
 */
export class KernelHold {
  readonly #context: ISessionContext;
  readonly #original: Pick<ISessionContext, 'initialize' | 'startKernel' | 'changeKernel'>;
  readonly #cross: Cross | null;
  readonly #preferred = new PromiseDelegate<void>();
  #held = true;
  #initialized = false;

  constructor(context: ISessionContext, { decide, isRemote, cross }: HoldParts) {
    this.#context = context;
    this.#cross = cross;
    this.#original = {
      initialize: context.initialize.bind(context),
      startKernel: context.startKernel.bind(context),
      changeKernel: context.changeKernel.bind(context)
    };
    let opening: Promise<void> | null = null;
    const opened = (): Promise<void> =>
      (opening ??= decide().then(hold => {
        this.#held &&= hold;
      }));
    context.initialize = async () => {
      this.#preferred.resolve();
      await opened();
      return this.#held && !this.#initialized ? false : this.#initialize();
    };
    context.startKernel = async () => {
      await this.#preferred.promise;
      await opened();
      if (!this.#held) {
        return this.#original.startKernel();
      }
      return this.#cross === null ? this.release() : this.#crossInstead(this.#cross).then(() => false);
    };
    context.changeKernel = async (choice = {}) => {
      await opened();
      return this.#cross !== null && isRemote(choice.name) ? this.#crossInstead(this.#cross) : this.change(choice);
    };
  }

  /** Lets JupyterLab start the kernel it prefers. Gives whether a person has to choose one. */
  async release(): Promise<boolean> {
    await this.#preferred.promise;
    this.#held = false;
    return this.#initialized ? this.#original.startKernel() : this.#initialize();
  }

  /** From now on, a run cell crosses the bridge again: the kernel there is gone. */
  hold(): void {
    this.#held = true;
  }

  /** Changes the kernel, whatever is held. Rejects where it could not be started. */
  async change(choice: KernelChoice): ReturnType<ISessionContext['changeKernel']> {
    await this.#preferred.promise;
    this.#held = false;
    if (this.#initialized) {
      return this.#original.changeKernel(choice);
    }
    const preference = this.#context.kernelPreference;
    const { name, id } = choice;
    this.#context.kernelPreference = {
      ...preference,
      ...(name === undefined ? {} : { name }),
      ...(id === undefined ? {} : { id }),
      shouldStart: true,
      autoStartDefault: true
    };
    try {
      await this.#initialize();
    } finally {
      this.#context.kernelPreference = preference;
    }
    const kernel = this.#context.session?.kernel ?? null;
    if (kernel === null) {
      throw new Error('The kernel was not started');
    }
    return kernel;
  }

  #initialize(): Promise<boolean> {
    this.#initialized = true;
    return this.#original.initialize();
  }

  async #crossInstead(cross: Cross): ReturnType<ISessionContext['changeKernel']> {
    await cross();
    return this.#context.session?.kernel ?? null;
  }
}
