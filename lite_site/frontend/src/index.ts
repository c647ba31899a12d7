/** The plugins of the lesson page. */

import { kernelClient, kernelManager, remoteKernels } from './bridge/kernels/plugin.ts';
import { bridge } from './bridge/plugin.ts';
import { lesson } from './lesson/plugin.ts';
import { serviceWorker } from './serviceworker/plugin.ts';
import { sessionManager } from './sessions/plugin.ts';
import { wayBack } from './wayback/plugin.ts';

export default [remoteKernels, kernelClient, kernelManager, sessionManager, serviceWorker, bridge, lesson, wayBack];
