/** The service of JupyterLite that keeps sessions. */

import {
  IKernelManager,
  IServerSettings,
  ISessionManager,
  type Kernel,
  type ServerConnection,
  type Session,
  SessionManager,
  type ServiceManagerPlugin
} from '@jupyterlab/services';
import { IKernelClient, type LiteKernelClient } from '@jupyterlite/services';

import { PathSessionClient } from './client.ts';

/** In place of @jupyterlite/services-extension:session-manager. */
export const sessionManager: ServiceManagerPlugin<Session.IManager> = {
  id: '@passerelle/lesson:session-manager',
  description: 'The manager of sessions, one for each notebook.',
  autoStart: true,
  provides: ISessionManager,
  requires: [IKernelManager, IKernelClient],
  optional: [IServerSettings],
  activate: (
    _: null,
    kernelManager: Kernel.IManager,
    kernelClient: IKernelClient,
    serverSettings?: ServerConnection.ISettings
  ) => {
    const settings = serverSettings ? { serverSettings } : {};
    // Lite's own class is what its session client asks for; whoever provides the service has all it uses of it.
    const routed = kernelClient as LiteKernelClient;
    const sessionAPIClient = new PathSessionClient({ kernelClient: routed, ...settings });
    return new SessionManager({ kernelManager, sessionAPIClient, ...settings });
  }
};
