import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { FORMAT } from '../../src/snapshot/image.ts';
import { loadPyodide } from '../../src/snapshot/restore.ts';
import type { StartOptions } from '../../src/snapshot/restore.ts';

const folder = mkdtempSync(join(tmpdir(), 'passerelle-'));
after(() => rmSync(folder, { recursive: true }));

/** A Pyodide that starts plainly, and makes an instance of build `a` where it is asked to take one. */
writeFileSync(
  join(folder, 'pyodide.mjs'),
  `export async function loadPyodide(options) {
    if (!options.createPyodideModule) return { plain: options };
    await options.createPyodideModule({ API: { config: { BUILD_ID: 'a' } } });
  }`
);
writeFileSync(join(folder, 'pyodide.asm.mjs'), 'export default async () => ({ wasmTable: { length: 1 } });');

const said: string[] = [];
beforeEach(() => said.splice(0));

/** What the kernel would say to the page, with a description that reads `text`. */
async function start(text: string, status = 200): Promise<unknown> {
  const options = {
    indexURL: `${pathToFileURL(folder).href}/`,
    packages: ['ipython'],
    env: { A: '1' },
    snapshotURL: 'https://site.example/snapshot.json',
    snapshotIntegrity: `sha256-${createHash('sha256').update(text).digest('base64')}`
  } satisfies StartOptions;
  const { fetch, console: usual } = globalThis;
  globalThis.fetch = async () => new Response(text, { status });
  globalThis.console = { ...usual, info: (line: string) => void said.push(line) };
  try {
    const { plain } = (await loadPyodide(options)) as unknown as { plain: object };
    assert.deepEqual(plain, options);
    return said;
  } finally {
    globalThis.fetch = fetch;
    globalThis.console = usual;
  }
}

const WORDS = 'Python starts without its snapshot, which takes longer: ';

test('a description that is missing, unreadable or of another form makes a plain start, said once', async () => {
  assert.match(String(await start('', 404)), /longer: .* answers 404$/);
  said.splice(0);
  assert.match(String(await start('<!doctype html>')), /longer: Unexpected token/);
  said.splice(0);
  assert.deepEqual(await start(JSON.stringify({ format: FORMAT + 1 })), [
    `${WORDS}it has form ${FORMAT + 1}, and this page reads form ${FORMAT}`
  ]);
});

test('so does a line on which it would take longer to come', async () => {
  const line = (connection: object): void => {
    Object.defineProperty(navigator, 'connection', { value: connection, configurable: true });
  };
  const another = JSON.stringify({ format: FORMAT + 1 });
  for (const slow of [{ saveData: true, effectiveType: '4g' }, { saveData: false, effectiveType: '3g' }]) {
    line(slow);
    assert.deepEqual(await start(another), [`${WORDS}the line is slow, or data is to be saved`]);
    said.splice(0);
  }
  line({ saveData: false, effectiveType: '4g' });
  assert.match(String(await start(another)), /it has form/);
});

test('so does memory of another Pyodide, and memory that isn’t packed as it should be', async () => {
  const part = { file: 'memory.bin', integrity: '' };
  const description = { format: FORMAT, build: 'b', memory: part, content: part };
  assert.deepEqual(await start(JSON.stringify(description)), [`${WORDS}it is of another build of Pyodide`]);
  said.splice(0);
  const words = (await start(JSON.stringify({ ...description, build: 'a' }))) as string[];
  assert.equal(words.length, 1);
});
