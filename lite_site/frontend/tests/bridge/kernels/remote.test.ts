import assert from 'node:assert/strict';
import { test } from 'node:test';

import { RemoteKernels } from '../../../src/bridge/kernels/remote.ts';
import { openServer } from '../../../src/bridge/server.ts';
import { FakeHub, json, never, tokens } from '../fakes.ts';

const S = 'https://hub.example/user/ana/adn/';
const SESSIONS = `${S}api/sessions`;
const model = (id: string, more: object = {}): object => ({ id, name: 'python3', execution_state: 'idle', ...more });

function remote() {
  const hub = new FakeHub();
  const kernels = new RemoteKernels();
  kernels.attach(openServer(S, tokens(), hub.fetched), () => 'token');
  return { hub, kernels };
}

test('a lesson finds its kernel by its path alone, whatever tab started it', async () => {
  const { hub, kernels } = remote();
  hub.answer(
    `GET ${SESSIONS}`,
    json([
      { path: 'rna/a.ipynb', kernel: model('x') },
      { path: 'adn/a.ipynb', kernel: model('k1', { kept_for: ['notebook-1'] }) }
    ])
  );
  const found = await kernels.find('adn/a.ipynb', never);
  assert.deepEqual(found, { id: 'k1', name: 'hub:python3', execution_state: 'idle', keptFor: ['notebook-1'] });
  assert.equal(await kernels.find('adn/b.ipynb', never), null);
  assert.deepEqual(await kernels.list(0), [], 'not listed before the notebook has it: widgets would be first');
  assert.ok(found !== null);
  await kernels.giving(found, () => Promise.resolve(kernels.takeReserved()));
  assert.ok(kernels.has('k1') && !kernels.has('x'), 'only the kernels this page uses are its');
});

test('a new one is started for the lesson’s path, and its failure told', async () => {
  const { hub, kernels } = remote();
  hub.answer(`POST ${SESSIONS}`, json({ path: 'adn/sous/a.ipynb', kernel: model('k2') }, 201), json({}, 500));
  assert.equal((await kernels.start('adn/sous/a.ipynb', never)).id, 'k2');
  assert.deepEqual(JSON.parse(hub.asked[0]?.body ?? ''), {
    path: 'adn/sous/a.ipynb',
    name: 'a.ipynb',
    type: 'notebook',
    kernel: { name: 'python3' }
  });
  await assert.rejects(kernels.start('adn/b.ipynb', never), { kind: 'no-kernel' });
});

test('the list outlives a lost network; a kernel that is gone leaves it once the server says so', async () => {
  const { hub, kernels } = remote();
  hub.answer(`POST ${SESSIONS}`, json({ kernel: model('k1') }));
  const KERNELS = `GET ${S}api/kernels?no_track_activity=1`;
  hub.answer(
    KERNELS,
    new TypeError('Failed to fetch'),
    json([model('k1', { execution_state: 'busy' }), model('other')]),
    json([])
  );
  const started = await kernels.start('adn/a.ipynb', never);
  await kernels.giving(started, () => Promise.resolve(kernels.takeReserved()));
  const states = async (now: number): Promise<unknown[]> =>
    (await kernels.list(now)).map(({ execution_state: state }) => state);
  assert.deepEqual(await states(1e6), ['idle']);
  assert.deepEqual(await states(1e6 + 10_000), ['idle'], 'not asked again so soon');
  assert.deepEqual(await states(2e6), ['busy']);
  assert.deepEqual(await states(3e6), []);
  assert.equal(hub.seen.filter(seen => seen === KERNELS).length, 3);
});

test('a look at a kernel says dead only where the server says that there is none', async () => {
  const { hub, kernels } = remote();
  const KERNEL = `GET ${S}api/kernels/k1?no_track_activity=1`;
  hub.answer(KERNEL, json({}, 404), new TypeError('Failed to fetch'), new Response('', { status: 424 }));
  assert.equal((await kernels.look('k1')).execution_state, 'dead');
  await assert.rejects(kernels.look('k1'), { kind: 'unreachable' });
  await assert.rejects(kernels.look('k1'), { kind: 'stopped' });
});

test('restart, interrupt and end go to the server; ending one that had ended is done', async () => {
  const { hub, kernels } = remote();
  hub
    .answer(`POST ${S}api/kernels/k1/restart`, json(model('k1')))
    .answer(`POST ${S}api/kernels/k1/interrupt`, new Response(null, { status: 204 }))
    .answer(`DELETE ${S}api/kernels/k1`, json({}, 404));
  await kernels.restart('k1');
  await kernels.interrupt('k1');
  await kernels.shutdown('k1');
  assert.equal(hub.asked.length, 3);
});

test('kernels are given one at a time, each to the change it was prepared for', async () => {
  const { kernels } = remote();
  const taken: (string | undefined)[] = [];
  const take = async (): Promise<void> => {
    await new Promise(resolve => setTimeout(resolve, 2));
    taken.push(kernels.takeReserved()?.id);
  };
  const failing = kernels.giving({ id: 'k0', name: '', keptFor: [] }, () => Promise.reject(new Error('no')));
  await Promise.all([
    assert.rejects(failing),
    kernels.giving({ id: 'k1', name: '', keptFor: [] }, take),
    kernels.giving({ id: 'k2', name: '', keptFor: [] }, take)
  ]);
  assert.deepEqual(taken, ['k1', 'k2']);
  assert.equal(kernels.takeReserved(), null);
});

test('without a server nothing is asked and nothing known', async () => {
  const { hub, kernels } = remote();
  hub.answer(`POST ${SESSIONS}`, json({ kernel: model('k1') }));
  const started = await kernels.start('adn/a.ipynb', never);
  await kernels.giving(started, () => Promise.resolve(kernels.takeReserved()));
  kernels.detach();
  assert.deepEqual([kernels.has('k1'), kernels.wire, await kernels.list(1e9)], [false, null, []]);
  await assert.rejects(kernels.restart('k1'), { kind: 'stopped' });
});
