/** A calm bar between a notebook's toolbar and its cells. */

import type { MainAreaWidget } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';

/** A button of a banner, or a link that opens beside the page. */
export interface BannerAction {
  readonly label: string;
  readonly accept?: boolean;
  readonly run?: () => void;
  readonly href?: string;
}

/** How far something is: `value` from 0 to 1 (null: nobody knows), its name, and the numbers in words. */
export interface BannerProgress {
  readonly value: number | null;
  readonly name: string;
  readonly numbers: string;
}

/** What a banner is called, what it says (a paragraph each), its progress, what may be unfolded, its buttons. */
export interface BannerContent {
  readonly name: string;
  readonly said: readonly string[];
  readonly progress?: BannerProgress;
  readonly details?: { readonly summary: string; readonly lines: readonly string[] };
  readonly actions?: readonly BannerAction[];
}

function actionNode({ label, accept, href }: BannerAction, run: () => void): HTMLElement {
  const style = `jp-mod-styled ${accept === true ? 'jp-mod-accept' : 'jp-mod-reject'}`;
  if (href !== undefined) {
    const link = document.createElement('a');
    Object.assign(link, { href, target: '_blank', rel: 'noopener noreferrer', className: style, textContent: label });
    return link;
  }
  const node = document.createElement('button');
  Object.assign(node, { type: 'button', className: style, textContent: label });
  node.addEventListener('click', run);
  return node;
}

/** Whether two banners have the same buttons: what a press does is asked for when it comes. */
function sameActions(one: BannerContent, other: BannerContent): boolean {
  const seen = ({ actions = [], details }: BannerContent): string => JSON.stringify([actions, details]);
  return seen(one) === seen(other);
}

function paragraph(text: string): HTMLParagraphElement {
  const node = document.createElement('p');
  node.textContent = text;
  return node;
}

/** A progress bar with its numbers beside it; assistive technology reads the bar's own value, when asked. */
class ProgressLine {
  readonly node = document.createElement('div');
  readonly #bar = document.createElement('progress');
  readonly #numbers = document.createElement('span');

  constructor() {
    this.node.className = 'passerelle-Banner-progress';
    this.node.append(this.#bar, this.#numbers);
  }

  show(progress: BannerProgress | undefined): void {
    this.node.hidden = progress === undefined;
    if (progress !== undefined) {
      this.#bar.setAttribute('aria-label', progress.name);
      this.#numbers.textContent = progress.numbers;
      if (progress.value === null) {
        this.#bar.removeAttribute('value');
      } else {
        this.#bar.value = progress.value;
      }
    }
  }
}

function detailsNode({ summary, lines }: NonNullable<BannerContent['details']>): HTMLElement {
  const node = document.createElement('details');
  const title = document.createElement('summary');
  title.textContent = summary;
  const text = document.createElement('pre');
  text.textContent = lines.join('\n');
  text.tabIndex = 0;
  node.append(title, text);
  return node;
}

/** A region named for assistive technology; its text is a status: announced politely, once, when it changes. */
export class Banner extends Widget {
  readonly #body = document.createElement('div');
  readonly #status = document.createElement('div');
  readonly #progress = new ProgressLine();
  #content: BannerContent;
  #said = '';

  constructor(content: BannerContent) {
    super({ node: document.createElement('section') });
    this.#content = content;
    this.addClass('passerelle-Banner');
    this.#body.className = 'passerelle-Banner-body';
    this.#status.className = 'passerelle-Banner-said';
    this.#status.setAttribute('role', 'status');
    this.#body.append(this.#status, this.#progress.node);
    this.node.append(this.#body);
    this.#render();
  }

  /** Shows `content` instead; where a focused button goes, the first one there is then has the focus. */
  tell(content: BannerContent): void {
    const stays = sameActions(content, this.#content);
    const focused = this.#body.contains(document.activeElement);
    this.#content = content;
    if (stays) {
      this.#progress.show(content.progress);
    } else {
      this.#render();
      if (focused) {
        this.#body.querySelector<HTMLElement>('button, a')?.focus();
      }
    }
    if (this.isAttached) {
      this.#say();
      this.#fitText();
    }
  }

  protected override onAfterAttach(): void {
    this.#say();
    this.#fitText();
  }

  protected override onResize(): void {
    this.#fitText();
  }

  #render(): void {
    const { name, details, actions = [], progress } = this.#content;
    this.node.setAttribute('aria-label', name);
    this.#progress.show(progress);
    // The status stays where it is: taken out and put back, it would be read out again.
    [...this.#body.children].slice(2).forEach(node => node.remove());
    this.#body.append(
      ...actions.map((action, place) => actionNode(action, () => this.#content.actions?.[place]?.run?.())),
      ...(details === undefined ? [] : [detailsNode(details)])
    );
  }

  /** Only a text that changed is put there: what is put there is read out. */
  #say(): void {
    const said = this.#content.said.join('\n');
    if (said !== this.#said) {
      this.#said = said;
      this.#status.replaceChildren(...this.#content.said.map(paragraph));
    }
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

function bannerIn(panel: MainAreaWidget, slot: string): Widget | undefined {
  return panel.contentHeader.widgets.find(({ id }) => id === `passerelle-${slot}-${panel.id}`);
}

/** Shows `content` above the notebook in the banner of `slot`; nothing once the panel is closed. */
export function showBanner(panel: MainAreaWidget, slot: string, content: BannerContent): void {
  if (panel.isDisposed) {
    return;
  }
  const standing = bannerIn(panel, slot);
  if (standing instanceof Banner) {
    standing.tell(content);
    return;
  }
  const banner = new Banner(content);
  banner.id = `passerelle-${slot}-${panel.id}`;
  panel.contentHeader.addWidget(banner);
}

/** Takes the banner in `slot` away. */
export function hideBanner(panel: MainAreaWidget, slot: string): void {
  bannerIn(panel, slot)?.dispose();
}
