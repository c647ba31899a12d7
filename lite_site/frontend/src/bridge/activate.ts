/** Sets the bridge up in a page whose site knows a hub; loaded only there. */

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { MainAreaWidget } from '@jupyterlab/apputils';
import { PageConfig } from '@jupyterlab/coreutils';
import type { ILocalForage } from '@jupyterlite/localforage';
import type { Widget } from '@lumino/widgets';

import type { Language, Lesson } from '../course/lessons.ts';
import type { Context } from '../lesson/panel.ts';
import { copiesStore } from '../lesson/storage.ts';
import { speaker } from '../messages/index.ts';
import type { HubAddresses } from './addresses.ts';
import { Bridge } from './bridge.ts';
import { addBridgeCommands, type CommandPlaces } from './commands.ts';
import { carryStore } from './files/index.ts';
import type { RemoteKernels } from './kernels/remote.ts';
import { kernelNames } from './kernels/specs.ts';
import { Missed } from './missed/index.ts';
import { NotebookBridge } from './notebook.ts';
import type { Page } from './page.ts';
import { takeReturned } from './redirect.ts';
import { RememberedLessons } from './remembered.ts';
import { CHANNEL } from './signin.ts';

/** Gives a notebook its bridge; call it before the document is read, so that its kernel can be held. */
export type Attach = (panel: MainAreaWidget, context: Context, lesson: Promise<Lesson | null>) => void;

/** What the page offers. */
export interface ActivateWith {
  readonly app: JupyterFrontEnd;
  readonly forage: ILocalForage;
  readonly addresses: HubAddresses;
  readonly remote: RemoteKernels;
  readonly language: Language;
  readonly places: CommandPlaces;
}

function makeBridge(addresses: HubAddresses, remote: RemoteKernels, course: string): Bridge {
  const site = new URL(PageConfig.getOption('passerelleSiteUrl') || PageConfig.getBaseUrl(), location.href);
  return new Bridge({
    addresses,
    course,
    remote,
    redirectUri: new URL('_passerelle/signed-in.html', site).href,
    fetched: (address, init) => fetch(address, init),
    shelf: sessionStorage,
    popup: {
      open: () => window.open('about:blank', 'passerelle-sign-in', 'popup,width=520,height=680'),
      channel: () => new BroadcastChannel(CHANNEL)
    },
    clock: {
      now: () => Date.now(),
      later: (act, milliseconds) => {
        const timer = setTimeout(act, milliseconds);
        return () => clearTimeout(timer);
      }
    },
    goTo: address => location.assign(address)
  });
}

function makePage({ app, forage, addresses, remote, language }: ActivateWith): Page {
  const slug = PageConfig.getOption('passerelleCourse');
  const root = new URL(PageConfig.getBaseUrl(), location.href).href;
  const say = speaker(language);
  const missed = new Missed();
  const bridge = makeBridge(addresses, remote, slug);
  const returned = takeReturned(sessionStorage);
  if (returned !== null) {
    bridge.takeReturned(returned.granted);
  }
  remote.nameConnections(missed);
  return {
    app,
    addresses,
    remote,
    missed,
    bridge,
    remembered: new RememberedLessons(localStorage, new URL(root).pathname, () => Date.now()),
    voice: { say, language },
    course: { root, slug },
    copies: copiesStore(forage),
    memory: carryStore(forage),
    browserSpec: {
      name: PageConfig.getOption('defaultKernelName'),
      displayName: kernelNames().browser
    },
    returnedFor: returned?.lesson ?? null
  };
}

/** Sets it up; gives what attaches a notebook. */
export function activate(activateWith: ActivateWith): Attach {
  const { app, places } = activateWith;
  const page = makePage(activateWith);
  const notebooks = new WeakMap<Widget, NotebookBridge>();
  const current = (): NotebookBridge | null => {
    const front = app.shell.currentWidget;
    return front === null ? null : (notebooks.get(front) ?? null);
  };
  addBridgeCommands(page, current, places);
  return (panel, context, lesson) => {
    notebooks.set(panel, new NotebookBridge(panel, context, lesson, page));
  };
}
