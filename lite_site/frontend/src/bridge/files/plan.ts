/** Decides what becomes of a file that stands on two sides, so that no newer one is ever overwritten unasked. */

/** The sha256 of a file on the side it comes from and on the one it goes to; null where it isn't there. */
export interface Sides {
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * What to do: nothing to carry (`same`), leave the other side's (`keep`), carry it (`copy`), or ask the person, since
 * both sides changed, or nobody knows which is newer.
 */
export type Move = 'same' | 'keep' | 'copy' | 'ask';

/** What is known of a file: both sides now, and as they were left at the last carry (null: never carried here). */
export interface Standing extends Sides {
  readonly last: Sides | null;
}

/**
 * The move for a file.
 *
 * `copy` replaces only what this page had put there itself and nobody changed since, or nothing at all.
 */
export function decide({ from, to, last }: Standing): Move {
  if (from === null || from === to) {
    return 'same';
  }
  if (to === null) {
    return 'copy';
  }
  if (last === null) {
    return 'ask';
  }
  if (from === last.from) {
    return 'keep';
  }
  return to === last.to && last.from === last.to ? 'copy' : 'ask';
}

/** A file on one side: its path there and its sha256. */
export interface Hashed {
  readonly path: string;
  readonly sha256: string;
}

/** A file of a plan: what stands on either side, and the move. */
export interface Planned<From extends Hashed, To extends Hashed> {
  readonly path: string;
  readonly from: From;
  readonly to: To | null;
  readonly move: Move;
}

/** The last carry of a path, seen in the direction of the plan. */
export type LastCarry = (path: string) => Sides | null;

/** The plan for all files of `from`, by path (accents composed), in the order of the paths. */
export function planFiles<From extends Hashed, To extends Hashed>(
  from: readonly From[],
  to: readonly To[],
  last: LastCarry
): readonly Planned<From, To>[] {
  const there = new Map(to.map(file => [file.path.normalize('NFC'), file]));
  const plans = from.map(file => {
    const path = file.path.normalize('NFC');
    const other = there.get(path) ?? null;
    const move = decide({ from: file.sha256, to: other?.sha256 ?? null, last: last(path) });
    return { path, from: file, to: other, move };
  });
  return plans.sort((one, other) => (one.path < other.path ? -1 : 1));
}
