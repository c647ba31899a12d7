/** The lesson's commands, in the palette and the File menu. */

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import type { IMainMenu } from '@jupyterlab/mainmenu';
import { undoIcon } from '@jupyterlab/ui-components';

import { oneAtATime, type OpenLesson } from './panel.ts';
import { showTeachers, startOver, type Presenter } from './startover.ts';

/** The names of the lesson's commands. */
export const CommandIDs = {
  startOver: 'passerelle:start-over',
  seeNew: 'passerelle:see-new-version'
} as const;

/** Lets the key that pressed a toolbar button be spent there: JupyterLab 4.6.4 passes it on to an opening dialog. */
function keyIsSpent(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 0));
}

/** Adds the commands; `current` gives the lesson in front, if one is. */
export function addCommands(
  app: JupyterFrontEnd,
  presenter: Presenter,
  current: () => OpenLesson | null,
  places: { palette: ICommandPalette | null; menu: IMainMenu | null }
): void {
  const { say } = presenter;
  const onLesson = (act: (open: OpenLesson) => Promise<void>) => async (): Promise<void> => {
    const open = current();
    if (open !== null) {
      await oneAtATime(open, async () => {
        await keyIsSpent();
        await act(open);
      });
    }
  };
  app.commands.addCommand(CommandIDs.startOver, {
    label: args => say(args['toolbar'] === true ? 'startOver.label' : 'menu.startOver'),
    caption: say('startOver.tooltip'),
    icon: args => (args['toolbar'] === true ? undoIcon : undefined),
    isEnabled: () => current() !== null,
    execute: onLesson(open => startOver(open, presenter))
  });
  app.commands.addCommand(CommandIDs.seeNew, {
    label: say('menu.seeNew'),
    isEnabled: () => (current()?.advice ?? 'none') !== 'none',
    execute: onLesson(open => showTeachers(open, presenter, true))
  });
  const commands = Object.values(CommandIDs);
  commands.forEach(command => places.palette?.addItem({ command, category: 'Passerelle' }));
  places.menu?.fileMenu.addGroup(
    commands.map(command => ({ command })),
    0
  );
}
