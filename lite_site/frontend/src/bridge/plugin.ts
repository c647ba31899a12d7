/** The plugin that carries notebooks over the bridge: without a hub it does nothing, and says so by giving null. */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { PageConfig } from '@jupyterlab/coreutils';
import { IMainMenu } from '@jupyterlab/mainmenu';
import { ITranslator } from '@jupyterlab/translation';
import { ILocalForage } from '@jupyterlite/localforage';
import { Token } from '@lumino/coreutils';

import { pageLanguage } from '../messages/index.ts';
import type { Attach } from './activate.ts';
import { addressesOf } from './addresses.ts';
import { IRemoteKernels } from './kernels/plugin.ts';

/** The bridge, as the lesson's plugin sees it; `attach` is null where the site knows no hub. */
export interface IBridge {
  readonly attach: Attach | null;
}

/** The token of that service. */
export const IBridge = new Token<IBridge>(
  '@passerelle/lesson:IBridge',
  'Carries notebooks to a kernel on the cluster.'
);

/** The bridge's plugin. */
export const bridge: JupyterFrontEndPlugin<IBridge> = {
  id: '@passerelle/lesson:bridge',
  description: 'Runs a notebook on the cluster, in the page it stands in.',
  autoStart: true,
  provides: IBridge,
  requires: [IRemoteKernels, ILocalForage, ITranslator],
  optional: [ICommandPalette, IMainMenu],
  activate: async (
    app: JupyterFrontEnd,
    { remote }: IRemoteKernels,
    forage: ILocalForage,
    translator: ITranslator,
    palette: ICommandPalette | null,
    menu: IMainMenu | null
  ) => {
    const addresses = addressesOf(PageConfig.getOption('passerelleHub'));
    if (remote === null || addresses === null) {
      return { attach: null };
    }
    const { activate } = await import('./activate.ts');
    const language = pageLanguage(translator.languageCode, document.documentElement.lang);
    return { attach: activate({ app, forage, addresses, remote, language, places: { palette, menu } }) };
  }
};
