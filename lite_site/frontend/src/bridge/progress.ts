/** What the hub tells of a server's start: server-sent events, read from a fetched stream. */

import type { LocalText } from '../course/lessons.ts';
import { BridgeProblem, type Told } from './problems.ts';
import { isJson, type Json, linesIn, numberIn, textsIn } from './replies.ts';
import { unlessSilent } from './silence.ts';

/** One thing the hub tells of a start, or that it tells nothing. `percent` runs from 0 to 100. */
export type ProgressEvent =
  | { readonly is: 'environment'; readonly percent: number | null; readonly texts: LocalText | null }
  | { readonly is: 'queue'; readonly position: number | null; readonly texts: LocalText | null }
  | { readonly is: 'starting'; readonly percent: number | null; readonly texts: LocalText | null }
  | { readonly is: 'unanswered' }
  | { readonly is: 'told'; readonly told: Told }
  | { readonly is: 'ready'; readonly path: string }
  | { readonly is: 'failed'; readonly problem: BridgeProblem };

/** Reads the events out of a stream's text as it comes: `push` gives those that are complete. */
export class EventReader {
  #rest = '';

  push(text: string): unknown[] {
    const parts = (this.#rest + text).split(/\r?\n\r?\n/);
    this.#rest = parts.pop() ?? '';
    return parts.map(dataIn).filter(data => data !== undefined);
  }
}

/** The JSON in an event's `data:` lines (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
function dataIn(event: string): unknown {
  const lines = event.split(/\r?\n/).filter(line => line.startsWith('data:'));
  try {
    return lines.length === 0 ? undefined : (JSON.parse(lines.map(line => line.slice(5)).join('\n')) as unknown);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/** An event of JupyterHub's progress stream, with our own additions where they are; null for anything else. */
export function parseProgress(data: unknown): ProgressEvent | null {
  if (!isJson(data)) {
    return null;
  }
  if (data['failed'] === true) {
    return { is: 'failed', problem: new BridgeProblem('failed', toldIn(data)) };
  }
  if (data['ready'] === true) {
    return typeof data['url'] === 'string' ? { is: 'ready', path: data['url'] } : null;
  }
  if (typeof data['code'] === 'string') {
    return { is: 'told', told: toldIn(data) };
  }
  const texts = textsIn(data['texts']) ?? null;
  const percent = numberIn(data['progress']);
  switch (data['stage']) {
    case 'environment':
      return { is: 'environment', percent, texts };
    case 'queue':
      return { is: 'queue', position: numberIn(data['position']), texts: textsIn(data['reason']) ?? texts };
    default:
      return { is: 'starting', percent, texts };
  }
}

function toldIn(data: Json): Told {
  const { code } = data;
  const texts = textsIn(data['texts']);
  const log = linesIn(data['log']);
  return {
    ...(typeof code === 'string' ? { code } : {}),
    ...(texts === undefined ? {} : { texts }),
    ...(log === undefined ? {} : { log })
  };
}

function withTold(problem: BridgeProblem, told: Told): ProgressEvent {
  return { is: 'failed', problem: new BridgeProblem('failed', { ...told, ...problem.told }) };
}

/**
 * The events of a progress answer, as they come; a failure holds what the spawner told of it just before.
 * Throws `unreachable` where the stream is cut, or silent.
 */
export async function* progressIn(response: Response): AsyncGenerator<ProgressEvent> {
  if (response.body === null) {
    throw new BridgeProblem('unexpected', { status: response.status });
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const events = new EventReader();
  let told: Told = {};
  try {
    for (;;) {
      const { done, value } = await unlessSilent(reader.read());
      if (done) {
        return;
      }
      for (const event of events.push(value).map(parseProgress)) {
        if (event?.is === 'told') {
          told = event.told;
        } else if (event !== null) {
          yield event.is === 'failed' ? withTold(event.problem, told) : event;
        }
      }
    }
  } catch (error) {
    throw error instanceof TypeError ? new BridgeProblem('unreachable') : error;
  } finally {
    // Leaving early gives the connection back; a stream that broke is gone already.
    await reader.cancel().catch(() => undefined);
  }
}
