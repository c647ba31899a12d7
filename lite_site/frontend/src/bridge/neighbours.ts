/** What stands beside a notebook's crossing: the offer at a browser kernel's limit, and output that was missed. */

import type { MainAreaWidget } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { Kernel } from '@jupyterlab/services';

import type { Context } from '../lesson/panel.ts';
import { isRemote } from './kernels/names.ts';
import { type CellList, cellsAbove, offerRerun, rerunAbove, showLimit, watchLimits } from './limits/index.ts';
import { type NotebookView, showLost } from './missed/index.ts';
import type { Page } from './page.ts';

/** Whether a panel's content is a notebook: it has cells, one of them active. */
function isNotebook(content: object): content is CellList & NotebookView {
  return 'activeCellIndex' in content && 'widgets' in content;
}

/** Offers the cluster where a browser kernel meets its limit, and then the cells above; gives how to end that. */
export function offerLimits(
  panel: MainAreaWidget,
  context: Context,
  page: Page,
  start: () => Promise<boolean>
): () => void {
  const { app, course, voice } = page;
  const cross = async (cell: string): Promise<void> => {
    const { content } = panel;
    if ((await start()) && isNotebook(content) && cellsAbove(content, cell) > 0) {
      offerRerun(panel, voice.say, () => void rerunAbove(app.commands, content, cell));
    }
  };
  const watching = watchLimits(context.sessionContext, {
    root: course.root,
    folder: PathExt.dirname(context.localPath),
    inBrowser: kernel => !isRemote(kernel.name),
    offer: limit => showLimit(panel, limit, voice.say, () => void cross(limit.cell))
  });
  return () => watching.stop();
}

/** Remembers what the notebook sends to its cluster kernel, and shows what was missed. */
export function rememberMissed(panel: MainAreaWidget, kernel: Kernel.IKernelConnection, { missed, voice }: Page): void {
  const { content } = panel;
  if (isNotebook(content)) {
    missed.rememberExecutions(kernel, content, cells => showLost(panel, cells.length, voice.say));
  }
}
