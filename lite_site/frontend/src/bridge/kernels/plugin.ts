/** The two services of JupyterLite that route kernels: without a hub, they are what Lite's own plugins provide. */

import { PageConfig } from '@jupyterlab/coreutils';
import {
  IKernelManager,
  IServerSettings,
  type Kernel,
  KernelManager,
  ServerConnection,
  type ServiceManagerPlugin
} from '@jupyterlab/services';
import { IKernelClient, IKernelSpecClient, IKernelSpecs, LiteKernelClient } from '@jupyterlite/services';
import { Token } from '@lumino/coreutils';
import { WebSocket as MockSocket } from 'mock-socket';

import type { RemoteKernels } from './remote.ts';

/** The kernels on the cluster; null where the site knows no hub. */
export interface IRemoteKernels {
  readonly remote: RemoteKernels | null;
}

/** The token of that service. */
export const IRemoteKernels = new Token<IRemoteKernels>(
  '@passerelle/lesson:IRemoteKernels',
  'The kernels on the cluster that this page uses.'
);

/** Knows the kernels on the cluster, where the site knows a hub. */
export const remoteKernels: ServiceManagerPlugin<IRemoteKernels> = {
  id: '@passerelle/lesson:remote-kernels',
  description: 'The kernels on the cluster.',
  autoStart: true,
  provides: IRemoteKernels,
  activate: async () => {
    if (PageConfig.getOption('passerelleHub') === '') {
      return { remote: null };
    }
    const { RemoteKernels } = await import('./remote.ts');
    return { remote: new RemoteKernels() };
  }
};

/** In place of @jupyterlite/services-extension:kernel-client. */
export const kernelClient: ServiceManagerPlugin<IKernelClient> = {
  id: '@passerelle/lesson:kernel-client',
  description: 'The client for kernels in the browser and on the cluster.',
  autoStart: true,
  provides: IKernelClient,
  requires: [IKernelSpecs, IRemoteKernels],
  optional: [IServerSettings],
  activate: async (
    _: null,
    kernelSpecs: IKernelSpecs,
    { remote }: IRemoteKernels,
    serverSettings?: ServerConnection.ISettings
  ) => {
    const lite = new LiteKernelClient({ kernelSpecs, ...(serverSettings ? { serverSettings } : {}) });
    if (remote === null) {
      return lite;
    }
    const { routeKernels } = await import('./route.ts');
    return routeKernels(lite, kernelSpecs, remote);
  }
};

/** In place of @jupyterlite/services-extension:kernel-manager. */
export const kernelManager: ServiceManagerPlugin<Kernel.IManager> = {
  id: '@passerelle/lesson:kernel-manager',
  description: 'The manager of kernels in the browser and on the cluster.',
  autoStart: true,
  provides: IKernelManager,
  requires: [IKernelClient, IKernelSpecClient, IRemoteKernels],
  optional: [IServerSettings],
  activate: async (
    _: null,
    kernelAPIClient: IKernelClient,
    kernelSpecAPIClient: IKernelSpecClient,
    { remote }: IRemoteKernels,
    serverSettings?: ServerConnection.ISettings
  ) => {
    const socket = MockSocket as unknown as typeof WebSocket;
    const routed = remote === null ? socket : (await import('./socket.ts')).routedSocket(socket, remote, WebSocket);
    return new KernelManager({
      kernelAPIClient,
      kernelSpecAPIClient,
      serverSettings: { ...ServerConnection.makeSettings(), ...serverSettings, WebSocket: routed }
    });
  }
};
