import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Lesson } from '../../src/course/lessons.ts';
import { markOf } from '../../src/versions/content.ts';
import { LessonVersions, type Origin, type Store } from '../../src/versions/versions.ts';

class MemoryStore<Value> implements Store<Value> {
  readonly values: Map<string, Value>;
  constructor(values: Record<string, Value> = {}) {
    this.values = new Map(Object.entries(values));
  }
  getItem(key: string): Promise<Value | null> {
    return Promise.resolve(this.values.get(key) ?? null);
  }
  setItem(key: string, value: Value): Promise<void> {
    this.values.set(key, value);
    return Promise.resolve();
  }
  removeItem(key: string): Promise<void> {
    this.values.delete(key);
    return Promise.resolve();
  }
  keys(): Promise<string[]> {
    return Promise.resolve([...this.values.keys()]);
  }
}

const PATH = 'a.ipynb';
const placement = { where: 'browser', proven: false, reasons: [] } as const;
const published = (sha256: string): Lesson => ({ slug: 'a', published: PATH, sha256, title: {}, placement });
const saying = (source: string): object => ({ cells: [{ cell_type: 'code', source, outputs: [] }] });
const [V1, V2, V3] = [published('v1'), published('v2'), published('v3')];
const never = (): Promise<unknown> => Promise.reject(new Error('the site was asked for nothing'));
const teachers = (): Promise<unknown> => Promise.resolve(saying('new'));

function browser(copies: Record<string, object> = {}, origins: Record<string, Origin> = {}) {
  const [kept, known] = [new MemoryStore<object>(copies), new MemoryStore<Origin>(origins)];
  return { copies: kept, origins: known, versions: new LessonVersions(known, kept) };
}

test('a copy is based on the version it was first saved from', async () => {
  const { origins, versions } = browser();
  await versions.noteSaved(PATH, V1, 'mark');
  await versions.noteSaved(PATH, V2, 'other');
  assert.deepEqual(origins.values.get(PATH), { base: 'v1', declined: null, mark: 'mark' });
  assert.equal(await versions.advise(PATH, V1, saying('mine'), never), 'none');
});

test('a newer version is offered, and not again once declined, until the next one', async () => {
  const { versions } = browser();
  await versions.noteSaved(PATH, V1, 'mark');
  assert.equal(await versions.advise(PATH, V2, saying('mine'), teachers), 'offer');
  await versions.decline(PATH, V2);
  assert.equal(await versions.advise(PATH, V2, saying('mine'), teachers), 'declined');
  assert.equal(await versions.advise(PATH, V3, saying('mine'), teachers), 'offer');
});

test('a copy that says what the new version says is simply up to date', async () => {
  const { origins, versions } = browser();
  await versions.noteSaved(PATH, V1, 'mark');
  assert.equal(await versions.advise(PATH, V2, saying('new'), teachers), 'none');
  assert.equal(origins.values.get(PATH)?.base, 'v2');
});

test('a copy in which the pupil did nothing gives way to the new version', async () => {
  const { versions } = browser();
  await versions.noteSaved(PATH, V1, markOf(saying('old')));
  assert.equal(await versions.advise(PATH, V2, saying('old'), teachers), 'renew');
  assert.equal(await versions.advise(PATH, V2, saying('old, edited'), teachers), 'offer');
});

test('a copy from before anything was remembered is compared, never taken for the newest', async () => {
  const { origins, versions } = browser({ [PATH]: saying('mine') });
  await versions.noteSaved(PATH, V1, 'mark');
  assert.equal(origins.values.has(PATH), false);
  assert.equal(await versions.advise(PATH, V1, saying('mine'), teachers), 'offer');
});

test('once a copy is gone, the next one has an origin of its own', async () => {
  const { copies, origins, versions } = browser({ [PATH]: saying('mine') });
  assert.equal(await versions.hasCopy(PATH), true);
  copies.values.delete(PATH);
  await versions.forget(PATH);
  assert.equal(await versions.hasCopy(PATH), false);
  await versions.noteSaved(PATH, V2, 'mark');
  assert.equal(origins.values.get(PATH)?.base, 'v2');
});
