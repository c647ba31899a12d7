/** The plugin that leads back from a lesson to its course's page. */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { PageConfig } from '@jupyterlab/coreutils';
import { ITranslator } from '@jupyterlab/translation';
import { caretLeftIcon } from '@jupyterlab/ui-components';
import { Widget } from '@lumino/widgets';

import { pageLanguage, speaker } from '../messages/index.ts';

function courseLink(label: string): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = `${PageConfig.getBaseUrl()}index.html`;
  const icon = caretLeftIcon.element({ tag: 'span', stylesheet: 'menuItem' });
  icon.setAttribute('aria-hidden', 'true');
  link.append(icon, label);
  return link;
}

/** The way back. */
export const wayBack: JupyterFrontEndPlugin<void> = {
  id: '@passerelle/lesson:way-back',
  description: "A link to the course's page, at the left of the top area.",
  autoStart: true,
  requires: [ITranslator],
  activate: (app: JupyterFrontEnd, translator: ITranslator) => {
    const say = speaker(pageLanguage(translator.languageCode, document.documentElement.lang));
    const widget = new Widget({ node: courseLink(say('wayBack.label')) });
    widget.id = 'passerelle-way-back';
    app.shell.add(widget, 'top', { rank: 0 });
  }
};
