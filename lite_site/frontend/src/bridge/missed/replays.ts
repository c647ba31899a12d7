/** Shows, in their cells, the answers to what an earlier page had sent. */

import type { KernelMessage } from '@jupyterlab/services';

import { type CodeCellView, codeCell, type NotebookView } from './cells.ts';
import type { Execution } from './executions.ts';
import { type Answers, ReplayedExecution } from './replayed.ts';

/** Replays over one connection into one notebook. */
export class Replays {
  readonly #answers: Answers;
  readonly #notebook: NotebookView;
  readonly #futures = new Map<string, ReplayedExecution>();
  readonly #fed = new Map<string, Promise<void>>();

  constructor(answers: Answers, notebook: NotebookView) {
    this.#answers = answers;
    this.#notebook = notebook;
  }

  /** Shows the cell as running again, with what it showed (nbformat outputs), where the notebook still has it. */
  takeUp(execution: Execution, session: string, shown: unknown): void {
    const cell = codeCell(this.#notebook, execution.cell);
    if (cell === null) {
      return;
    }
    // As JupyterLab does for what it sends itself: all that is shown from here on is the person's own run's.
    cell.model.trusted = true;
    if (Array.isArray(shown)) {
      cell.model.outputs.fromJSON(shown as never);
    }
    const future = new ReplayedExecution(execution, session, this.#answers);
    this.#futures.set(execution.message, future);
    cell.outputArea.reattachFuture(future);
    cell.model.executionState = 'running';
    void this.#finish(cell, future);
  }

  /** The kernel said something: it goes to its cell, in the order received. */
  heard(said: KernelMessage.IMessage): void {
    const message = 'msg_id' in said.parent_header ? said.parent_header.msg_id : '';
    const future = this.#futures.get(message);
    if (future !== undefined) {
      const before = this.#fed.get(message) ?? Promise.resolve();
      this.#fed.set(
        message,
        before.then(() => future.feed(said))
      );
    }
  }

  async #finish(cell: CodeCellView, future: ReplayedExecution): Promise<void> {
    try {
      const { content } = await future.done;
      cell.model.executionCount = content.execution_count ?? null;
    } catch {
      // Given up, or replaced by a new run of the cell: then that run says how it stands.
    }
    const message = future.msg.header.msg_id;
    this.#futures.delete(message);
    this.#fed.delete(message);
    if (cell.outputArea.future === future) {
      cell.model.executionState = 'idle';
    }
  }
}
