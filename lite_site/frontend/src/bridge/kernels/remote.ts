/** The kernels of a person's server that this page uses. */

import { BridgeProblem } from '../problems.ts';
import { failureIn, isJson, jsonIn } from '../replies.ts';
import type { ServerDoor } from '../server.ts';
import { CLUSTER_SPEC, SERVER_SPEC } from './names.ts';

/** A kernel as the page knows it. */
export interface RemoteKernel {
  readonly id: string;
  readonly name: string;
  readonly execution_state?: string;
  readonly last_activity?: string;
  /** The websockets, by the names they went by, for which the server keeps what the kernel says. */
  readonly keptFor: readonly string[];
}

/** What a websocket to a kernel says of itself (`missed/index.ts` does it). */
export interface ConnectionNaming {
  /** The name it goes by (its `session_id`), given the one it would take; it may have to wait. */
  nameFor(kernel: string, own: string): string | Promise<string>;
  /** The id of the last message that need not be told again to the one of that name; null where none is told again. */
  receivedBy(kernel: string, name: string): string | null;
}

const UNNAMED: ConnectionNaming = { nameFor: (_, own) => own, receivedBy: () => null };

/** Milliseconds between two looks at which kernels still run; a look counts as activity, so they are rare. */
const LOOK_MS = 120_000;

function parseKernel(value: unknown): RemoteKernel {
  if (!isJson(value) || typeof value['id'] !== 'string') {
    throw new BridgeProblem('unexpected');
  }
  const { id, execution_state: state, last_activity: active, kept_for: keptFor } = value;
  return {
    id,
    name: CLUSTER_SPEC,
    ...(typeof state === 'string' ? { execution_state: state } : {}),
    ...(typeof active === 'string' ? { last_activity: active } : {}),
    keptFor: (Array.isArray(keptFor) ? keptFor : []).filter(one => typeof one === 'string')
  };
}

/** What runs on the server, of what this page uses; nothing here asks the server unless it says so. */
export class RemoteKernels {
  #door: ServerDoor | null = null;
  #heldToken: () => string | null = () => null;
  #naming = UNNAMED;
  #known = new Map<string, RemoteKernel>();
  #reserved: RemoteKernel | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #lookedAt = 0;

  /** The server to speak with from now on, and the token at hand for its websockets. */
  attach(door: ServerDoor, heldToken: () => string | null): void {
    this.#door = door;
    this.#heldToken = heldToken;
  }

  /** How websockets are named from now on. */
  nameConnections(naming: ConnectionNaming): void {
    this.#naming = naming;
  }

  /** How websockets are named now. */
  get naming(): ConnectionNaming {
    return this.#naming;
  }

  /** The server is gone, or the person signed out: none of its kernels is known any more. */
  detach(): void {
    this.#door = null;
    this.#known.clear();
  }

  /** Whether kernel `id` is on the cluster. */
  has(id: string): boolean {
    return this.#known.has(id);
  }

  /** The server's address for websockets and the token for them; null while there is none. */
  get wire(): { readonly base: string; readonly token: string } | null {
    const token = this.#heldToken();
    return this.#door === null || token === null ? null : { base: this.#door.wsBase, token };
  }

  /** The kernel that runs for the notebook at `path` (below the person's home), from whatever tab or machine. */
  async find(path: string, signal: AbortSignal): Promise<RemoteKernel | null> {
    const response = await this.#ask('api/sessions', { signal });
    const listed: unknown = response.ok ? await response.json() : [];
    const session = (Array.isArray(listed) ? listed : []).filter(isJson).find(one => one['path'] === path);
    return session === undefined ? null : parseKernel(session['kernel']);
  }

  /** A kernel for the notebook at `path`; the server starts one unless one runs. Throws `no-kernel`. */
  async start(path: string, signal: AbortSignal): Promise<RemoteKernel> {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const body = JSON.stringify({ path, name, type: 'notebook', kernel: { name: SERVER_SPEC } });
    const headers = { 'Content-Type': 'application/json' };
    const response = await this.#ask('api/sessions', { method: 'POST', body, headers, signal });
    if (!response.ok) {
      throw await failureIn(response, 'no-kernel');
    }
    return parseKernel((await jsonIn(response))['kernel']);
  }

