/** Starting a lesson over: asks, then brings the teacher's version back. */

import { Dialog, showDialog } from '@jupyterlab/apputils';

import { Unreachable } from '../course/site.ts';
import type { Say } from '../messages/index.ts';
import { hideBanner, showBanner } from './banner.ts';
import type { LessonExchange } from './exchange.ts';
import type { OpenLesson } from './panel.ts';

/** What showing a version needs: the exchange, the page's language, and how to open a notebook. */
export interface Presenter {
  readonly exchange: LessonExchange;
  readonly say: Say;
  readonly openNotebook: (path: string) => void;
}

/** The pupil's answer: null to leave things as they are, else whether to keep a copy. */
async function askToStartOver(say: Say): Promise<{ keep: boolean } | null> {
  const answer = await showDialog({
    title: say('startOver.title'),
    body: say('startOver.question'),
    checkbox: { label: say('startOver.keep'), checked: true },
    buttons: [
      Dialog.cancelButton({ label: say('startOver.cancel') }),
      Dialog.warnButton({ label: say('startOver.confirm') })
    ],
    defaultButton: 0
  });
  return answer.button.accept ? { keep: answer.isChecked !== false } : null;
}

function sayWhereItIs(open: OpenLesson, { say, openNotebook }: Presenter, copy: string | null): void {
  const done = (): void => {
    hideBanner(open.panel, 'version');
    open.panel.activate();
  };
  const name = copy?.slice(copy.lastIndexOf('/') + 1) ?? '';
  showBanner(open.panel, 'version', {
    name: say('kept.name'),
    said: [copy === null ? say('startOver.done') : say('kept.said', { name })],
    actions: [
      ...(copy === null ? [] : [{ label: say('kept.open'), run: () => openNotebook(copy) }]),
      { label: say('kept.close'), run: done }
    ]
  });
}

/** Shows the teacher's version, the pupil's kept beside if `keep`; says so, or that it could not be had. */
export async function showTeachers(open: OpenLesson, presenter: Presenter, keep: boolean): Promise<void> {
  const { exchange, say } = presenter;
  try {
    const copy = await exchange.bringTeachers(open, keep ? say('copy.label') : null);
    sayWhereItIs(open, presenter, copy);
  } catch (error) {
    if (!(error instanceof Unreachable)) {
      throw error;
    }
    await showDialog({
      title: say('failed.title'),
      body: say('failed.unreachable'),
      buttons: [Dialog.okButton()]
    });
  }
  open.panel.activate();
}

/** Asks, then starts the lesson over. */
export async function startOver(open: OpenLesson, presenter: Presenter): Promise<void> {
  const answer = await askToStartOver(presenter.say);
  if (answer !== null) {
    await showTeachers(open, presenter, answer.keep);
  }
}
