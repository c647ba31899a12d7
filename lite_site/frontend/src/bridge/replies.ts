/** What hub, gateway and servers answer, checked as it comes in. */

import type { LocalText } from '../course/lessons.ts';
import { BridgeProblem, type ProblemKind, type Told } from './problems.ts';

/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** Whether `value` is a JSON object. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text by language, from `{fr, en}`; undefined where there is none. */
export function textsIn(value: unknown): LocalText | undefined {
  if (!isJson(value)) {
    return undefined;
  }
  const texts = Object.fromEntries(
    (['fr', 'en'] as const).flatMap(language => {
      const text = value[language];
      return typeof text === 'string' && text !== '' ? [[language, text] as const] : [];
    })
  );
  return Object.keys(texts).length > 0 ? texts : undefined;
}

/** A finite number, else null. */
export function numberIn(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** The lines of a log's tail. */
export function linesIn(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.length > 0 ? value.filter(line => typeof line === 'string') : undefined;
}

/** What an error answer says: ours (`{code, message: {fr, en}}`), or the status alone. */
export async function toldBy(response: Response): Promise<Told> {
  const { status } = response;
  let body: unknown;
  try {
    body = await response.json();
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) {
      throw error;
    }
    return { status };
  }
  const { code, message } = isJson(body) ? body : {};
  const texts = textsIn(message);
  return { status, ...(typeof code === 'string' ? { code } : {}), ...(texts === undefined ? {} : { texts }) };
}

/** The failure that an error answer means, of the kind given. */
export async function failureIn(response: Response, kind: ProblemKind): Promise<BridgeProblem> {
  return new BridgeProblem(kind, await toldBy(response));
}

/** The JSON object in an answer that should hold one; throws BridgeProblem `unexpected`. */
export async function jsonIn(response: Response): Promise<Json> {
  let body: unknown;
  try {
    body = await response.json();
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      throw error instanceof TypeError ? new BridgeProblem('unreachable') : error;
    }
  }
  if (!isJson(body)) {
    throw new BridgeProblem('unexpected', { status: response.status });
  }
  return body;
}
