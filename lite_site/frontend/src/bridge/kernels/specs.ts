/** The two kernels of a course by their names for people, side by side in the kernel list. */

import { PageConfig } from '@jupyterlab/coreutils';
import type { KernelSpec } from '@jupyterlab/services';
import type { IKernelSpecs } from '@jupyterlite/services';

import { pageLanguage, speaker } from '../../messages/index.ts';
import { CLUSTER_SPEC } from './names.ts';

/**
 * A language of its own: with two kernelspecs of one language, a notebook whose kernelspec is called `python3` no
 * longer finds the browser's by itself (SessionContext.getDefaultKernel); a dialog would open.
 */
const LANGUAGE = 'python on the cluster';

/** What the two kernels are called. */
export interface KernelNames {
  readonly cluster: string;
  readonly browser: string;
}

/** The names, in the course's language: kernels are listed before JupyterLab knows the person's. */
export function kernelNames(): KernelNames {
  const say = speaker(pageLanguage('', document.documentElement.lang));
  const course = PageConfig.getOption('passerelleTitle');
  return { cluster: say('bridge.kernel.cluster', { course }), browser: say('bridge.kernel.browser', { course }) };
}

/** Lists the cluster's kernel beside the browser's own, `browserSpec`, and names both. */
export function listBoth(specs: IKernelSpecs, browserSpec: string, names: KernelNames): void {
  const rename = (): void => {
    const known = specs.specs?.kernelspecs[browserSpec];
    if (known !== undefined) {
      // The list holds the object that Lite was given; its name for people is the one thing changed.
      (known as { -readonly [Key in keyof KernelSpec.ISpecModel]: KernelSpec.ISpecModel[Key] }).display_name =
        names.browser;
    }
  };
  specs.changed.connect(rename);
  rename();
  specs.register({
    spec: { name: CLUSTER_SPEC, display_name: names.cluster, language: LANGUAGE, argv: [], resources: {} },
    create: () => Promise.reject(new Error('A kernel on the cluster is not made in the page'))
  });
}
