/**
 * Gives Node the face of a browser's worker, so that Pyodide starts as it does on the page, and the same every time.
 *
 * Nothing of the machine shows: no clock, no chance, no network, no language; addresses lead to `files` alone.
 */

import { readFileSync } from 'node:fs';

/** Where the files seem to be. */
export const ORIGIN = 'https://passerelle.invalid/';

/** The time it always is: 2020-01-01, in milliseconds since 1970. */
const EPOCH = 1_577_836_800_000;

class StandingDate extends Date {
  constructor(...parts: unknown[]) {
    super(...((parts.length === 0 ? [EPOCH] : parts) as [number]));
  }

  static override now(): number {
    return EPOCH;
  }
}

class WorkerGlobalScope {
  static [Symbol.hasInstance](): boolean {
    return true;
  }
}

/** The same bytes every time: a linear congruential generator (ISO C's example). */
function fillAlike<View extends ArrayBufferView>(view: View): View {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  let state = 1;
  for (let at = 0; at < bytes.length; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[at] = state >>> 16;
  }
  return view;
}

function refuseScripts(): never {
  throw new TypeError('a module worker imports no scripts');
}

function answerFrom(files: Readonly<Record<string, string>>): (address: string | URL) => Promise<Response> {
  return address => {
    const path = files[String(address).replace(ORIGIN, '')];
    const type = String(address).endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
    return path === undefined
      ? Promise.reject(new TypeError(`${String(address)} is not among the files`))
      : Promise.resolve(new Response(readFileSync(path), { headers: { 'content-type': type } }));
  };
}

/** Become a browser's worker; `files` are paths on this machine by address below `ORIGIN`. */
export function becomeWorker(files: Readonly<Record<string, string>>): void {
  const face = {
    process: undefined,
    self: globalThis,
    location: new URL(ORIGIN),
    navigator: { language: 'en-US', userAgent: '', platform: '' },
    WorkerGlobalScope,
    importScripts: refuseScripts,
    Date: StandingDate,
    fetch: answerFrom(files)
  };
  for (const [name, value] of Object.entries(face)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  performance.now = () => 0;
  crypto.getRandomValues = fillAlike as typeof crypto.getRandomValues;
  Math.random = () => 0.5;
}
