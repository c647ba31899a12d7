/**
 * The name under which a page is connected to a kernel: kept over a reload, since the server keeps what a kernel says
 * to nobody for the name that left last (jupyter_server 2: `MappingKernelManager.start_buffering`).
 */

import type { Execution, KeptConnections } from './executions.ts';
import { Shown } from './shown.ts';

/** Locks of the browser's, held as long as a page lives (`navigator.locks` is one). */
export type Locks = Pick<LockManager, 'request'>;

/**
 * A page's own connection to a kernel: its name, what an earlier page of that name had on its way, how far what it was
 * told is shown, and whether part of the answers is gone: nobody kept it.
 */
export interface Claim {
  readonly kernel: string;
  readonly client: string;
  readonly earlier: readonly Execution[];
  readonly shown: Shown;
  readonly partial: boolean;
}

/** The kernel as the server describes it; `keptFor` are the names of the connections whose answers are kept. */
export interface KernelStanding {
  readonly id: string;
  readonly keptFor: readonly string[];
}

/** What claims are made with; without `locks` (an old browser) no name is taken up again. */
export interface ClaimWith {
  readonly kept: KeptConnections;
  readonly locks: Locks | null;
  readonly now: () => number;
  readonly newName: () => string;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** A connection that waits for its name. */
interface Waiting {
  readonly own: string;
  readonly go: (name: string) => void;
}

/** Milliseconds after which a connection goes by its own name, whatever the notebook's does. */
const PATIENCE = 8000;

/** Names of this page's connections, one for each kernel. */
export class Clients {
  readonly #with: ClaimWith;
  readonly #claims = new Map<string, Claim>();
  readonly #users = new Map<string, string>();
  /** Kernels whose notebook's connection is open, or was and comes again. */
  readonly #open = new Set<string>();
  readonly #waiting = new Map<string, readonly Waiting[]>();

  constructor(claimWith: ClaimWith) {
    this.#with = claimWith;
  }

  /**
   * Takes the name for a kernel before connecting to it: the one whose answers are kept, or the last one, that no open
   * page uses; else a new one.
   */
  async claim({ id, keptFor }: KernelStanding): Promise<Claim> {
    const claimed = this.#claims.get(id);
    if (claimed !== undefined) {
      return claimed;
    }
    const { kept, now, newName } = this.#with;
    const isKept = (client: string): number => Number(keptFor.includes(client));
    const known = kept.clients(id, now()).toSorted((one, other) => isKept(other) - isKept(one));
    for (const client of known) {
      if (await this.#lock(id, client)) {
        const earlier = kept.executions(id, client);
        const partial = earlier.length > 0 && !keptFor.includes(client);
        return this.#note({ kernel: id, client, earlier, shown: new Shown(kept.shown(id, client)), partial });
      }
    }
    const client = newName();
    await this.#lock(id, client);
    return this.#note({ kernel: id, client, earlier: [], shown: new Shown(''), partial: false });
  }

  /**
   * The name for a connection that calls itself `own`: the claimed one for the notebook's, its own for any other. Which
   * is the notebook's is known a moment after connections begin, and the server drops what it kept as soon as one of
   * another name comes: so all wait, the notebook's until it is taken, the others until it is open.
   */
  nameFor(kernel: string, own: string): string | Promise<string> {
    const claim = this.#claims.get(kernel);
    if (claim === undefined) {
      return own;
    }
    if (this.#users.get(kernel) === own) {
      return claim.client;
    }
    if (this.#open.has(kernel)) {
      return own;
    }
    return new Promise(resolve => {
      const waiting = this.#waiting.get(kernel) ?? [];
      this.#waiting.set(kernel, [...waiting, { own, go: resolve }]);
      void this.#with.wait(PATIENCE).then(() => resolve(own));
    });
  }

  /** The message that the server need not tell again to the connection of that name; null where it tells none again. */
  receivedBy(kernel: string, name: string): string | null {
    const claim = this.#claims.get(kernel);
    return claim?.client === name ? claim.shown.received : null;
  }

  /** The notebook's connection, which calls itself `own`, takes the claim; null where another has it. */
  take(kernel: string, own: string): Claim | null {
    const claim = this.#claims.get(kernel);
    if (claim === undefined || (this.#users.get(kernel) ?? own) !== own) {
      return null;
    }
    this.#users.set(kernel, own);
    this.#letGo(kernel, one => one === own, claim.client);
    return claim;
  }

  /** The notebook's connection is open: the others may come. */
  opened(kernel: string): void {
    this.#open.add(kernel);
    this.#letGo(kernel, () => true, null);
  }

  /** The connection that used the name is gone; what it missed was told. */
  giveBack(kernel: string): void {
    this.#users.delete(kernel);
    this.#open.delete(kernel);
    this.#letGo(kernel, () => true, null);
    const claim = this.#claims.get(kernel);
    if (claim !== undefined) {
      claim.shown.drop();
      this.#claims.set(kernel, { ...claim, partial: false });
    }
  }

  /** The kernel is gone: so is the memory of it. */
  forget(kernel: string): void {
    const claim = this.#claims.get(kernel);
    if (claim !== undefined) {
      this.#with.kept.forget(kernel, claim.client);
    }
  }

  /** Those whose own name `goes` stop waiting, and go by `name`, or by their own. */
  #letGo(kernel: string, goes: (own: string) => boolean, name: string | null): void {
    const waiting = this.#waiting.get(kernel) ?? [];
    this.#waiting.set(
      kernel,
      waiting.filter(({ own }) => !goes(own))
    );
    waiting.filter(({ own }) => goes(own)).forEach(({ own, go }) => go(name ?? own));
  }

  #note(claim: Claim): Claim {
    this.#claims.set(claim.kernel, claim);
    this.#with.kept.keep(claim.kernel, claim.client, claim.earlier, this.#with.now(), claim.shown.last);
    return claim;
  }

  /** Holds the name until the page ends; false where another page does. */
  #lock(kernel: string, client: string): Promise<boolean> {
    const { locks } = this.#with;
    return new Promise((resolve, reject) => {
      if (locks === null) {
        resolve(false);
        return;
      }
      const held = locks.request(`passerelle.missed ${kernel} ${client}`, { ifAvailable: true }, lock => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<void>(() => undefined);
      });
      held.catch(reject);
    });
  }
}
