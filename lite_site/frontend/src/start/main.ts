/** Starts an app page: completes its configuration, then loads its bundle. Built into one classic script. */

import { resolveAddresses, withHub, withTrailingSlash, type JsonObject } from './config.ts';

const SERVE_THE_FOLDER = {
  fr: 'Cette page ne fonctionne pas ouverte comme un fichier. Depuis le dossier du site, lancez « python -m http.server », puis ouvrez http://localhost:8000/ dans le navigateur.',
  en: 'This page does not work when opened as a file. In the folder of the site, run “python -m http.server”, then open http://localhost:8000/ in the browser.'
};

function explainFilePage(): void {
  const said = document.createElement('p');
  said.setAttribute('role', 'alert');
  said.style.cssText = 'font:1.1rem/1.5 sans-serif;max-width:40em;margin:3em auto;padding:0 1em';
  said.textContent = SERVE_THE_FOLDER[document.documentElement.lang.startsWith('fr') ? 'fr' : 'en'];
  document.body.replaceChildren(said);
}

function loadBundle(): void {
  const preload = document.getElementById('jupyter-lite-main') as HTMLLinkElement;
  const bundle = document.createElement('script');
  bundle.src = preload.href;
  bundle.setAttribute('main', preload.getAttribute('main') ?? 'index');
  document.head.append(bundle);
}

function start(): void {
  if (location.protocol === 'file:') {
    explainFilePage();
    return;
  }
  const slashed = withTrailingSlash(location.pathname);
  if (slashed !== null) {
    location.replace(slashed + location.search + location.hash);
    return;
  }
  const script = document.getElementById('jupyter-config-data') as HTMLElement;
  const root = new URL(`${script.dataset['courseRoot'] ?? '..'}/`, location.href).pathname;
  const config = resolveAddresses(JSON.parse(script.textContent ?? '{}') as JsonObject, root);
  const hub = document.head.querySelector<HTMLMetaElement>('meta[name="passerelle-hub"]');
  script.textContent = JSON.stringify(withHub(config, hub?.content ?? null));
  loadBundle();
}

if (document.readyState === 'loading') {
  document.addEventListener('DOMContentLoaded', start);
} else {
  start();
}
