/** Connects a watch to the kernels of a notebook. */

import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, KernelMessage } from '@jupyterlab/services';

import type { Heard, LimitWatch } from './watch.ts';

/** The cell that an execute_request comes from: JupyterLab puts its id in the message's metadata. */
export function cellOf(message: KernelMessage.IMessage): string | null {
  const { cellId } = message.metadata as { readonly cellId?: unknown };
  return message.header.msg_type === 'execute_request' && typeof cellId === 'string' ? cellId : null;
}

/** An error's own name; the browser's kernel gives its class as Python shows it, `<class 'a.b.MemoryError'>`. */
export function errorName(given: string): string {
  return /^<class '(?:[^']*\.)?([^'.]+)'>$/.exec(given)?.[1] ?? given;
}

/** What a message says, as far as limits go. */
export function heardIn({ header, content }: KernelMessage.IMessage): Heard | null {
  const said = content as Readonly<Record<string, unknown>>;
  switch (header.msg_type) {
    case 'execute_input':
      return { type: 'execute_input' };
    case 'status':
      return said['execution_state'] === 'idle' ? { type: 'idle' } : null;
    case 'stream':
      return said['name'] === 'stderr' ? { type: 'stream', text: String(said['text']) } : null;
    case 'error':
      return { type: 'error', raised: { ename: errorName(String(said['ename'])), evalue: String(said['evalue']) } };
    default:
      return null;
  }
}

/** Has `watch` follow the kernels of `context` that are the browser's; what it returns ends that. */
export function follow(
  context: ISessionContext,
  watch: LimitWatch,
  inBrowser: (kernel: Kernel.IKernelConnection) => boolean
): () => void {
  let followed: Kernel.IKernelConnection | null = null;
  const onMessage = (_: unknown, { msg, direction }: Kernel.IAnyMessageArgs): void => {
    const cell = direction === 'send' ? cellOf(msg) : null;
    if (cell !== null) {
      watch.sent(msg.header.msg_id, cell);
    }
    const heard = direction === 'recv' && msg.channel === 'iopub' ? heardIn(msg) : null;
    if (heard !== null && 'msg_id' in msg.parent_header) {
      void watch.heard(msg.parent_header.msg_id, heard);
    }
  };
  const onStatus = (_: unknown, status: Kernel.Status): void => {
    if (status === 'dead' || status === 'autorestarting') {
      watch.died();
    } else if (status === 'restarting') {
      watch.clear();
    }
  };
  const leave = (): void => {
    followed?.anyMessage.disconnect(onMessage);
    followed?.statusChanged.disconnect(onStatus);
    followed = null;
    watch.clear();
  };
  const take = (): void => {
    const kernel = context.session?.kernel ?? null;
    if (kernel !== followed) {
      leave();
      if (kernel !== null && inBrowser(kernel)) {
        followed = kernel;
        kernel.anyMessage.connect(onMessage);
        kernel.statusChanged.connect(onStatus);
      }
    }
  };
  context.kernelChanged.connect(take);
  take();
  return () => {
    context.kernelChanged.disconnect(take);
    leave();
  };
}
