/** The dialogs about files in a page of their own, for tests/hub/page/test_dialogs.py; the server answers from memory. */

import { askBeforeSending } from '../../src/bridge/files/conflictsview.ts';
import { BrowserFiles, type ContentsDoor } from '../../src/bridge/files/browser.ts';
import type { ServerChange } from '../../src/bridge/files/changes.ts';
import { showList } from '../../src/bridge/files/listview.ts';
import { PublishedDoor } from '../../src/bridge/files/published.ts';
import { ServerFiles } from '../../src/bridge/files/serverfiles.ts';
import { pageLanguage, speaker } from '../../src/messages/index.ts';

const language = pageLanguage('', document.documentElement.lang);
const say = speaker(language);
const saved = new Map<string, Partial<{ content: unknown; format: string; type: string }>>();

const contents = {
  get: (path: string) => (saved.has(path) ? Promise.resolve(saved.get(path)) : Promise.reject(new Error(`no ${path}`))),
  save: (path: string, model: object) => Promise.resolve(saved.set(path, model)),
  newUntitled: () => Promise.resolve({ path: 'Untitled Folder' }),
  rename: (_: string, path: string) => Promise.resolve(saved.set(path, { type: 'directory' }))
} as unknown as ContentsDoor;

const served = (path: string): Response =>
  path.includes('gone') ? new Response(null, { status: 404 }) : new Response(`content of ${path}`);

const server = new ServerFiles({
  base: 'https://hub.example/user/ada/c/',
  wsBase: '',
  token: () => Promise.resolve(''),
  request: path => new Promise(resolve => setTimeout(() => resolve(served(path)), 20))
});

function change(path: string, state: ServerChange['state'], bytes: number, fits = true): ServerChange {
  const file = { path, bytes, sha256: 'x', modified: 1_700_000_000 };
  return { path, state, file, here: state === 'new' ? null : 'y', fits };
}

const changes = [
  change('out/<img src=x onerror=alert(1)>.csv', 'new', 1_200),
  change('notes.txt', 'both', 80),
  change('gone.txt', 'changed', 10),
  change('reads.bam', 'new', 3_000_000_000, false)
];

const around = {
  server,
  published: new PublishedDoor('/', () => Promise.reject(new TypeError('none'))),
  browser: new BrowserFiles(contents, { keys: () => Promise.resolve([...saved.keys()]) }),
  memory: { getItem: () => Promise.resolve(null), setItem: () => Promise.resolve() },
  pause: () => Promise.resolve(),
  room: () => Promise.resolve(Infinity),
  besideLabel: say('files.besideLabel')
};

Object.assign(window, {
  saved,
  list: (some: number) => showList({ say, language, told: String, changes: changes.slice(0, some), bring: around }),
  ask: async () => {
    const conflict = { path: 'a "b".csv', mine: { bytes: 1_000 }, servers: { bytes: 2_000, modified: 1_700_000_000 } };
    const asked = askBeforeSending({ say, language }, [conflict, { ...conflict, path: 'c.csv' }]);
    return asked.then(
      choices => Object.fromEntries(choices),
      (error: DOMException) => error.name
    );
  }
});
