/** How far a page has shown what one connection told it: from there the server tells it again. */

import type { KernelMessage } from '@jupyterlab/services';

type Message = KernelMessage.IMessage;

/**
 * Messages are shown in the order they come, each once those before it are (JupyterLab waits for widgets, for one). It
 * announces those that were published, not the replies between them: a reply is shown as soon as nothing is before it.
 */
export class Shown {
  #received: string | null;
  #shown: string | null;
  #waiting: Message[] = [];

  /** `last` is the id of the message that an earlier page showed last: '' for none, null where nobody knows. */
  constructor(last: string | null) {
    this.#received = last;
    this.#shown = last;
  }

  /** The message shown last. A page that is left shows nothing more of what it received. */
  get last(): string | null {
    return this.#shown;
  }

  /** The message received last: in a page that stays it will be shown. */
  get received(): string | null {
    return this.#received;
  }

  /** A message came; what is shown by now. */
  receive(message: Message): readonly Message[] {
    this.#received = message.header.msg_id;
    this.#waiting.push(message);
    return this.#show(0);
  }

  /** A published message was shown; what is shown by now. */
  show({ header }: Message): readonly Message[] {
    return this.#show(1 + this.#waiting.findIndex(one => one.header.msg_id === header.msg_id));
  }

  /** The connection is gone, and with it what waited. */
  drop(): void {
    this.#received = this.#shown;
    this.#waiting = [];
  }

  #show(first: number): readonly Message[] {
    const next = this.#waiting.findIndex(({ channel }, index) => index >= first && channel === 'iopub');
    const shown = this.#waiting.splice(0, next < 0 ? this.#waiting.length : next);
    this.#shown = shown.at(-1)?.header.msg_id ?? this.#shown;
    return shown;
  }
}
