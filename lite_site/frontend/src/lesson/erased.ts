/** Leaves a lesson whose work was erased from another tab: left open, it would save itself back. */

import type { Context } from './panel.ts';

/** Where the pages' `site.js` says which courses (paths of their folders) were erased. */
const CHANNEL = 'passerelle erase';

/** Whether what was said on the channel is about the course at path `course`. */
export function concerns(said: unknown, course: string): boolean {
  return Array.isArray(said) && said.includes(course);
}

/** Go to `address`, without a last save and without a question, when the work of `course` is erased. */
export function leaveWhenErased(course: string, contexts: ReadonlySet<Context>, address: string): void {
  new BroadcastChannel(CHANNEL).addEventListener('message', event => {
    if (concerns(event.data, course)) {
      for (const { model } of contexts) {
        model.dirty = false;
      }
      location.replace(address);
    }
  });
}
