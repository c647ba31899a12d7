import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pageLanguage, speaker } from '../../src/messages/index.ts';
import en from '../../src/messages/en.json' with { type: 'json' };
import fr from '../../src/messages/fr.json' with { type: 'json' };

const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

test('both catalogues have the same messages, with the same places to fill', () => {
  assert.deepEqual(Object.keys(fr), Object.keys(en));
  for (const id of Object.keys(fr) as (keyof typeof fr)[]) {
    assert.ok(fr[id].trim() && en[id].trim(), id);
    assert.deepEqual(places(fr[id]), places(en[id]), id);
  }
});

test('the language is JupyterLab’s, else the page’s', () => {
  assert.equal(pageLanguage('fr_FR', 'en'), 'fr');
  assert.equal(pageLanguage('en', 'fr'), 'en');
  assert.equal(pageLanguage('default', 'fr-CA'), 'fr');
  assert.equal(pageLanguage('', ''), 'en');
});

test('places are filled', () => {
  assert.match(speaker('fr')('kept.said', { name: 'a (ma version).ipynb' }), /« a \(ma version\)\.ipynb »/);
});
