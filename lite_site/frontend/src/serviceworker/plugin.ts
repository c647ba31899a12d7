/** The plugin that gives JupyterLite one service worker for the whole site. */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { PageConfig } from '@jupyterlab/coreutils';
import { IServiceWorkerManager } from '@jupyterlite/apputils';
import { IKernelClient } from '@jupyterlite/services';

import { confineKernels } from './confinement.ts';
import { PROBE, QUARTERS } from './protocol.ts';
import { activate } from './registration.ts';
import { KernelResponder } from './responder.ts';

/** Resolves once the worker is active: plugins that offer kernels require this token, so kernels wait for it. */
export const serviceWorker: JupyterFrontEndPlugin<IServiceWorkerManager> = {
  id: '@passerelle/lesson:service-worker',
  description: 'One service worker at the root of the site, active before kernels start.',
  autoStart: true,
  provides: IServiceWorkerManager,
  optional: [IKernelClient],
  activate: async (app: JupyterFrontEnd, kernels: IKernelClient | null) => {
    const site = new URL(PageConfig.getOption('passerelleSiteUrl') || PageConfig.getBaseUrl(), location.href);
    const registration = await activate(navigator.serviceWorker, new URL('service-worker.js', site));
    if (registration !== null) {
      const apart = PageConfig.getOption('passerelleHub') === '' ? null : new URL(QUARTERS, site);
      await confineKernels(new URL(PROBE, site), apart);
    }
    const responder = new KernelResponder(app.serviceManager.contents, registration);
    if (kernels !== null) {
      responder.registerStdinHandler('kernel', kernels.handleStdin.bind(kernels));
    }
    return responder;
  }
};
