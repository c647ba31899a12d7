/** The bar above a notebook: what `telling.ts` says, as a banner. */

import type { MainAreaWidget } from '@jupyterlab/apputils';

import { type BannerContent, hideBanner, showBanner } from '../lesson/banner.ts';
import type { Say } from '../messages/index.ts';
import type { Action, Telling } from './telling.ts';

const SLOT = 'cluster';
/** The press that a person most likely wants. */
const LIKELY: ReadonlySet<Action> = new Set(['start', 'find', 'again', 'sign-in', 'sign-in-here', 'keep-running']);

/** What a press does, and where the hub's own JupyterLab opens the lesson. */
export interface BarParts {
  readonly panel: MainAreaWidget;
  readonly say: Say;
  readonly press: (action: Action) => void;
  readonly openInHub: () => string;
}

function contentOf({ said, progress, log, actions }: Telling, { say, press, openInHub }: BarParts): BannerContent {
  return {
    name: say('cluster.name'),
    said,
    ...(progress === undefined ? {} : { progress: { ...progress, name: say('bridge.progress') } }),
    ...(log === undefined ? {} : { details: { summary: say('bridge.log'), lines: log } }),
    actions: actions.map(action => ({
      label: say(`bridge.action.${action}`),
      accept: LIKELY.has(action),
      ...(action === 'open-in-hub' ? { href: openInHub() } : { run: () => press(action) })
    }))
  };
}

/** Shows `telling`; where there is nothing to tell, the bar goes, and a focus in it returns to the notebook. */
export function showBar(telling: Telling | null, parts: BarParts): void {
  const { panel } = parts;
  if (telling !== null) {
    showBanner(panel, SLOT, contentOf(telling, parts));
    return;
  }
  const focused = panel.contentHeader.node.contains(document.activeElement);
  hideBanner(panel, SLOT);
  if (focused && !panel.isDisposed) {
    panel.activate();
  }
}
