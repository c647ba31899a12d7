/** The list of what cells made on the cluster: bring it back, or download it. */

import { Dialog, showDialog } from '@jupyterlab/apputils';
import { PromiseDelegate } from '@lumino/coreutils';
import { Widget } from '@lumino/widgets';

import { isAbort } from '../problems.ts';
import { type BackChoice, bringChanges, type BringResult, type BringWith } from './bringback.ts';
import type { CarryProgress } from './carry.ts';
import type { ServerChange } from './changes.ts';
import { bringingQuestions, type Tongue } from './conflictsview.ts';
import { fetchFile, saveAs } from './download.ts';
import { changesTable, element, plainButton } from './listtable.ts';
import { nameOf } from './names.ts';
import { FilesProblem } from './problems.ts';

/** What the list shows and works with; `told` gives the sentence for a failure that isn't a file's. */
export interface ListWith extends Tongue {
  readonly changes: readonly ServerChange[];
  readonly bring: Omit<BringWith, 'onProgress' | 'signal'>;
  readonly told: (error: unknown) => string;
}

/** The dialog's body; what runs in it ends when it is closed. */
export class FilesList extends Widget {
  readonly #with: ListWith;
  readonly #status = element('p', '', { role: 'status' });
  readonly #progress = element('progress');
  readonly #actions = element('div', '', { class: 'passerelle-Files-actions' });
  readonly #end = new AbortController();

  constructor(listWith: ListWith) {
    super();
    this.#with = listWith;
    const { changes, say } = listWith;
    this.addClass('passerelle-Files');
    this.#progress.hidden = true;
    if (changes.length === 0) {
      this.node.append(element('p', say('files.list.none')));
      return;
    }
    if (changes.some(({ fits }) => fits)) {
      this.#actions.append(this.#button(say('files.list.bring'), 'jp-mod-accept', () => this.#bring()));
    }
    this.#actions.append(this.#button(say('files.list.downloadAll'), '', () => this.#download(changes)));
    const table = changesTable(changes, listWith, change => this.#downloadButton(change));
    this.node.append(table, this.#progress, this.#status, this.#actions);
  }

  override dispose(): void {
    this.#end.abort();
    super.dispose();
  }

  #downloadButton(change: ServerChange): HTMLButtonElement {
    const { say } = this.#with;
    const button = this.#button(say('files.list.download'), '', () => this.#download([change]));
    button.setAttribute('aria-label', say('files.list.downloadOf', { name: change.path }));
    return button;
  }

  #button(label: string, extra: string, act: () => Promise<void>): HTMLButtonElement {
    return plainButton(label, extra, () => void this.#run(act));
  }

  /** One thing at a time; its failure in a sentence. */
  async #run(act: () => Promise<void>): Promise<void> {
    const buttons = [...this.node.querySelectorAll('button')];
    buttons.forEach(button => (button.disabled = true));
    try {
      await act();
    } catch (error) {
      this.#status.textContent = isAbort(error) ? '' : this.#told(error);
    } finally {
      this.#progress.hidden = true;
      buttons.forEach(button => (button.disabled = false));
    }
  }

  async #bring(): Promise<void> {
    const { changes, bring } = this.#with;
    const fitting = changes.filter(({ fits }) => fits);
    const unsure = fitting.filter(({ state }) => state === 'both');
    const choices = unsure.length > 0 ? await this.#ask(unsure) : new Map<string, BackChoice>();
    const signal = this.#end.signal;
    const onProgress = (progress: CarryProgress): void => this.#tell(progress);
    this.#summarise(await bringChanges(fitting, choices, { ...bring, signal, onProgress }));
  }

  /** Asks in the list's place: JupyterLab opens no dialog while another is open. */
  async #ask(unsure: readonly ServerChange[]): Promise<ReadonlyMap<string, BackChoice>> {
    const { say } = this.#with;
    const questions = bringingQuestions(this.#with, unsure);
    const list = [...this.node.childNodes];
    const answer = new PromiseDelegate<ReadonlyMap<string, BackChoice>>();
    const cancel = (): void => answer.reject(new DOMException('cancelled by the person', 'AbortError'));
    const actions = element('div', '', { class: 'passerelle-Files-actions' });
    actions.append(
      plainButton(say('files.conflict.confirm'), 'jp-mod-accept', () => answer.resolve(questions.getValue())),
      plainButton(say('files.conflict.cancel'), '', cancel)
    );
    this.#end.signal.addEventListener('abort', cancel);
    this.node.replaceChildren(questions.node, actions);
    questions.node.querySelector('input')?.focus();
    try {
      return await answer.promise;
    } finally {
      this.node.replaceChildren(...list);
      questions.dispose();
    }
  }

  async #download(changes: readonly ServerChange[]): Promise<void> {
    const totalBytes = changes.reduce((sum, { file }) => sum + file.bytes, 0);
    let before = 0;
    for (const [done, { path, file }] of changes.entries()) {
      const tell = (bytes: number): void =>
        this.#tell({ done, total: changes.length, bytes: before + bytes, totalBytes, name: path });
      tell(0);
      saveAs(await fetchFile(this.#with.bring.server, file.path, this.#end.signal, tell), nameOf(path));
      before += file.bytes;
    }
    this.#status.textContent = this.#with.say('files.list.downloaded');
  }

  #tell({ done, total, bytes, totalBytes, name }: CarryProgress): void {
    const said = this.#with.say('files.list.moving', { name, number: String(done + 1), total: String(total) });
    if (this.#status.textContent !== said) {
      this.#status.textContent = said;
    }
    this.#progress.hidden = false;
    this.#progress.max = Math.max(1, totalBytes);
    this.#progress.value = bytes;
    this.#progress.setAttribute('aria-label', said);
  }

  #summarise({ brought, kept, failed }: BringResult): void {
    const { say } = this.#with;
    const told = [
      say('files.list.brought', { count: String(brought.length) }),
      ...(kept.length > 0 ? [say('files.list.kept', { count: String(kept.length) })] : []),
      ...failed.map(problem => this.#told(problem))
    ];
    this.#status.textContent = told.join(' ');
  }

  #told(error: unknown): string {
    const { say, told } = this.#with;
    return error instanceof FilesProblem ? say(`files.problem.${error.kind}`, { name: error.path }) : told(error);
  }
}

/** Shows the list until it is closed. */
export async function showList(listWith: ListWith): Promise<void> {
  const { say } = listWith;
  await showDialog({
    title: say('files.list.title'),
    body: new FilesList(listWith),
    buttons: [Dialog.cancelButton({ label: say('files.list.close') })]
  });
}
