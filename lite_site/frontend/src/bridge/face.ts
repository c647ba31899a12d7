/** What a notebook shows of its bridge: the bar above it, and the place in its toolbar. */

import type { MainAreaWidget } from '@jupyterlab/apputils';

import { inLanguage, type Lesson } from '../course/lessons.ts';
import type { Context } from '../lesson/panel.ts';
import { settleToolbar } from '../lesson/toolbar.ts';
import { openInHub } from './addresses.ts';
import { showBar } from './bar.ts';
import { leftIn } from './numbers.ts';
import type { Page } from './page.ts';
import { Place } from './place.ts';
import { type Action, type Situation, tellingOf } from './telling.ts';
import type { Usage } from './usage.ts';

/** The commands of the place's menu, in order. */
const MENU = [
  'passerelle:server-files',
  'passerelle:open-in-hub',
  'passerelle:back-to-browser',
  'passerelle:stop-server',
  'passerelle:sign-out'
];

/** What is to be shown. */
export interface Shown extends Omit<Situation, 'placed' | 'reasons'> {
  readonly lesson: Lesson | null;
  readonly usage: Usage | null;
}

/** The face of one notebook's bridge. */
export class Face {
  readonly #panel: MainAreaWidget;
  readonly #context: Context;
  readonly #page: Page;
  readonly #press: (action: Action) => void;
  readonly #place: Place;

  constructor(panel: MainAreaWidget, context: Context, page: Page, press: (action: Action) => void) {
    this.#panel = panel;
    this.#context = context;
    this.#page = page;
    this.#press = press;
    this.#place = new Place(page.app.commands);
  }

  /** Takes its place in the toolbar. */
  appear(): void {
    this.#panel.toolbar.insertBefore('spacer', 'cluster-place', this.#place);
  }

  /** Shows how things stand; nothing once the notebook is closed. */
  show(shown: Shown): void {
    if (this.#panel.isDisposed) {
      return;
    }
    const { voice, addresses, course, app } = this.#page;
    const { where, reasons } = shown.lesson?.placement ?? { where: 'browser', reasons: [] };
    const spoken = reasons.map(reason => inLanguage(reason, voice.language));
    const placed = where === 'cluster';
    const telling = tellingOf({ ...shown, placed, reasons: spoken }, voice);
    showBar(telling, {
      panel: this.#panel,
      say: voice.say,
      press: this.#press,
      openInHub: () => openInHub(addresses, course.slug, this.#context.localPath)
    });
    this.#showPlace(shown, !placed && telling === null);
    settleToolbar(this.#panel.toolbar);
    app.commands.notifyCommandChanged();
  }

  #showPlace({ stage, usage }: Shown, mayRun: boolean): void {
    const { say, language } = this.#page.voice;
    if (stage.at === 'ready') {
      const label = [say('bridge.place.here'), leftIn(usage, language, say)].filter(text => text !== '').join(' · ');
      this.#place.set({ label, title: say('bridge.place.title'), run: null, menu: MENU });
    } else if (mayRun) {
      const run = (): void => this.#press('start');
      this.#place.set({ label: say('bridge.place.run'), title: say('bridge.place.runTitle'), run, menu: [] });
    } else {
      this.#place.set(null);
    }
  }
}
