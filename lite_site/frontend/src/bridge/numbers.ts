/** Amounts and spans of time as people read them, for the bar and the place that says where a notebook runs. */

import type { Language } from '../course/lessons.ts';
import type { Say } from '../messages/index.ts';
import { sizeIn } from './files/sizes.ts';
import type { Usage } from './usage.ts';

/** Minutes as `95 min`, `3 h`; never below zero. */
export function span(language: Language, minutes: number): string {
  const hours = minutes >= 180;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: hours ? 'hour' : 'minute',
    unitDisplay: 'short',
    maximumFractionDigits: 0
  }).format(Math.max(0, hours ? minutes / 60 : minutes));
}

/** What is left, in a few words: memory, then time; empty where the server said neither. */
export function leftIn(usage: Usage | null, language: Language, say: Say): string {
  if (usage === null) {
    return '';
  }
  const { memoryUsed: used, memoryLimit: limit, endsIn } = usage;
  const memory =
    used === null
      ? []
      : limit === null
        ? [sizeIn(language, used)]
        : [say('bridge.place.memory', { used: sizeIn(language, used), limit: sizeIn(language, limit) })];
  const time = endsIn === null ? [] : [say('bridge.place.time', { time: span(language, endsIn) })];
  return [...memory, ...time].join(' · ');
}
