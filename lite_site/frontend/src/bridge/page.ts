/** What the notebooks of a page share once the site knows a hub. */

import type { JupyterFrontEnd } from '@jupyterlab/application';

import type { Store } from '../versions/versions.ts';
import type { HubAddresses } from './addresses.ts';
import type { Bridge } from './bridge.ts';
import type { CarryStore } from './files/index.ts';
import type { RemoteKernels } from './kernels/remote.ts';
import type { Missed } from './missed/index.ts';
import type { RememberedLessons } from './remembered.ts';
import type { Voice } from './telling.ts';

/** The page, for its notebooks. `root` is the course's address, ending in `/`. */
export interface Page {
  readonly app: JupyterFrontEnd;
  readonly addresses: HubAddresses;
  readonly bridge: Bridge;
  readonly remote: RemoteKernels;
  readonly remembered: RememberedLessons;
  readonly missed: Missed;
  readonly voice: Voice;
  readonly course: { readonly root: string; readonly slug: string };
  readonly copies: Pick<Store<unknown>, 'keys'>;
  readonly memory: CarryStore;
  /** The browser's kernelspec, and what the page calls its kernel. */
  readonly browserSpec: { readonly name: string; readonly displayName: string };
  /** The lesson that the page was left to sign in for, where it came back from that. */
  readonly returnedFor: string | null;
}
