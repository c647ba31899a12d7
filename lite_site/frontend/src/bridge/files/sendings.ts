/** What goes to the server, once the person has chosen. */

import type { HereFile } from './here.ts';
import type { ServerFile } from './listing.ts';
import type { Carried } from './memory.ts';
import { besideName } from './names.ts';
import type { Planned } from './plan.ts';

/** Two versions of a file: the page's and the server's, neither known to be the older. Sizes in bytes. */
export interface Conflict {
  readonly path: string;
  readonly mine: { readonly bytes: number };
  readonly servers: { readonly bytes: number; readonly modified: number };
}

/** What to do about it: leave the server's, send mine over it, or keep both (mine beside, under another name). */
export type Choice = 'keep' | 'send' | 'both';

/** A file's plan on the way to the server. */
export type SendPlan = Planned<HereFile, ServerFile>;

/** A file on its way: where it goes, and what is believed to stand there (its sha256, null for nothing). */
export interface Sending {
  readonly file: HereFile;
  readonly path: string;
  readonly expected: string | null;
}

/** What is sent; the paths that stay as the server has them; what is known of both sides without sending. */
export interface Sendings {
  readonly sendings: readonly Sending[];
  readonly kept: readonly string[];
  readonly carried: Readonly<Record<string, Carried>>;
}

/** The question about a plan. */
export function conflictOf({ path, from, to }: SendPlan): Conflict {
  return { path, mine: { bytes: from.bytes }, servers: { bytes: to?.bytes ?? 0, modified: to?.modified ?? 0 } };
}

/** What to send of `plans`; a question that wasn't answered keeps the server's. `taken` are the names there. */
export function chooseSendings(
  plans: readonly SendPlan[],
  choices: ReadonlyMap<string, Choice>,
  taken: ReadonlySet<string>,
  copyLabel: string
): Sendings {
  const sendings: Sending[] = [];
  const kept: string[] = [];
  const carried: Record<string, Carried> = {};
  const used = new Set([...taken, ...plans.map(({ path }) => path)]);
  for (const { path, from, to, move } of plans) {
    const choice = move === 'ask' ? (choices.get(path) ?? 'keep') : move;
    if (choice === 'send' || choice === 'copy') {
      sendings.push({ file: from, path, expected: to?.sha256 ?? null });
      continue;
    }
    if (choice === 'both') {
      const beside = besideName(path, copyLabel, name => used.has(name));
      used.add(beside);
      sendings.push({ file: from, path: beside, expected: null });
    }
    if (choice !== 'same') {
      kept.push(path);
    }
    if (to !== null) {
      carried[path] = { here: from.sha256, there: to.sha256 };
    }
  }
  return { sendings, kept, carried };
}
