import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { Signal } from '@lumino/signaling';
import { build } from 'esbuild';

type ClientModule = typeof import('../../src/sessions/client.ts');

/** JupyterLite's modules name each other without extensions, as bundlers take them. */
async function loadClient(): Promise<ClientModule> {
  const folder = mkdtempSync(join(tmpdir(), 'lite-sessions-'));
  try {
    const outfile = join(folder, 'client.cjs');
    const entryPoints = ['src/sessions/client.ts'];
    await build({ entryPoints, bundle: true, platform: 'node', format: 'cjs', outfile, logLevel: 'silent' });
    return createRequire(import.meta.url)(outfile) as ClientModule;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { PathSessionClient } = await loadClient();

/** Lite's session client over kernels that only say where they were started. */
function sessions() {
  const started: { location?: string; name?: string }[] = [];
  const kernelClient = {
    changed: new Signal({}),
    isRestarting: () => false,
    shutdown: () => Promise.resolve(),
    startNew: (options: { location?: string; name?: string }) => {
      started.push(options);
      return Promise.resolve({ id: `k${started.length}`, name: options.name });
    }
  };
  const client = new PathSessionClient({ kernelClient: kernelClient as never, serverSettings: {} as never });
  const open = (path: string, kernel: object = { name: 'python' }) =>
    client.startNew({ path, name: path.slice(path.lastIndexOf('/') + 1), type: 'notebook', kernel });
  return { client, open, started };
}

test('two notebooks of one name have each their session, their kernel and their folder', async () => {
  const { client, open, started } = sessions();
  const [one, other, top] = [await open('TP 1/a.ipynb'), await open('TP 2/a.ipynb'), await open('a.ipynb')];
  assert.deepEqual([one.kernel?.id, other.kernel?.id, top.kernel?.id], ['k1', 'k2', 'k3']);
  assert.deepEqual(started.map(({ location }) => location), ['TP 1', 'TP 2', '']);
  assert.deepEqual((await client.listRunning()).map(({ path, name }) => [path, name]), [
    ['TP 1/a.ipynb', 'a.ipynb'],
    ['TP 2/a.ipynb', 'a.ipynb'],
    ['a.ipynb', 'a.ipynb']
  ]);
});

test('a notebook opened twice has one session', async () => {
  const { open, started } = sessions();
  assert.equal((await open('TP 1/a.ipynb')).id, (await open('TP 1/a.ipynb')).id);
  assert.equal(started.length, 1);
});

test('what asks for a kernel that runs, as a console beside a notebook does, shares it', async () => {
  const { open, started } = sessions();
  const { kernel } = await open('TP 1/a.ipynb');
  assert.equal((await open('TP 1/console-1', { id: kernel?.id })).kernel?.id, 'k1');
  assert.equal(started.length, 1);
});
