/** Says, in one sentence, that output was lost. */

import type { MainAreaWidget } from '@jupyterlab/apputils';

import { hideBanner, showBanner } from '../../lesson/banner.ts';
import type { Say } from '../../messages/index.ts';

const SLOT = 'missed';

/** Says that the output of `count` cells, or part of it, could not be kept while the page was away. */
export function showLost(panel: MainAreaWidget, count: number, say: Say): void {
  const close = (): void => {
    hideBanner(panel, SLOT);
    panel.activate();
  };
  showBanner(panel, SLOT, {
    name: say('missed.name'),
    said: [count === 1 ? say('missed.lostOne') : say('missed.lost', { count: String(count) })],
    actions: [{ label: say('missed.close'), run: close }]
  });
}
