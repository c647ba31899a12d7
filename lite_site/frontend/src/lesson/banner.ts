/** A calm bar between a notebook's toolbar and its cells. */

import type { MainAreaWidget } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';

/** A button of a banner. */
export interface BannerAction {
  readonly label: string;
  readonly accept?: boolean;
  readonly run: () => void;
}

/** What a banner is called, what it says (a paragraph each), and its buttons. */
export interface BannerContent {
  readonly name: string;
  readonly said: readonly string[];
  readonly actions?: readonly BannerAction[];
}

function button(action: BannerAction): HTMLButtonElement {
  const node = document.createElement('button');
  node.type = 'button';
  node.className = `jp-mod-styled ${action.accept === true ? 'jp-mod-accept' : 'jp-mod-reject'}`;
  node.textContent = action.label;
  node.addEventListener('click', action.run);
  return node;
}

function paragraph(text: string): HTMLParagraphElement {
  const node = document.createElement('p');
  node.textContent = text;
  return node;
}

/** A region named for assistive technology; its text is a status, announced politely once attached. */
export class Banner extends Widget {
  readonly #body = document.createElement('div');
  readonly #status = document.createElement('div');
  readonly #said: readonly string[];

  constructor({ name, said, actions = [] }: BannerContent) {
    super({ node: document.createElement('section') });
    this.#said = said;
    this.addClass('passerelle-Banner');
    this.node.setAttribute('aria-label', name);
    this.#body.className = 'passerelle-Banner-body';
    this.#status.className = 'passerelle-Banner-said';
    this.#status.setAttribute('role', 'status');
    this.#body.append(this.#status, ...actions.map(button));
    this.node.append(this.#body);
  }

  protected override onAfterAttach(): void {
    this.#status.replaceChildren(...this.#said.map(paragraph));
    this.#fitText();
  }

  protected override onResize(): void {
    this.#fitText();
  }

  /** Lumino lays out by minimum heights: tell it how high the wrapped text is. */
  #fitText(): void {
    const height = `${this.#body.offsetHeight}px`;
    if (this.node.style.minHeight !== height) {
      this.node.style.minHeight = height;
      this.parent?.fit();
    }
  }
}

/** Shows `content` above the notebook in place of the banner in `slot`, if any; nothing once the panel is closed. */
export function showBanner(panel: MainAreaWidget, slot: string, content: BannerContent): void {
  if (panel.isDisposed) {
    return;
  }
  hideBanner(panel, slot);
  const banner = new Banner(content);
  banner.id = `passerelle-${slot}-${panel.id}`;
  panel.contentHeader.addWidget(banner);
}

/** Takes the banner in `slot` away. */
export function hideBanner(panel: MainAreaWidget, slot: string): void {
  panel.contentHeader.widgets.find(({ id }) => id === `passerelle-${slot}-${panel.id}`)?.dispose();
}
