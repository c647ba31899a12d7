/** The bar that offers the cluster where the browser meets its limit, and the cells above once there. */

import type { MainAreaWidget } from '@jupyterlab/apputils';

import { hideBanner, showBanner } from '../../lesson/banner.ts';
import type { Say } from '../../messages/index.ts';
import type { Limit } from './recognise.ts';
import { sentenceFor } from './sentence.ts';

const SLOT = 'limit';

function close(panel: MainAreaWidget): () => void {
  return () => {
    hideBanner(panel, SLOT);
    panel.activate();
  };
}

/** Says what limit was met; offers to `run` on the cluster where that helps. */
export function showLimit(panel: MainAreaWidget, limit: Limit, say: Say, run: () => void): void {
  const leave = close(panel);
  const cross = (): void => {
    hideBanner(panel, SLOT);
    run();
  };
  showBanner(panel, SLOT, {
    name: say('limits.name'),
    said: [sentenceFor(limit, say)],
    actions: [
      ...(limit.onCluster ? [{ label: say('limits.run'), accept: true, run: cross }] : []),
      { label: say(limit.onCluster ? 'limits.later' : 'limits.close'), run: leave }
    ]
  });
}

/** On the cluster now: says that nothing was run there yet, and offers to `rerun` the cells above. */
export function offerRerun(panel: MainAreaWidget, say: Say, rerun: () => void): void {
  const leave = close(panel);
  const again = (): void => {
    leave();
    rerun();
  };
  showBanner(panel, SLOT, {
    name: say('limits.name'),
    said: [say('limits.rerun.said')],
    actions: [
      { label: say('limits.rerun.run'), accept: true, run: again },
      { label: say('limits.close'), run: leave }
    ]
  });
}
