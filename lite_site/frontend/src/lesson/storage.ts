/** Where the browser keeps copies of lessons and what is known of them. */

import { PageConfig } from '@jupyterlab/coreutils';
import type { ILocalForage } from '@jupyterlite/localforage';

import type { Origin, Store } from '../versions/versions.ts';

/** The notebooks and files saved in this browser for this course (JupyterLite's BrowserStorageDrive). */
export function copiesStore({ localforage }: ILocalForage): Pick<Store<unknown>, 'keys'> {
  const named = PageConfig.getOption('contentsStorageName');
  return localforage.createInstance({
    name: named || `JupyterLite Storage - ${PageConfig.getOption('baseUrl')}`,
    storeName: 'files'
  });
}

/** What is known of those copies. */
export function originsStore({ localforage }: ILocalForage): Store<Origin> {
  return localforage.createInstance({
    name: `passerelle - ${PageConfig.getOption('baseUrl')}`,
    storeName: 'origins'
  });
}
