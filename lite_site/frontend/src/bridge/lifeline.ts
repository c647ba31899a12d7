/** How a notebook's line to the cluster is, from what the page can see: a pure judgement. */

/** What the page sees. Minutes are left, by whatever ends first; null where nothing ends it. */
export interface Sight {
  /** The browser says it has a network. */
  readonly online: boolean;
  readonly socket: 'connected' | 'connecting' | 'disconnected';
  readonly signedIn: boolean;
  /** The server, as the hub last said; unknown while the hub doesn't answer. */
  readonly server: 'running' | 'gone' | 'unknown';
  readonly kernel: 'alive' | 'dead';
  readonly minutesToIdleEnd: number | null;
  readonly minutesToEnd: number | null;
}

/** How the line is; everything but `well` is told. */
export type Line =
  | { readonly is: 'well' }
  | { readonly is: 'offline' }
  | { readonly is: 'reconnecting' }
  | { readonly is: 'hub-away' }
  | { readonly is: 'signed-out' }
  | { readonly is: 'server-gone' }
  | { readonly is: 'kernel-gone' }
  | { readonly is: 'idle-soon'; readonly minutes: number }
  | { readonly is: 'ends-soon'; readonly minutes: number };

/** Minutes before an idle server's end from which the person is warned, and before the end of its time. */
export const WARNING_MINUTES = 10;

/** The line as it is, the gravest first: what a person can do something about comes before what passes by itself. */
export function judge(sight: Sight): Line {
  if (sight.server === 'gone') {
    return { is: 'server-gone' };
  }
  if (sight.kernel === 'dead') {
    return { is: 'kernel-gone' };
  }
  if (!sight.online) {
    return { is: 'offline' };
  }
  if (!sight.signedIn) {
    return { is: 'signed-out' };
  }
  if (sight.socket !== 'connected') {
    return { is: sight.server === 'unknown' ? 'hub-away' : 'reconnecting' };
  }
  const { minutesToEnd: end, minutesToIdleEnd: idle } = sight;
  if (end !== null && end <= WARNING_MINUTES) {
    return { is: 'ends-soon', minutes: Math.max(1, Math.round(end)) };
  }
  if (idle !== null && idle <= WARNING_MINUTES) {
    return { is: 'idle-soon', minutes: Math.max(1, Math.round(idle)) };
  }
  return { is: 'well' };
}

/**
 * Minutes until an idle server is ended: `now` and `lastActivity` by the hub's clock (ms), `lastUse` ms since cells
 * last ran here, by nobody's clock; null where the hub doesn't end idle servers.
 */
export function minutesToIdleEnd(
  idleMinutes: number | null,
  now: number | null,
  lastActivity: number | null,
  lastUse: number
): number | null {
  if (idleMinutes === null || idleMinutes <= 0) {
    return null;
  }
  const idleFor = now === null || lastActivity === null ? lastUse : Math.min(lastUse, now - lastActivity);
  return idleMinutes - idleFor / 60_000;
}
