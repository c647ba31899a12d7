/** The bridge of one notebook: holds its kernel, crosses, and shows how that stands. */

import type { MainAreaWidget } from '@jupyterlab/apputils';
import type { Kernel } from '@jupyterlab/services';

import type { Lesson } from '../course/lessons.ts';
import type { Context } from '../lesson/panel.ts';
import type { BridgeEvent } from './bridge.ts';
import { listServerFiles, openBeside } from './carrying.ts';
import { Crossing } from './crossing.ts';
import { crossingParts } from './crossingparts.ts';
import { Face } from './face.ts';
import { KernelHold } from './hold.ts';
import { isRemote } from './kernels/names.ts';
import { holdsMetadata, keepKernelspec } from './kernelspec.ts';
import type { Line } from './lifeline.ts';
import { offerLimits, rememberMissed } from './neighbours.ts';
import type { Page } from './page.ts';
import { press } from './presses.ts';
import { endLeftKernel, takeOff } from './session.ts';
import { Stay, WELL } from './stay.ts';
import type { Action } from './telling.ts';

/** One notebook that may cross. */
export class NotebookBridge {
  readonly #panel: MainAreaWidget;
  readonly #context: Context;
  readonly #page: Page;
  readonly #hold: KernelHold;
  readonly #crossing: Crossing;
  readonly #face: Face;
  readonly #stay: Stay;
  readonly #ends: (() => void)[] = [];
  #lesson: Lesson | null = null;
  #resumed = false;
  #remembered: boolean;

