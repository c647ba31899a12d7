/** What a notebook's crossing does, in terms of the page and the notebook. */

import type { Lesson } from '../course/lessons.ts';
import type { Context } from '../lesson/panel.ts';
import { carry } from './carrying.ts';
import type { CrossingParts } from './crossing.ts';
import type { KernelHold } from './hold.ts';
import type { Page } from './page.ts';
import { justReady, patiently, pauseTelling } from './patience.ts';
import { connect, takeOff } from './session.ts';

/** The notebook: its document, what holds its kernel, its lesson once known; `onUnsent` hears of files left behind. */
export interface CrossingOf {
  readonly page: Page;
  readonly context: Context;
  readonly hold: () => KernelHold;
  readonly lesson: () => Lesson | null;
  readonly onUnsent: (sentences: readonly string[]) => void;
}

/** The parts of its crossing. */
export function crossingParts({ page, context, hold, lesson, onUnsent }: CrossingOf): CrossingParts {
  const { bridge, remote, course, missed } = page;
  return {
    bridge,
    remote: {
      // The server asks the hub who somebody is: while that restarts, neither answers.
      find: (path, signal, onAway) =>
        patiently(() => remote.find(path, signal), signal, pauseTelling(onAway), justReady),
      start: (path, signal, onAway) => patiently(() => remote.start(path, signal), signal, pauseTelling(onAway)),
      giving: (kernel, change) => remote.giving(kernel, change)
    },
    lesson: () => context.localPath,
    path: () => `${course.slug}/${context.localPath}`,
    profile: () => lesson()?.placement.profile ?? null,
    carry: async (server, onProgress, signal, onAway) =>
      onUnsent(await carry(page, server, context.localPath, { onProgress, signal, pause: pauseTelling(onAway) })),
    connect: async (kernel, signal) => {
      await missed.claim(kernel);
      await connect(context.sessionContext, hold(), kernel.id, signal);
    },
    disconnect: () => takeOff(context.sessionContext, hold(), remote),
    saved: async () => {
      await context.save();
      return location.href;
    }
  };
}
