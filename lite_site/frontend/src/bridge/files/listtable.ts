/** The table of what is on the server: a row for each file. */

import type { ServerChange } from './changes.ts';
import type { Tongue } from './conflictsview.ts';
import { sizeIn } from './sizes.ts';

/** An element with its text and attributes. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  text = '',
  set: Readonly<Record<string, string>> = {}
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  node.textContent = text;
  Object.entries(set).forEach(([name, value]) => node.setAttribute(name, value));
  return node;
}

/** A button as JupyterLab's dialogs have them. */
export function plainButton(label: string, extra: string, press: () => void): HTMLButtonElement {
  const button = element('button', label, { type: 'button', class: `jp-mod-styled ${extra}`.trim() });
  button.addEventListener('click', press);
  return button;
}

const COLUMNS = ['files.list.name', 'files.list.size', 'files.list.state', 'files.list.action'] as const;

function rowOf(change: ServerChange, { say, language }: Tongue, action: HTMLElement): HTMLTableRowElement {
  const { path, file, state, fits } = change;
  const row = element('tr');
  const last = element('td');
  const said = say(`files.list.${state}`);
  last.append(action);
  row.append(
    element('th', path, { scope: 'row' }),
    element('td', sizeIn(language, file.bytes)),
    element('td', fits ? said : `${said}, ${say('files.list.tooBig')}`),
    last
  );
  return row;
}

/** The table; `action` makes what stands at the end of a row. */
export function changesTable(
  changes: readonly ServerChange[],
  tongue: Tongue,
  action: (change: ServerChange) => HTMLElement
): HTMLTableElement {
  const table = element('table');
  const head = table.createTHead().insertRow();
  head.append(...COLUMNS.map(id => element('th', tongue.say(id), { scope: 'col' })));
  table.createTBody().append(...changes.map(change => rowOf(change, tongue, action(change))));
  return table;
}
