/** Keeps a notebook's own kernelspec: what the page calls its kernels is not for the file. */

import type { ISignal } from '@lumino/signaling';

import { isRemote } from './kernels/names.ts';
import { isJson } from './replies.ts';

/** The part of a notebook's model that holds its metadata (INotebookModel). */
export interface NotebookMetadata {
  getMetadata(key: string): unknown;
  setMetadata(key: string, value: unknown): void;
  readonly metadataChanged: Pick<ISignal<unknown, { readonly key: string }>, 'connect'>;
}

const KEY = 'kernelspec';
/** For a notebook that had none: what any Jupyter reads. */
const PLAIN = { name: 'python3', display_name: 'Python 3', language: 'python' };

/** Whether a document's model is that of a notebook. */
export function holdsMetadata<Model extends object>(model: Model): model is Model & NotebookMetadata {
  return 'getMetadata' in model && 'setMetadata' in model && 'metadataChanged' in model;
}

/** Puts the notebook's own kernelspec back wherever the page writes one of its own, the browser's as `browserName`. */
export function keepKernelspec(model: NotebookMetadata, browserName: string): void {
  const isPages = (spec: unknown): boolean =>
    isJson(spec) && (spec['display_name'] === browserName || isRemote(String(spec['name'])));
  let own: unknown = PLAIN;
  const keep = (): void => {
    const spec = model.getMetadata(KEY);
    if (isPages(spec)) {
      model.setMetadata(KEY, own);
    } else if (spec !== undefined && spec !== null) {
      own = spec;
    }
  };
  keep();
  model.metadataChanged.connect((_, { key }) => {
    if (key === KEY) {
      keep();
    }
  });
}
