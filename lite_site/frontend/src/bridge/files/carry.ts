/** Carries the course's files to the server before the first cell: only what changed, and nothing over a newer file. */

import { patiently, type Pause } from '../patience.ts';
import { filesHere, type HereDoors, type HereFile, openHere } from './here.ts';
import type { ServerListing } from './listing.ts';
import { type Carried, type CarryStore, remember } from './memory.ts';
import { type LastCarry, planFiles } from './plan.ts';
import { FilesProblem } from './problems.ts';
import { doInParallel } from './queue.ts';
import { type Choice, chooseSendings, type Conflict, conflictOf, type Sending } from './sendings.ts';
import type { ServerFiles } from './serverfiles.ts';
import { upload } from './upload.ts';

/** How many files go at a time. */
const AT_ONCE = 3;
/** How often the person is asked again because the server's files changed while they answered. */
const ROUNDS = 3;

/** How far the carry is: files, bytes, and the file that moved last. */
export interface CarryProgress {
  readonly done: number;
  readonly total: number;
  readonly bytes: number;
  readonly totalBytes: number;
  readonly name: string;
}

/** What was done: paths sent, left as the server has them, and those that could not be carried. */
export interface CarryResult {
  readonly sent: readonly string[];
  readonly kept: readonly string[];
  readonly failed: readonly FilesProblem[];
}

/** What a carry works with; `ask` throws AbortError where the person cancels, and a conflict left out is kept. */
export interface CarryWith extends HereDoors {
  readonly server: ServerFiles;
  readonly memory: CarryStore;
  readonly copyLabel: string;
  readonly signal: AbortSignal;
  readonly pause: Pause;
  readonly onProgress: (progress: CarryProgress) => void;
  readonly ask: (conflicts: readonly Conflict[]) => Promise<ReadonlyMap<string, Choice>>;
}

/** One carry. */
export class Carry {
  readonly #with: CarryWith;
  readonly #sent: string[] = [];
  readonly #kept: string[] = [];
  readonly #failed: FilesProblem[] = [];
  readonly #carried: Record<string, Carried> = {};
  readonly #bytes = new Map<string, number>();
  #total = { files: 0, bytes: 0 };
  #done = { files: 0, bytes: 0 };

  constructor(carryWith: CarryWith) {
    this.#with = carryWith;
  }

  /** Does it. Throws BridgeProblem, AbortError, FilesProblem `site` where the site doesn't say what it publishes. */
  async run(): Promise<CarryResult> {
    const { published, browser, memory, server, signal } = this.#with;
    const course = await published.read(signal);
    let files = filesHere(course.files, await browser.list({ notebooks: false }));
    let last = await this.#last();
    try {
      for (let round = 0; round < ROUNDS && files.length > 0; round += 1) {
        files = await this.#round(files, last);
        last = () => null;
      }
      this.#kept.push(...files.map(({ path }) => path));
    } finally {
      await remember(memory, server.address, this.#carried);
    }
    return { sent: this.#sent, kept: this.#kept, failed: this.#failed };
  }

  /** Plans, asks and sends; the files come back whose place changed meanwhile. */
  async #round(files: readonly HereFile[], last: LastCarry): Promise<readonly HereFile[]> {
    const { server, signal, pause, ask, copyLabel } = this.#with;
    const listing = await patiently(() => server.list(signal), signal, pause);
    const plans = planFiles(files, listing.files, last);
    const asked = plans.filter(({ move }) => move === 'ask');
    const choices = asked.length > 0 ? await ask(asked.map(conflictOf)) : new Map<string, Choice>();
    const taken = new Set(listing.files.map(({ path }) => path));
    const { sendings, kept, carried } = chooseSendings(plans, choices, taken, copyLabel);
    this.#kept.push(...kept);
    Object.assign(this.#carried, carried);
    return this.#send(sendings, listing);
  }

  async #last(): Promise<LastCarry> {
    const known = (await this.#with.memory.getItem(this.#with.server.address)) ?? {};
    return path => {
      const last = known[path];
      return last === undefined ? null : { from: last.here, to: last.there };
    };
  }

  /** Sends, small files first. */
  async #send(sendings: readonly Sending[], { maxFileBytes }: ServerListing): Promise<readonly HereFile[]> {
    const changed: HereFile[] = [];
    const tooBig = sendings.filter(({ file }) => file.bytes > maxFileBytes);
    this.#failed.push(...tooBig.map(({ path }) => new FilesProblem('too-big', path)));
    const ordered = sendings
      .filter(({ file }) => file.bytes <= maxFileBytes)
      .toSorted((one, other) => one.file.bytes - other.file.bytes);
    this.#total.files += ordered.length;
    this.#total.bytes += ordered.reduce((sum, { file }) => sum + file.bytes, 0);
    await doInParallel(ordered, AT_ONCE, this.#with.signal, async (sending, signal) => {
      if (!(await this.#sendOne(sending, signal))) {
        changed.push(sending.file);
      }
      this.#done.files += 1;
      this.#tell(sending.path);
    });
    return changed;
  }

  /** False where something else stands in its place. */
  async #sendOne({ file, path, expected }: Sending, signal: AbortSignal): Promise<boolean> {
    const { server, pause } = this.#with;
    const { sha256 } = file;
    const open = (fresh: boolean): Promise<Blob> => openHere(file, this.#with, fresh, signal);
    const onBytes = (bytes: number): void => {
      this.#done.bytes += bytes - (this.#bytes.get(path) ?? 0);
      this.#bytes.set(path, bytes);
      this.#tell(path);
    };
    try {
      const end = await upload({ path, sha256, expected, open }, { server, signal, pause, onBytes });
      if (end.kind === 'changed') {
        return false;
      }
      this.#sent.push(path);
      this.#carried[path] = { here: sha256, there: sha256 };
    } catch (error) {
      if (!(error instanceof FilesProblem)) {
        throw error;
      }
      this.#failed.push(error);
    }
    return true;
  }

  #tell(path: string): void {
    const { files: done, bytes } = this.#done;
    const { files: total, bytes: totalBytes } = this.#total;
    this.#with.onProgress({ done, total, bytes, totalBytes, name: path });
  }
}
