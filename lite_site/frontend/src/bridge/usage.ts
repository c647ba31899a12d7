/** What a server has left: memory and time, as its `passerelle/usage` says. */

import { BridgeProblem } from './problems.ts';
import { isJson, jsonIn, numberIn } from './replies.ts';
import type { ServerDoor } from './server.ts';

/** Memory in bytes; `endsIn` is minutes until the server's time is over, null where it has no end. */
export interface Usage {
  readonly memoryUsed: number | null;
  readonly memoryLimit: number | null;
  readonly endsIn: number | null;
}

/** Asks the server; null where it has no such page (a hub of another version). */
export async function usageOf(server: ServerDoor, now: number): Promise<Usage | null> {
  const response = await server.request('passerelle/usage?no_track_activity=1');
  if (response.status === 404) {
    return null;
  }
  if (!response.ok) {
    throw new BridgeProblem('unexpected', { status: response.status });
  }
  const { memory, ends } = await jsonIn(response);
  const { used, limit } = isJson(memory) ? memory : {};
  const end = numberIn(ends);
  // By the server's clock where it says what that is: this machine's may be wrong by hours.
  const said = Date.parse(response.headers.get('Date') ?? '');
  return {
    memoryUsed: numberIn(used),
    memoryLimit: numberIn(limit),
    endsIn: end === null ? null : (end * 1000 - (Number.isNaN(said) ? now : said)) / 60_000
  };
}
