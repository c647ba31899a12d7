/** Asks, file by file, what to do where both sides changed. */

import { Dialog, showDialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';

import type { Language } from '../../course/lessons.ts';
import type { Say } from '../../messages/index.ts';
import type { BackChoice } from './bringback.ts';
import type { Choice, Conflict } from './sendings.ts';
import type { ServerChange } from './changes.ts';
import { momentIn, sizeIn } from './sizes.ts';

/** The page's language, and a speaker of it. */
export interface Tongue {
  readonly say: Say;
  readonly language: Language;
}

/** A question about one file: its answers by what they mean; the first one is the careful one. */
interface Question<Answer extends string> {
  readonly path: string;
  readonly answers: readonly (readonly [Answer, string])[];
}

function labelled<Answer extends string>(
  name: string,
  [answer, text]: readonly [Answer, string],
  first: boolean
): Node {
  const label = document.createElement('label');
  const radio = document.createElement('input');
  Object.assign(radio, { type: 'radio', name, value: answer, checked: first, defaultChecked: first });
  label.append(radio, ` ${text}`);
  return label;
}

/** The questions, a group of radio buttons each. */
export class Questions<Answer extends string>
  extends Widget
  implements Dialog.IBodyWidget<ReadonlyMap<string, Answer>>
{
  readonly #questions: readonly Question<Answer>[];

  constructor(said: string, questions: readonly Question<Answer>[]) {
    super({ node: document.createElement('form') });
    this.#questions = questions;
    this.addClass('passerelle-Conflicts');
    const intro = document.createElement('p');
    intro.textContent = said;
    this.node.append(intro, ...questions.map((question, number) => this.#group(question, `file-${number}`)));
  }

  /** The answers given, by path. */
  getValue(): ReadonlyMap<string, Answer> {
    const given = new FormData(this.node as HTMLFormElement);
    return new Map(this.#questions.map(({ path }, number) => [path, given.get(`file-${number}`) as Answer]));
  }

  #group({ path, answers }: Question<Answer>, name: string): HTMLElement {
    const group = document.createElement('fieldset');
    const legend = document.createElement('legend');
    legend.textContent = path;
    group.append(legend, ...answers.map((answer, number) => labelled(name, answer, number === 0)));
    return group;
  }
}

/** Asks about files on their way to the server, in a dialog; throws AbortError where the person cancels. */
export async function askBeforeSending(
  { say, language }: Tongue,
  conflicts: readonly Conflict[]
): Promise<ReadonlyMap<string, Choice>> {
  const questions = conflicts.map(({ path, mine, servers }): Question<Choice> => {
    const theirs = { size: sizeIn(language, servers.bytes), moment: momentIn(language, servers.modified) };
    return {
      path,
      answers: [
        ['keep', say('files.conflict.keep', theirs)],
        ['send', say('files.conflict.send', { size: sizeIn(language, mine.bytes) })],
        ['both', say('files.conflict.sendBeside')]
      ]
    };
  });
  const { button, value } = await showDialog<ReadonlyMap<string, Choice>>({
    title: say('files.conflict.title'),
    body: new Questions(say('files.conflict.said'), questions),
    buttons: [
      Dialog.cancelButton({ label: say('files.conflict.cancel') }),
      Dialog.okButton({ label: say('files.conflict.confirm') })
    ]
  });
  if (!button.accept || value === null) {
    throw new DOMException('cancelled by the person', 'AbortError');
  }
  return value;
}

/** The questions about files on their way back, to be shown where a dialog stands open already. */
export function bringingQuestions({ say, language }: Tongue, changes: readonly ServerChange[]): Questions<BackChoice> {
  const questions = changes.map(({ path, file }): Question<BackChoice> => {
    const theirs = { size: sizeIn(language, file.bytes), moment: momentIn(language, file.modified) };
    return {
      path,
      answers: [
        ['both', say('files.conflict.bringBeside')],
        ['keep', say('files.conflict.keepHere')],
        ['replace', say('files.conflict.replace', theirs)]
      ]
    };
  });
  return new Questions(say('files.conflict.said'), questions);
}
