/** An execution begun by an earlier page, taken up by this one: JupyterLab's future for it, fed by hand. */

import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { PromiseDelegate } from '@lumino/coreutils';

import type { Execution } from './executions.ts';

type Request = KernelMessage.IExecuteRequestMsg;
type Reply = KernelMessage.IExecuteReplyMsg;
type Hook = (message: KernelMessage.IIOPubMessage) => boolean | PromiseLike<boolean>;

/** Sends the answer to an `input()` (a kernel connection does). */
export type Answers = Pick<Kernel.IKernelConnection, 'sendInputReply'>;

const IGNORE = (): void => undefined;

/** A stand-in for the request that the earlier page sent. */
function requestOf(message: string, session: string): Request {
  return {
    header: { msg_id: message, msg_type: 'execute_request', session, username: '', version: '5.3', date: '' },
    parent_header: {},
    metadata: {},
    content: { code: '' },
    channel: 'shell',
    buffers: []
  };
}

/** A stand-in for the reply that the earlier page showed. */
function replyOf(request: Request, count: number | null): Reply {
  return {
    header: { ...request.header, msg_type: 'execute_reply' },
    parent_header: request.header,
    metadata: {},
    content: { status: 'ok', execution_count: count, user_expressions: {} },
    channel: 'shell',
    buffers: []
  };
}

/** The future: it is done once there are both the reply and the idle status, of which an earlier page may have had one. */
export class ReplayedExecution implements Kernel.IShellFuture<Request, Reply> {
  readonly msg: Request;
  onReply: (message: Reply) => void | PromiseLike<void> = IGNORE;
  onIOPub: (message: KernelMessage.IIOPubMessage) => void | PromiseLike<void> = IGNORE;
  onStdin: (message: KernelMessage.IStdinMessage) => void | PromiseLike<void> = IGNORE;
  readonly #answers: Answers;
  readonly #settled = new PromiseDelegate<Reply>();
  readonly #hooks: Hook[] = [];
  #reply: Reply | null;
  #idle: boolean;
  #disposed = false;

  constructor({ message, replied, idle }: Execution, session: string, answers: Answers) {
    this.msg = requestOf(message, session);
    this.#reply = replied === undefined ? null : replyOf(this.msg, replied);
    this.#idle = idle === true;
    this.#answers = answers;
    // Whoever waits for it hears of a rejection; nobody has to.
    this.#settled.promise.catch(IGNORE);
  }

  get done(): Promise<Reply> {
    return this.#settled.promise;
  }

  get isDisposed(): boolean {
    return this.#disposed;
  }

  /** Ends it: what didn't come until now doesn't come any more. */
  dispose(): void {
    if (!this.#disposed) {
      this.#disposed = true;
      this.onReply = this.onIOPub = this.onStdin = IGNORE;
      this.#settled.reject(new Error('Canceled future for execute_request message before replies were done'));
    }
  }

  registerMessageHook(hook: Hook): void {
    this.#hooks.unshift(hook);
  }

  removeMessageHook(hook: Hook): void {
    this.#hooks.splice(0, this.#hooks.length, ...this.#hooks.filter(other => other !== hook));
  }

  sendInputReply(
    content: KernelMessage.IInputReplyMsg['content'],
    parent: KernelMessage.IInputReplyMsg['parent_header']
  ): void {
    this.#answers.sendInputReply(content, parent);
  }

  /** Gives it a message of the kernel's that belongs to it. */
  async feed(message: KernelMessage.IMessage): Promise<void> {
    if (this.#disposed) {
      return;
    }
    switch (message.channel) {
      case 'iopub':
        await this.#published(message as KernelMessage.IIOPubMessage);
        break;
      case 'stdin':
        await this.onStdin(message as KernelMessage.IStdinMessage);
        break;
      case 'shell':
        this.#reply = message as Reply;
        await this.onReply(this.#reply);
    }
    if (this.#idle && this.#reply !== null) {
      this.#disposed = true;
      this.#settled.resolve(this.#reply);
    }
  }

  async #published(message: KernelMessage.IIOPubMessage): Promise<void> {
    let shown = true;
    for (const hook of this.#hooks) {
      shown = shown && (await hook(message));
    }
    if (shown) {
      await this.onIOPub(message);
    }
    const { execution_state: state } = message.content as { readonly execution_state?: unknown };
    this.#idle ||= message.header.msg_type === 'status' && state === 'idle';
  }
}
