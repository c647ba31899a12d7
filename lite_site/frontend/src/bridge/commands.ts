/** The bridge's commands, in the palette, the File menu and the menu of the place in the toolbar. */

import { Dialog, type ICommandPalette, showDialog } from '@jupyterlab/apputils';
import type { IMainMenu } from '@jupyterlab/mainmenu';

import type { NotebookBridge } from './notebook.ts';
import type { Page } from './page.ts';
import { BridgeProblem } from './problems.ts';
import { sentencesFor } from './telling.ts';

/** Where the commands are listed. */
export interface CommandPlaces {
  readonly palette: ICommandPalette | null;
  readonly menu: IMainMenu | null;
}

async function confirmStop({ voice: { say } }: Page): Promise<boolean> {
  const { button } = await showDialog({
    title: say('bridge.stop.title'),
    body: say('bridge.stop.question'),
    buttons: [
      Dialog.cancelButton({ label: say('bridge.action.cancel') }),
      Dialog.warnButton({ label: say('bridge.stop.confirm') })
    ],
    defaultButton: 0
  });
  return button.accept;
}

/** Does `act`; its failure is said in a dialog. */
async function orSay({ voice }: Page, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof BridgeProblem)) {
      throw error;
    }
    await showDialog({
      title: voice.say('bridge.notDone'),
      body: sentencesFor(error, voice).join(' '),
      buttons: [Dialog.okButton()]
    });
  }
}

/** Signs out; a page that was loaded anew has no token to end, and the hub may know the browser still. */
async function signOut({ bridge, addresses }: Page): Promise<void> {
  if (bridge.signedIn) {
    await bridge.signOut();
  } else {
    window.open(addresses.signOut, '_blank', 'noopener');
  }
}

/** Adds the commands; `current` gives the notebook in front, if one is. */
export function addBridgeCommands(page: Page, current: () => NotebookBridge | null, places: CommandPlaces): void {
  const { app, bridge, voice } = page;
  const add = (
    id: string,
    label: Parameters<typeof voice.say>[0],
    isEnabled: () => boolean,
    act: (notebook: NotebookBridge) => Promise<unknown>
  ): string => {
    const command = `passerelle:${id}`;
    app.commands.addCommand(command, {
      label: voice.say(label),
      isEnabled,
      execute: async () => {
        const notebook = current();
        if (notebook !== null) {
          await orSay(page, async () => void (await act(notebook)));
        }
      }
    });
    places.palette?.addItem({ command, category: 'Passerelle' });
    return command;
  };
  const there = (): boolean => current()?.crossed === true;
  const stop = async (): Promise<void> => {
    if (await confirmStop(page)) {
      await bridge.stopServer();
    }
  };
  const listed = [
    add(
      'run-on-cluster',
      'bridge.menu.run',
      () => current() !== null && !there(),
      notebook => notebook.start()
    ),
    add('back-to-browser', 'bridge.menu.browser', there, notebook => notebook.toBrowser()),
    add(
      'server-files',
      'bridge.menu.files',
      () => bridge.door !== null,
      notebook => notebook.showFiles()
    ),
    add(
      'open-in-hub',
      'bridge.menu.openInHub',
      () => current() !== null,
      notebook => notebook.openInHub()
    ),
    add('stop-server', 'bridge.menu.stop', () => bridge.door !== null, stop),
    add(
      'sign-out',
      'bridge.menu.signOut',
      () => true,
      () => signOut(page)
    )
  ];
  places.menu?.fileMenu.addGroup(
    listed.map(command => ({ command })),
    1
  );
}
