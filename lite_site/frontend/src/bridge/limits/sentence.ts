/** What is said of a limit. */

import type { Say } from '../../messages/index.ts';
import type { Limit } from './recognise.ts';

/** The sentence for a limit. */
export function sentenceFor({ kind, subject, onCluster }: Limit, say: Say): string {
  return kind === 'module' && !onCluster
    ? say('limits.module.nowhere', { name: subject })
    : say(`limits.${kind}`, { name: subject });
}
