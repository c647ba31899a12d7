/** A notebook's stay on the cluster: how its line is, what its server uses, and what is to be said of it. */

import type { KernelMessage } from '@jupyterlab/services';

import type { Context } from '../lesson/panel.ts';
import type { Line } from './lifeline.ts';
import type { Page } from './page.ts';
import type { Usage } from './usage.ts';
import { Watch } from './watch.ts';

/** A line of which there is nothing to say. */
export const WELL: Line = { is: 'well' };

/** One notebook's stay; `onChange` hears of whatever is to be shown anew. */
export class Stay {
  readonly #page: Page;
  readonly #context: Context;
  readonly #onChange: () => void;
  #watch: Watch | null = null;
  #line: Line = WELL;
  #usage: Usage | null = null;
  #notes: readonly string[] = [];
  #unsent: readonly string[] = [];

  constructor(page: Page, context: Context, onChange: () => void) {
    this.#page = page;
    this.#context = context;
    this.#onChange = onChange;
  }

  /** How the line is, or was when the stay ended. */
  get line(): Line {
    return this.#line;
  }

  /** What the server uses, once it said so. */
  get usage(): Usage | null {
    return this.#usage;
  }

  /** What is said until it is closed, or a cell is run. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  /** Files that the crossing left behind: said once the notebook is there. */
  noteUnsent(sentences: readonly string[]): void {
    this.#unsent = sentences;
  }

  /** A crossing begins: how the last stay ended is no longer said. */
  forgetEnd(): void {
    this.#line = WELL;
  }

  /** The notebook runs there, which `sentence` says. */
  begin(sentence: string): void {
    const { bridge, course } = this.#page;
    const { sessionContext: context } = this.#context;
    this.#notes = [sentence, ...this.#unsent];
    this.#unsent = [];
    this.#watch?.stop();
    this.#watch = new Watch({
      bridge,
      course: course.slug,
      context,
      onReport: ({ line, usage }) => {
        this.#line = line;
        this.#usage = usage;
        this.#onChange();
      }
    });
    // A kernel is busy with more than cells: what it is, what it could complete, which widgets it has.
    const heard = (_: unknown, { header }: KernelMessage.IMessage): void => {
      if (header.msg_type === 'execute_input') {
        context.iopubMessage.disconnect(heard);
        this.closeNotes();
      }
    };
    context.iopubMessage.connect(heard);
  }

  /** The notebook no longer runs there; `line` says why, where it wasn't its person's choice. */
  end(line: Line): void {
    this.stopWatching();
    this.#line = line;
    this.#usage = null;
    this.#notes = [];
  }

  /** Says sentences until they are closed. */
  say(...sentences: readonly string[]): void {
    this.#notes = sentences;
    this.#onChange();
  }

  /** Says no longer what was to be closed. */
  closeNotes(): void {
    this.#notes = [];
    this.#onChange();
  }

  /** Looks at the line at once. */
  lookNow(): void {
    this.#watch?.lookNow();
  }

  /** The server was kept awake. */
  noteUse(): void {
    this.#watch?.noteUse();
  }

  /** Looks no more. */
  stopWatching(): void {
    this.#watch?.stop();
    this.#watch = null;
  }
}
