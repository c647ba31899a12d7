/** Says where a lesson runs and why: a badge in its toolbar, and a bar above one that the browser can't run. */

import { Dialog, type MainAreaWidget, showDialog } from '@jupyterlab/apputils';
import { ToolbarButton } from '@jupyterlab/ui-components';
import { Widget } from '@lumino/widgets';

import { inLanguage, type Language, type Lesson } from '../course/lessons.ts';
import type { Say } from '../messages/index.ts';
import { showBanner } from './banner.ts';
import { settleToolbar } from './toolbar.ts';

function reasonsIn(lesson: Lesson, language: Language): readonly string[] {
  return lesson.placement.reasons.map(reason => inLanguage(reason, language)).filter(text => text !== '');
}

function listed(texts: readonly string[]): Widget {
  const list = document.createElement('ul');
  list.className = 'passerelle-Reasons';
  for (const text of texts) {
    const item = document.createElement('li');
    item.textContent = text;
    list.append(item);
  }
  return new Widget({ node: list });
}

/** Shows the badge; pressed, it gives the reasons. */
function showBadge(panel: MainAreaWidget, lesson: Lesson, say: Say, language: Language): void {
  const { where, proven } = lesson.placement;
  const label = say(where === 'cluster' ? 'placement.cluster' : 'placement.browser');
  const texts = [...reasonsIn(lesson, language), ...(proven ? [say('placement.proven')] : [])];
  const badge = new ToolbarButton({
    className: 'passerelle-Placement',
    label,
    tooltip: say('placement.tooltip'),
    onClick: () => {
      void showDialog({
        title: say(where === 'cluster' ? 'placement.onCluster' : 'placement.inBrowser'),
        body: listed(texts),
        buttons: [Dialog.okButton({ label: say('placement.close') })]
      }).then(() => panel.activate());
    }
  });
  panel.toolbar.insertBefore('spacer', 'placement', badge);
  settleToolbar(panel.toolbar);
}

/** Shows where `lesson` runs; the bar, where that is the cluster and no bridge has a bar of its own. */
export function explainPlacement(
  panel: MainAreaWidget,
  lesson: Lesson,
  { say, language, bridged }: { readonly say: Say; readonly language: Language; readonly bridged: boolean }
): void {
  showBadge(panel, lesson, say, language);
  if (lesson.placement.where === 'cluster' && !bridged) {
    const [first] = reasonsIn(lesson, language);
    showBanner(panel, 'cluster', {
      name: say('cluster.name'),
      said: [say('cluster.needs'), ...(first === undefined ? [] : [say('cluster.why', { reason: first })])]
    });
  }
}
