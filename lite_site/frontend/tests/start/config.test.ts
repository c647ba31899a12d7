import assert from 'node:assert/strict';
import { test } from 'node:test';

import { resolveAddresses, withHub, withTrailingSlash } from '../../src/start/config.ts';

test('addresses start at the course root, at top level, in lists and in plugin settings', () => {
  assert.deepEqual(
    resolveAddresses(
      {
        baseUrl: './',
        appUrl: './notebooks',
        fullStaticUrl: './../_passerelle/shell/build',
        pipliteUrls: ['./a.json', '/b.json'],
        litePluginSettings: { kernel: { pyodideUrl: './../p/pyodide.mjs', deep: { anUrl: './stays' } } },
        settingsOverrides: { plugin: { someUrl: './x', locale: 'fr_FR' } }
      },
      '/site/cours/'
    ),
    {
      baseUrl: '/site/cours/',
      appUrl: '/site/cours/notebooks',
      fullStaticUrl: '/site/cours/../_passerelle/shell/build',
      pipliteUrls: ['/site/cours/a.json', '/b.json'],
      litePluginSettings: { kernel: { pyodideUrl: '/site/cours/../p/pyodide.mjs', deep: { anUrl: './stays' } } },
      settingsOverrides: { plugin: { someUrl: '/site/cours/x', locale: 'fr_FR' } }
    }
  );
});

test('what JupyterLite joins itself, absolute addresses and other keys stay', () => {
  const config = {
    themesUrl: './themes',
    licensesUrl: './licenses',
    hubUrl: 'https://hub.example/',
    title: './not an address',
    exposeAppInBrowser: true,
    emptyUrl: null
  };
  assert.deepEqual(resolveAddresses(config, '/c/'), config);
});

test('a page without its slash is sent to the address with it', () => {
  assert.equal(withTrailingSlash('/c/notebooks'), '/c/notebooks/');
  assert.equal(withTrailingSlash('/c/notebooks/'), null);
  assert.equal(withTrailingSlash('/c/notebooks/index.html'), null);
});

test('a page that names a hub tells JupyterLite; others have no trace of one', () => {
  const config = { baseUrl: './' };
  for (const hub of ['https://hub.example/', 'http://127.0.0.1:8001/', 'https://hub.example/jupyter/lab.2/']) {
    assert.deepEqual(withHub(config, hub), { baseUrl: './', passerelleHub: hub });
  }
  for (const none of [null, '', 'https://hub.example', '//hub.example/', 'javascript:alert(1)/', 'https://a@b/', 'https://h/?/']) {
    assert.deepEqual(withHub(config, none), config);
  }
});
