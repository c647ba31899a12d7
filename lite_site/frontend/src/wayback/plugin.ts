/** The plugin that leads back from a lesson to its course's page. */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { PageConfig } from '@jupyterlab/coreutils';
import { IMainMenu } from '@jupyterlab/mainmenu';
import { ITranslator } from '@jupyterlab/translation';
import { caretLeftIcon } from '@jupyterlab/ui-components';
import { Widget } from '@lumino/widgets';

import { pageLanguage, speaker } from '../messages/index.ts';

const COMMAND = 'passerelle:course-page';

function courseLink(address: string, label: string): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = address;
  const icon = caretLeftIcon.element({ tag: 'span', stylesheet: 'menuItem' });
  icon.setAttribute('aria-hidden', 'true');
  link.append(icon, label);
  return link;
}

/** The way back: a link in the top area, and a menu entry for narrow screens, where that area is hidden. */
export const wayBack: JupyterFrontEndPlugin<void> = {
  id: '@passerelle/lesson:way-back',
  description: "Leads to the course's page.",
  autoStart: true,
  requires: [ITranslator],
  optional: [ICommandPalette, IMainMenu],
  activate: (
    app: JupyterFrontEnd,
    translator: ITranslator,
    palette: ICommandPalette | null,
    menu: IMainMenu | null
  ) => {
    const say = speaker(pageLanguage(translator.languageCode, document.documentElement.lang));
    const address = `${PageConfig.getBaseUrl()}index.html`;
    const label = say('wayBack.label');
    const widget = new Widget({ node: courseLink(address, label) });
    widget.id = 'passerelle-way-back';
    app.shell.add(widget, 'top', { rank: 0 });
    app.commands.addCommand(COMMAND, { label, execute: () => location.assign(address) });
    palette?.addItem({ command: COMMAND, category: 'Passerelle' });
    menu?.fileMenu.addGroup([{ command: COMMAND }], 0);
  }
};
