/** The notebook panel as the lesson's plugins see it. */

import type { MainAreaWidget } from '@jupyterlab/apputils';
import type { DocumentRegistry } from '@jupyterlab/docregistry';

import type { Lesson } from '../course/lessons.ts';
import type { Advice } from '../versions/versions.ts';

/** The document behind a notebook panel. */
export type Context = DocumentRegistry.IContext<DocumentRegistry.IModel>;

/** A lesson that stands open; `advice` follows what the pupil decides. */
export interface OpenLesson {
  readonly panel: MainAreaWidget;
  readonly context: Context;
  lesson: Lesson;
  advice: Advice;
  busy: boolean;
}

/** Does `act` unless something is already being done to the lesson: a second press changes nothing. */
export async function oneAtATime(open: OpenLesson, act: () => Promise<void>): Promise<void> {
  if (open.busy) {
    return;
  }
  open.busy = true;
  try {
    await act();
  } finally {
    open.busy = false;
  }
}
