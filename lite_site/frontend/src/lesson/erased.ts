/** Leaves a lesson whose work was erased from another tab: left open, it would save itself back. */

import type { Context } from './panel.ts';

/** Where the pages' `site.js` says which courses (paths of their folders) were erased. */
const CHANNEL = 'passerelle erase';

/** Whether what was said on the channel is about the course at path `course`. */
export function concerns(said: unknown, course: string): boolean {
  return Array.isArray(said) && said.includes(course);
}

/** What the page keeps by keys that begin with the course's path goes from `storage`. */
export function forgetCourse(storage: Pick<Storage, 'key' | 'length' | 'removeItem'>, course: string): void {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  keys.filter(key => key.startsWith(`${course} `)).forEach(key => storage.removeItem(key));
}

/** Go to `address`, without a last save and without a question, when the work of `course` is erased. */
export function leaveWhenErased(course: string, contexts: ReadonlySet<Context>, address: string): void {
  new BroadcastChannel(CHANNEL).addEventListener('message', event => {
    if (concerns(event.data, course)) {
      for (const { model } of contexts) {
        model.dirty = false;
      }
      // After what the bridge keeps of running cells as the page is left.
      addEventListener('pagehide', () => [localStorage, sessionStorage].forEach(kept => forgetCourse(kept, course)));
      location.replace(address);
    }
  });
}
