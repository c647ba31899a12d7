import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inLanguage, lessonAt, parseLessons } from '../../src/course/lessons.ts';

const ENTRY = {
  slug: 'lecon',
  published: 'Leçon 1.ipynb',
  sha256: 'aa',
  title: { fr: 'Leçon' },
  placement: {
    where: 'cluster',
    proven: false,
    reasons: [
      { code: 'fits', argues: 'browser', text: { fr: 'légère' } },
      { code: 'memory', argues: 'cluster', text: { fr: 'trop lourde', en: 'too heavy' } }
    ]
  },
  language: 'fr'
};

test('a lesson is found by its path, accents composed or not', () => {
  const lessons = parseLessons({ lessons: [ENTRY] });
  const found = lessonAt(lessons, 'Leçon 1.ipynb'.normalize('NFD'));
  assert.equal(found?.slug, 'lecon');
  assert.deepEqual(found?.placement, { where: 'cluster', proven: false, reasons: [{ fr: 'trop lourde', en: 'too heavy' }] });
  assert.equal(lessonAt(lessons, 'other.ipynb'), null);
});

test('what is not a lesson is left out', () => {
  for (const course of [null, [], 'x', {}, { lessons: 3 }, { lessons: [null, {}, { slug: 'a', published: 1 }] }]) {
    assert.equal(parseLessons(course).size, 0);
  }
  for (const placement of ['moon', null, { where: 'moon', reasons: [null, 3, { argues: 'browser' }] }]) {
    const odd = lessonAt(parseLessons({ lessons: [{ ...ENTRY, placement }] }), 'Leçon 1.ipynb');
    assert.deepEqual(odd?.placement, { where: 'browser', proven: false, reasons: [] });
  }
});

test('the words of a teacher come before what was found', () => {
  const reasons = [
    { code: 'program', argues: 'cluster', text: { fr: 'lance samtools' } },
    { code: 'teacher', argues: 'cluster', text: { fr: 'on y va ensemble' } }
  ];
  const lessons = parseLessons({ lessons: [{ ...ENTRY, placement: { where: 'cluster', reasons } }] });
  assert.deepEqual(lessonAt(lessons, 'Leçon 1.ipynb')?.placement.reasons, [{ fr: 'on y va ensemble' }]);
});

test('a text missing in a language is given in the other', () => {
  assert.equal(inLanguage({ fr: 'oui' }, 'en'), 'oui');
  assert.equal(inLanguage({ en: 'yes' }, 'fr'), 'yes');
  assert.equal(inLanguage({ fr: 'oui', en: 'yes' }, 'en'), 'yes');
  assert.equal(inLanguage({}, 'en'), '');
});