  /** Does `change` with the next start of a cluster kernel in this page giving `kernel`: one change at a time. */
  giving<Result>(kernel: RemoteKernel, change: () => Promise<Result>): Promise<Result> {
    const changed = this.#queue.then(async () => {
      this.#reserved = kernel;
      try {
        return await change();
      } finally {
        this.#reserved = null;
      }
    });
    this.#queue = changed.catch(() => undefined);
    return changed;
  }

  /** The kernel kept for the start that comes now, if it was prepared; only from here on is it one of this page's. */
  takeReserved(): RemoteKernel | null {
    const kernel = this.#reserved;
    this.#reserved = null;
    return kernel === null ? null : this.#note(kernel);
  }

  /** This page no longer uses kernel `id`; it runs on. */
  release(id: string): void {
    this.#known.delete(id);
  }

  /** Asks the server to restart kernel `id`. */
  async restart(id: string): Promise<void> {
    await this.#act(id, 'restart');
  }

  /** Asks the server to interrupt kernel `id`. */
  async interrupt(id: string): Promise<void> {
    await this.#act(id, 'interrupt');
  }

  /** Asks the server to end kernel `id`; that it had ended is as good. */
  async shutdown(id: string): Promise<void> {
    this.#known.delete(id);
    const response = await this.#ask(`api/kernels/${encodeURIComponent(id)}`, { method: 'DELETE' });
    if (!response.ok && response.status !== 404) {
      throw await failureIn(response, 'unexpected');
    }
  }

  /** Asks the server how kernel `id` is; `dead` where it has none of that name. */
  async look(id: string): Promise<RemoteKernel> {
    const response = await this.#ask(`api/kernels/${encodeURIComponent(id)}?no_track_activity=1`, {});
    if (response.status === 404) {
      return { id, name: CLUSTER_SPEC, execution_state: 'dead', keptFor: [] };
    }
    if (!response.ok) {
      throw await failureIn(response, 'unreachable');
    }
    return this.#note(parseKernel(await jsonIn(response)));
  }

  /** The kernels in use, as last seen: a server that can't be asked hasn't lost them. Seldom asks the server. */
  async list(now: number): Promise<RemoteKernel[]> {
    if (this.#known.size > 0 && now - this.#lookedAt > LOOK_MS) {
      this.#lookedAt = now;
      try {
        await this.#refresh();
      } catch (error) {
        if (!(error instanceof BridgeProblem)) {
          throw error;
        }
      }
    }
    return [...this.#known.values()];
  }

  async #refresh(): Promise<void> {
    const response = await this.#ask('api/kernels?no_track_activity=1', {});
    if (response.ok) {
      const listed = (await response.json()) as unknown;
      const running = new Map((Array.isArray(listed) ? listed : []).map(parseKernel).map(one => [one.id, one]));
      this.#known = new Map([...this.#known.keys()].flatMap(id => [...pair(id, running)]));
    }
  }

  async #act(id: string, action: string): Promise<void> {
    const response = await this.#ask(`api/kernels/${encodeURIComponent(id)}/${action}`, { method: 'POST' });
    if (!response.ok) {
      throw await failureIn(response, 'no-kernel');
    }
  }

  #note(kernel: RemoteKernel): RemoteKernel {
    this.#known.set(kernel.id, kernel);
    return kernel;
  }

  #ask(path: string, init: RequestInit): Promise<Response> {
    return this.#door === null ? Promise.reject(new BridgeProblem('stopped')) : this.#door.request(path, init);
  }
}

function* pair(id: string, running: ReadonlyMap<string, RemoteKernel>): Generator<[string, RemoteKernel]> {
  const kernel = running.get(id);
  if (kernel !== undefined) {
    yield [id, kernel];
  }
}
