/** The executions on their way on one connection: sent, and not yet answered whole. */

import type { KernelMessage } from '@jupyterlab/services';

import type { Execution } from './executions.ts';

/** What of an answer has come. */
interface Answered {
  readonly cell: string;
  reply: boolean;
  idle: boolean;
}

/** The executions of a connection; `changed` is called whenever one begins or ends. */
export class OnTheirWay {
  readonly #answers = new Map<string, Answered>();
  readonly #changed: () => void;

  constructor(earlier: readonly Execution[], changed: () => void) {
    for (const { message, cell } of earlier) {
      this.#answers.set(message, { cell, reply: false, idle: false });
    }
    this.#changed = changed;
  }

  /** Those on their way now, in the order they were sent. */
  list(): readonly Execution[] {
    return [...this.#answers].map(([message, { cell }]) => ({ message, cell }));
  }

  /** The page sent a message; JupyterLab puts the cell's id in the metadata of an execution. */
  sent({ header, metadata }: KernelMessage.IMessage): void {
    const { cellId } = metadata as { readonly cellId?: unknown };
    if (header.msg_type === 'execute_request' && typeof cellId === 'string') {
      this.#answers.set(header.msg_id, { cell: cellId, reply: false, idle: false });
      this.#changed();
    }
  }

  /** The kernel said something: true where it belongs to an execution on its way. */
  heard({ header, parent_header: parent, content }: KernelMessage.IMessage): boolean {
    const message = 'msg_id' in parent ? parent.msg_id : '';
    const answered = this.#answers.get(message);
    if (answered === undefined) {
      return false;
    }
    const { execution_state: state } = content as { readonly execution_state?: unknown };
    answered.reply ||= header.msg_type === 'execute_reply';
    answered.idle ||= header.msg_type === 'status' && state === 'idle';
    if (answered.reply && answered.idle) {
      this.end([message]);
    }
    return true;
  }

  /** These are over, whatever came of them. */
  end(messages: readonly string[]): void {
    const ended = messages.filter(message => this.#answers.delete(message));
    if (ended.length > 0) {
      this.#changed();
    }
  }

  /** All are over: the kernel begins anew. */
  clear(): void {
    this.end([...this.#answers.keys()]);
  }
}
