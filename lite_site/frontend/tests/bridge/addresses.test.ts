import assert from 'node:assert/strict';
import { test } from 'node:test';

import { addressesOf, encodePath, openInHub, serverApi, serverBase } from '../../src/bridge/addresses.ts';

const hub = addressesOf('https://hub.example/jupyter');
assert.ok(hub);

test('everything stands below the hub’s address, whatever path it has', () => {
  assert.equal(hub.hub, 'https://hub.example/jupyter/');
  assert.equal(hub.authorize, 'https://hub.example/jupyter/hub/api/oauth2/authorize');
  assert.equal(hub.broker, 'https://hub.example/jupyter/services/passerelle/bridge/token');
  assert.equal(serverApi(hub, 'éva d', 'adn'), 'https://hub.example/jupyter/hub/api/users/%C3%A9va%20d/servers/adn');
});

test('what isn’t a web address is no hub', () => {
  for (const said of ['', 'hub.example', 'javascript:alert(1)', 'data:text/html,x', 'ftp://hub.example/']) {
    assert.equal(addressesOf(said), null, said);
  }
});

test('a server’s path is believed below the hub’s user/ only', () => {
  assert.equal(serverBase(hub, '/jupyter/user/ana/adn/'), 'https://hub.example/jupyter/user/ana/adn/');
  for (const path of [
    'https://evil.example/user/a/',
    '//evil.example/jupyter/user/a/',
    '/user/ana/adn/',
    '/jupyter/user/../hub/'
  ]) {
    assert.equal(serverBase(hub, path), null, path);
  }
});

test('paths with spaces, accents and signs stay paths', () => {
  assert.equal(encodePath('génome/a b?#.ipynb'), 'g%C3%A9nome/a%20b%3F%23.ipynb');
  assert.equal(
    openInHub(hub, 'adn', 'sous/a&b.ipynb'),
    'https://hub.example/jupyter/hub/passerelle/open/adn?lesson=sous%2Fa%26b.ipynb'
  );
});
