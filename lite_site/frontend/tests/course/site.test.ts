import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PublishedCourse, Unreachable } from '../../src/course/site.ts';

const ROOT = 'https://school.example/site/c1/';
const COURSE = { lessons: [{ slug: 'a', published: 'a.ipynb', sha256: 'v1' }] };

test('course.json and notebooks are asked for past the cache', async () => {
  const asked: [string, RequestInit][] = [];
  const course = new PublishedCourse(ROOT, (address, options) => {
    asked.push([address, options]);
    return Promise.resolve(Response.json(address.endsWith('course.json') ? COURSE : { cells: [] }));
  });
  const lesson = await course.lesson('a.ipynb');
  assert.ok(lesson);
  assert.deepEqual(await course.notebook(lesson), { cells: [] });
  assert.deepEqual(asked, [
    [`${ROOT}course.json`, { cache: 'no-cache' }],
    [`${ROOT}files/a.ipynb`, { cache: 'no-cache' }]
  ]);
});

test('without the site, lessons are as last known and notebooks are unreachable', async () => {
  let online = true;
  const course = new PublishedCourse(ROOT, () =>
    online ? Promise.resolve(Response.json(COURSE)) : Promise.reject(new TypeError('Failed to fetch'))
  );
  await course.lesson('a.ipynb');
  online = false;
  const lesson = await course.lesson('a.ipynb');
  assert.equal(lesson?.sha256, 'v1');
  await assert.rejects(course.notebook(lesson), Unreachable);
});

test('an error page or broken JSON is no notebook', async () => {
  const placement = { where: 'browser', proven: false, reasons: [] } as const;
  const lesson = { slug: 'a', published: 'a.ipynb', sha256: 'v1', title: {}, placement };
  for (const response of [new Response('gone', { status: 404 }), new Response('<html>')]) {
    const course = new PublishedCourse(ROOT, () => Promise.resolve(response));
    await assert.rejects(course.notebook(lesson), Unreachable);
  }
});
