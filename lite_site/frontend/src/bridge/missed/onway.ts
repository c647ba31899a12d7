/** The executions on their way on one connection: sent, and not yet answered whole. */

import type { KernelMessage } from '@jupyterlab/services';

import type { Execution } from './executions.ts';

/** The executions of a connection; `changed` is called whenever one begins or ends. */
export class OnTheirWay {
  readonly #executions = new Map<string, Execution>();
  readonly #changed: () => void;

  constructor(earlier: readonly Execution[], changed: () => void) {
    for (const execution of earlier) {
      this.#executions.set(execution.message, execution);
    }
    this.#changed = changed;
  }

  /** Those on their way now, in the order they were sent. */
  list(): readonly Execution[] {
    return [...this.#executions.values()];
  }

  /** The page sent a message; JupyterLab puts the cell's id in the metadata of an execution. */
  sent({ header, metadata }: KernelMessage.IMessage): void {
    const { cellId } = metadata as { readonly cellId?: unknown };
    if (header.msg_type === 'execute_request' && typeof cellId === 'string') {
      this.#executions.set(header.msg_id, { message: header.msg_id, cell: cellId });
      this.#changed();
    }
  }

  /** The kernel said something: true where it belongs to an execution on its way. */
  heard({ header, parent_header: parent, content }: KernelMessage.IMessage): boolean {
    const message = 'msg_id' in parent ? parent.msg_id : '';
    const execution = this.#executions.get(message);
    if (execution === undefined) {
      return false;
    }
    const { execution_state: state, execution_count: count } = content as {
      readonly execution_state?: unknown;
      readonly execution_count?: number | null;
    };
    const heard = {
      ...execution,
      ...(header.msg_type === 'execute_reply' ? { replied: count ?? null } : {}),
      ...(header.msg_type === 'status' && state === 'idle' ? { idle: true } : {})
    };
    this.#executions.set(message, heard);
    if (heard.replied !== undefined && heard.idle === true) {
      this.end([message]);
    }
    return true;
  }

  /** These are over, whatever came of them. */
  end(messages: readonly string[]): void {
    const ended = messages.filter(message => this.#executions.delete(message));
    if (ended.length > 0) {
      this.#changed();
    }
  }

  /** All are over: the kernel begins anew. */
  clear(): void {
    this.end([...this.#executions.keys()]);
  }
}
