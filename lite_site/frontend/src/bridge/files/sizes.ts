/** Sizes and dates as people read them. */

import type { Language } from '../../course/lessons.ts';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** `bytes` with its unit: "1.2 MB", « 1,2 Mo ». */
export function sizeIn(language: Language, bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && power > 0 ? 1 : 0
  }).format(value);
}

/** The moment `seconds` after 1970: "Nov 22, 3:05 PM", « 22 nov., 15:05 ». */
export function momentIn(language: Language, seconds: number): string {
  const options = { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(language, options).format(new Date(seconds * 1000));
}
