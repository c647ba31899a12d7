/** A hub that answers what a test says, and what it was asked. */

import type { TokenSource } from '../../src/bridge/door.ts';

/** One request that came in. */
export interface Asked {
  readonly method: string;
  readonly address: string;
  readonly authorization: string | null;
  readonly body: string;
}

type Answer = Response | Error | ((asked: Asked, signal: AbortSignal | null) => Response | Promise<Response>);

/** Answers by `METHOD address`; several answers for one are given in order, the last one again and again. */
export class FakeHub {
  readonly asked: Asked[] = [];
  readonly #answers = new Map<string, Answer[]>();

  answer(what: string, ...answers: Answer[]): this {
    this.#answers.set(what, answers);
    return this;
  }

  readonly fetched = async (address: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    const method = init.method ?? 'GET';
    const asked = { method, address, authorization: headers.get('Authorization'), body: String(init.body ?? '') };
    this.asked.push(asked);
    init.signal?.throwIfAborted();
    const answers = this.#answers.get(`${method} ${address}`) ?? [];
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === undefined) {
      throw new TypeError(`Nobody answers ${method} ${address}`);
    }
    if (answer instanceof Error) {
      throw answer;
    }
    return typeof answer === 'function' ? answer(asked, init.signal ?? null) : answer.clone();
  };

  /** What was asked, as `METHOD address`. */
  get seen(): string[] {
    return this.asked.map(({ method, address }) => `${method} ${address}`);
  }
}

/** An answer in JSON. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
}

/** A stream of server-sent events. */
export function events(...data: readonly unknown[]): Response {
  return new Response(data.map(event => `data: ${JSON.stringify(event)}\n\n`).join('\n\n'));
}

/** A token that is renewed once to `renewed`. */
export function tokens(first = 'first', renewed = 'second'): TokenSource {
  let token = first;
  return {
    current: () => Promise.resolve(token),
    newerThan: () => {
      token = renewed;
      return Promise.resolve(token);
    }
  };
}

/** Something that counts as nothing in the world happening. */
export const never = new AbortController().signal;