  constructor(panel: MainAreaWidget, context: Context, lesson: Promise<Lesson | null>, page: Page) {
    this.#panel = panel;
    this.#context = context;
    this.#page = page;
    this.#remembered = page.remembered.has(context.localPath);
    this.#face = new Face(panel, context, page, action => this.#press(action));
    this.#stay = new Stay(page, context, () => this.#show());
    const parts = crossingParts({
      page,
      context,
      hold: () => this.#hold,
      lesson: () => this.#lesson,
      onUnsent: sentences => this.#stay.noteUnsent(sentences)
    });
    this.#crossing = new Crossing(parts, () => this.#stageChanged());
    const { sessionContext } = context;
    this.#hold = new KernelHold(sessionContext, {
      decide: () => this.#decide(lesson),
      isRemote,
      cross: () => this.start()
    });
    sessionContext.kernelChanged.connect((_, { oldValue, newValue }) => this.#kernelChanged(oldValue, newValue));
    sessionContext.statusChanged.connect((_, status) => {
      if (status === 'autorestarting' && this.crossed) {
        this.#stay.say(page.voice.say('bridge.restarted'));
      }
    });
    this.#ends.push(page.bridge.listen(event => void this.#heard(event)));
    context.disposed.connect(() => this.#dispose());
    void this.#open(lesson);
  }

  /** Crosses; true once the notebook runs on the cluster. Call it in the press itself. */
  start(): Promise<boolean> {
    return this.#cross(false);
  }

  /** Whether the notebook runs on the cluster now. */
  get crossed(): boolean {
    return this.#crossing.stage.at === 'ready';
  }

  /** Whether a crossing is under way. */
  get crossing(): boolean {
    return !['idle', 'ready', 'failed'].includes(this.#crossing.stage.at);
  }

  /** Back to the browser's kernel; the one on the cluster runs on. */
  async toBrowser(): Promise<void> {
    const { remote, remembered, browserSpec } = this.#page;
    const kernel = this.#context.sessionContext.session?.kernel;
    this.#left(WELL);
    remembered.remove(this.#context.localPath);
    this.#remembered = false;
    if (!kernel) {
      await this.#hold.release();
    } else if (isRemote(kernel.name)) {
      await this.#hold.change({ name: browserSpec.name });
      remote.release(kernel.id);
    }
    this.#show();
    this.#panel.activate();
  }

  /** Opens the hub's JupyterLab beside the page; call it in the press itself. */
  openInHub(): Promise<void> {
    return openBeside(this.#page, this.#context);
  }

  /** Lists what cells made on the server. */
  async showFiles(): Promise<void> {
    const { door } = this.#page.bridge;
    if (door !== null) {
      await listServerFiles(this.#page, door);
      this.#panel.activate();
    }
  }

  async #decide(lesson: Promise<Lesson | null>): Promise<boolean> {
    this.#lesson = await lesson;
    const { name } = this.#context.sessionContext.kernelPreference;
    return this.#placed || this.#remembered || isRemote(name) || this.#isReturn;
  }

  async #open(lesson: Promise<Lesson | null>): Promise<void> {
    const context = this.#context;
    await context.ready;
    this.#lesson = await lesson;
    if (context.isDisposed) {
      return;
    }
    if (holdsMetadata(context.model)) {
      keepKernelspec(context.model, this.#page.browserSpec.displayName);
    }
    this.#face.appear();
    this.#ends.push(offerLimits(this.#panel, context, this.#page, () => this.start()));
    this.#show();
    if (this.#isReturn) {
      await this.start();
    } else if (this.#remembered && this.#page.bridge.signedIn) {
      await this.#cross(true);
    }
  }

  get #placed(): boolean {
    return this.#lesson?.placement.where === 'cluster';
  }

  get #isReturn(): boolean {
    return this.#page.returnedFor === this.#context.localPath;
  }

  #cross(resume: boolean): Promise<boolean> {
    this.#resumed = resume;
    this.#stay.forgetEnd();
    return this.#crossing.start({ resume });
  }

  #stageChanged(): void {
    const { stage, found } = this.#crossing;
    if (stage.at === 'ready') {
      const { remembered, voice } = this.#page;
      remembered.add(this.#context.localPath);
      this.#stay.begin(voice.say(found ? 'bridge.found' : this.#resumed ? 'bridge.anew' : 'bridge.ready'));
    }
    this.#show();
  }

  #kernelChanged(left: Kernel.IKernelConnection | null, taken: Kernel.IKernelConnection | null): void {
    void endLeftKernel(this.#page.app.serviceManager, left, taken);
    if (taken !== null && isRemote(taken.name)) {
      rememberMissed(this.#panel, taken, this.#page);
    } else if (taken !== null && this.crossed) {
      // Chosen in JupyterLab's own list: the browser again.
      this.#page.remembered.remove(this.#context.localPath);
      this.#left(WELL);
      this.#show();
    }
  }

  async #heard(event: BridgeEvent): Promise<void> {
    if (event === 'session-over') {
      this.#stay.closeNotes();
      this.#stay.lookNow();
    } else if (this.crossed) {
      const { remote, remembered } = this.#page;
      if (event === 'signed-out') {
        remembered.remove(this.#context.localPath);
      }
      this.#left({ is: event });
      await takeOff(this.#context.sessionContext, this.#hold, remote);
      this.#show();
    } else if (event === 'signed-out') {
      this.#crossing.cancel();
    }
  }

  /** The notebook no longer runs on the cluster. */
  #left(line: Line): void {
    this.#stay.end(line);
    this.#crossing.left();
  }

  async #again(): Promise<boolean> {
    const { sessionContext } = this.#context;
    if (this.crossed) {
      this.#left(WELL);
      await takeOff(sessionContext, this.#hold, this.#page.remote);
    }
    return this.start();
  }

  #press(action: Action): void {
    press(action, {
      bridge: this.#page.bridge,
      context: this.#context,
      stay: this.#stay,
      voice: this.#page.voice,
      start: () => this.start(),
      find: () => this.#cross(true),
      again: () => this.#again(),
      cancel: () => this.#crossing.cancel(),
      toBrowser: () => this.toBrowser()
    });
  }

  #show(): void {
    this.#face.show({
      lesson: this.#lesson,
      remembered: this.#remembered,
      stage: this.#crossing.stage,
      line: this.#stay.line,
      usage: this.#stay.usage,
      notes: this.#stay.notes
    });
  }

  #dispose(): void {
    this.#stay.stopWatching();
    if (this.crossing) {
      this.#crossing.cancel();
    }
    this.#ends.splice(0).forEach(end => end());
  }
}
