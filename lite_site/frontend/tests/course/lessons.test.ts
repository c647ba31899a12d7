import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inLanguage, lessonAt, parseLessons } from '../../src/course/lessons.ts';

const ENTRY = {
  slug: 'lecon',
  published: 'Leçon 1.ipynb',
  sha256: 'aa',
  title: { fr: 'Leçon' },
  placement: 'cluster',
  reason: { fr: 'trop lourde', en: 'too heavy' },
  language: 'fr'
};

test('a lesson is found by its path, accents composed or not', () => {
  const lessons = parseLessons({ lessons: [ENTRY] });
  const found = lessonAt(lessons, 'Leçon 1.ipynb'.normalize('NFD'));
  assert.equal(found?.slug, 'lecon');
  assert.equal(found?.placement, 'cluster');
  assert.equal(lessonAt(lessons, 'other.ipynb'), null);
});

test('what is not a lesson is left out', () => {
  for (const course of [null, [], 'x', {}, { lessons: 3 }, { lessons: [null, {}, { slug: 'a', published: 1 }] }]) {
    assert.equal(parseLessons(course).size, 0);
  }
  assert.equal(lessonAt(parseLessons({ lessons: [{ ...ENTRY, placement: 'moon', reason: null }] }), 'Leçon 1.ipynb')?.placement, 'browser');
});

test('a text missing in a language is given in the other', () => {
  assert.equal(inLanguage({ fr: 'oui' }, 'en'), 'oui');
  assert.equal(inLanguage({ en: 'yes' }, 'fr'), 'yes');
  assert.equal(inLanguage({ fr: 'oui', en: 'yes' }, 'en'), 'yes');
  assert.equal(inLanguage({}, 'en'), '');
});
