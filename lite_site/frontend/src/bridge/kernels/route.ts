/** Puts the cluster's kernels beside the browser's: what the kernel client does once the site knows a hub. */

import { PageConfig } from '@jupyterlab/coreutils';
import type { IKernelClient, IKernelSpecs, LiteKernelClient } from '@jupyterlite/services';

import { pageLanguage, speaker } from '../../messages/index.ts';
import { RoutedKernelClient } from './client.ts';
import type { RemoteKernels } from './remote.ts';
import { kernelNames, listBoth } from './specs.ts';

/** A kernel client for both sides, both listed under the course's name. */
export function routeKernels(lite: LiteKernelClient, specs: IKernelSpecs, remote: RemoteKernels): IKernelClient {
  const say = speaker(pageLanguage('', document.documentElement.lang));
  listBoth(specs, PageConfig.getOption('defaultKernelName'), kernelNames());
  return new RoutedKernelClient(lite, remote, () => new Error(say('bridge.kernel.notReady')));
}
