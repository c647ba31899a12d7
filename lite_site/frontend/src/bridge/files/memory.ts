/** What the last carry left on both sides, remembered in this browser for each server. */

import { PageConfig } from '@jupyterlab/coreutils';
import type { ILocalForage } from '@jupyterlite/localforage';

import type { Store } from '../../versions/versions.ts';

/** The sha256 of a file here (in the page) and there (on the server) when it was last carried either way. */
export interface Carried {
  readonly here: string;
  readonly there: string;
}

/** By path below the course's folder. */
export type CarriedFiles = Readonly<Record<string, Carried>>;

/** What is remembered, by server (its address holds the person and the course). */
export type CarryStore = Pick<Store<CarriedFiles>, 'getItem' | 'setItem'>;

/** Where this course's carries are remembered; erased with the rest of what the course keeps in the browser. */
export function carryStore({ localforage }: ILocalForage): CarryStore {
  return localforage.createInstance({
    name: `passerelle - ${PageConfig.getOption('baseUrl')}`,
    storeName: 'carries'
  });
}

/** Adds what was carried now; what another tab noted meanwhile of other files stays. */
export async function remember(store: CarryStore, server: string, carried: CarriedFiles): Promise<void> {
  if (Object.keys(carried).length > 0) {
    await store.setItem(server, { ...(await store.getItem(server)), ...carried });
  }
}
