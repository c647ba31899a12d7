/** Keeps a notebook's toolbar on one line when what stands in it changes. */

import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';

/** JupyterLab lays a toolbar out at most every half second, and forgets a change that comes while it does. */
const SETTLED_MS = 700;
const TRIES = 12;

const waiting = new WeakMap<Widget, ReturnType<typeof setTimeout>>();

function overflows({ node }: Widget): boolean {
  const end = node.getBoundingClientRect().right;
  return [...node.children].some(item => item.getBoundingClientRect().right > end + 1);
}

/** Has `toolbar` move what doesn't fit into its overflow menu, once changes of its items have settled. */
export function settleToolbar(toolbar: Widget, tries = TRIES): void {
  clearTimeout(waiting.get(toolbar));
  const settle = (): void => {
    if (toolbar.isDisposed) {
      return;
    }
    const { clientWidth, clientHeight } = toolbar.node;
    MessageLoop.sendMessage(toolbar, new Widget.ResizeMessage(clientWidth, clientHeight));
    if (tries > 0 && overflows(toolbar)) {
      settleToolbar(toolbar, tries - 1);
    }
  };
  waiting.set(toolbar, setTimeout(settle, SETTLED_MS));
}
