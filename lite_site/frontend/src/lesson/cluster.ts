/** Says, above a lesson that the browser can't run, that it needs the cluster and why. */

import type { MainAreaWidget } from '@jupyterlab/apputils';

import { inLanguage, type Language, type Lesson } from '../course/lessons.ts';
import type { Say } from '../messages/index.ts';
import { showBanner } from './banner.ts';

/** Shows the bar where `lesson` is placed on the cluster. */
export function explainPlacement(panel: MainAreaWidget, lesson: Lesson, say: Say, language: Language): void {
  if (lesson.placement !== 'cluster') {
    return;
  }
  const reason = lesson.reason === null ? '' : inLanguage(lesson.reason, language);
  showBanner(panel, 'cluster', {
    name: say('cluster.name'),
    said: [say('cluster.needs'), ...(reason === '' ? [] : [say('cluster.why', { reason })])]
  });
}
