/** The small place in a notebook's toolbar: run on the cluster, or where it runs, what is left, and what can be done. */

import type { CommandRegistry } from '@lumino/commands';
import { Menu, Widget } from '@lumino/widgets';

/** What the place shows: a plain button with `run`, or one that opens a menu of commands. */
export interface PlaceContent {
  readonly label: string;
  readonly title: string;
  readonly run: (() => void) | null;
  readonly menu: readonly string[];
}

/** A toolbar item with one button. */
export class Place extends Widget {
  readonly #button = document.createElement('button');
  readonly #commands: CommandRegistry;
  #content: PlaceContent | null = null;

  constructor(commands: CommandRegistry) {
    super();
    this.#commands = commands;
    this.addClass('passerelle-Place');
    this.#button.type = 'button';
    this.#button.addEventListener('click', event => {
      // JupyterLab's toolbar gives the focus to the notebook after a click, and takes it from the menu.
      event.stopPropagation();
      this.#press();
    });
    this.node.append(this.#button);
    this.hide();
  }

  /** Shows `content`, or nothing. */
  set(content: PlaceContent | null): void {
    this.#content = content;
    if (content === null) {
      this.hide();
      return;
    }
    this.#button.textContent = content.label;
    this.#button.title = content.title;
    if (content.run === null) {
      this.#button.setAttribute('aria-haspopup', 'menu');
    } else {
      this.#button.removeAttribute('aria-haspopup');
    }
    this.show();
  }

  #press(): void {
    const content = this.#content;
    if (content?.run) {
      content.run();
    } else if (content) {
      const menu = new Menu({ commands: this.#commands });
      content.menu.forEach(command => menu.addItem({ command }));
      const { left, bottom } = this.#button.getBoundingClientRect();
      this.#button.setAttribute('aria-expanded', 'true');
      menu.aboutToClose.connect(() => {
        this.#button.removeAttribute('aria-expanded');
        // The menu is still there, and takes the focus with it; what a chosen command opens keeps it.
        setTimeout(() => {
          if (document.activeElement === document.body) {
            this.#button.focus();
          }
        });
      });
      menu.open(left, bottom);
    }
  }
}
