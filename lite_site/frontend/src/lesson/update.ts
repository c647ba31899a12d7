/** Tells the pupil that the teacher has updated a lesson, and lets them choose. */

import type { LessonVersions } from '../versions/versions.ts';
import { hideBanner, showBanner } from './banner.ts';
import { oneAtATime, type OpenLesson } from './panel.ts';
import { showTeachers, type Presenter } from './startover.ts';

/** Offers the new version of `open` above it: see it, or keep the pupil's own. */
export function offerUpdate(open: OpenLesson, presenter: Presenter, versions: LessonVersions): void {
  const { say } = presenter;
  const seeNew = (): void => void oneAtATime(open, () => showTeachers(open, presenter, true));
  const keep = async (): Promise<void> => {
    await versions.decline(open.context.localPath, open.lesson);
    open.advice = 'declined';
    showBanner(open.panel, 'version', {
      name: say('update.name'),
      said: [say('update.keepMineDone')],
      actions: [
        {
          label: say('kept.close'),
          run: () => {
            hideBanner(open.panel, 'version');
            open.panel.activate();
          }
        }
      ]
    });
    open.panel.activate();
  };
  const keepMine = (): void => void oneAtATime(open, keep);
  showBanner(open.panel, 'version', {
    name: say('update.name'),
    said: [say('update.said')],
    actions: [
      { label: say('update.seeNew'), accept: true, run: seeNew },
      { label: say('update.keepMine'), run: keepMine }
    ]
  });
}
