/** The plugin that makes a notebook a lesson: updates, starting over, and where it runs. */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { CommandToolbarButton, ICommandPalette, MainAreaWidget } from '@jupyterlab/apputils';
import { PageConfig } from '@jupyterlab/coreutils';
import { IMainMenu } from '@jupyterlab/mainmenu';
import type { Contents } from '@jupyterlab/services';
import { ITranslator } from '@jupyterlab/translation';
import { ILocalForage } from '@jupyterlite/localforage';
import type { Widget } from '@lumino/widgets';

import { KernelHold } from '../bridge/hold.ts';
import { IBridge } from '../bridge/plugin.ts';
import { inLanguage, type Language, type Lesson } from '../course/lessons.ts';
import { PublishedCourse, Unreachable } from '../course/site.ts';
import { pageLanguage, speaker } from '../messages/index.ts';
import { LessonVersions } from '../versions/versions.ts';
import { addCommands, CommandIDs } from './commands.ts';
import { leaveWhenErased } from './erased.ts';
import { LessonExchange } from './exchange.ts';
import type { Context, OpenLesson } from './panel.ts';
import { explainPlacement } from './placement.ts';
import type { Presenter } from './startover.ts';
import { copiesStore, originsStore } from './storage.ts';
import { keepTabNamed } from './tab.ts';
import { offerUpdate } from './update.ts';

/** What opening a lesson works with. */
interface Parts {
  readonly app: JupyterFrontEnd;
  readonly course: PublishedCourse;
  readonly versions: LessonVersions;
  readonly presenter: Presenter;
}

/** In the Notebook interface a tab is a lesson; JupyterLab's holds many. */
function nameTab({ title, slug }: Lesson, language: Language): void {
  if (PageConfig.getOption('notebookPage') === 'notebooks') {
    keepTabNamed(`${inLanguage(title, language) || slug} · ${PageConfig.getOption('passerelleTitle')}`);
  }
}

async function openLesson(
  panel: MainAreaWidget,
  context: Context,
  published: Promise<Lesson | null>,
  parts: Parts
): Promise<OpenLesson | null> {
  await context.ready;
  const lesson = await published;
  if (lesson === null || panel.isDisposed) {
    return null;
  }
  const button = new CommandToolbarButton({
    commands: parts.app.commands,
    id: CommandIDs.startOver,
    args: { toolbar: true }
  });
  panel.toolbar.insertBefore('spacer', 'start-over', button);
  return { panel, context, lesson, advice: 'none', busy: false };
}

async function compareVersions(open: OpenLesson, { course, versions, presenter }: Parts): Promise<void> {
  const { context, lesson } = open;
  const path = context.localPath;
  try {
    if (!(await versions.hasCopy(path))) {
      await presenter.exchange.freshen(context, lesson);
      return;
    }
    const mine = context.model.toJSON();
    open.advice = await versions.advise(path, lesson, mine, () => course.notebook(lesson));
    if (open.advice === 'renew' && !(await presenter.exchange.renew(open, mine))) {
      open.advice = 'offer';
    }
  } catch (error) {
    if (!(error instanceof Unreachable)) {
      throw error;
    }
  }
  if (open.advice === 'offer') {
    offerUpdate(open, presenter, versions);
  }
}

function follow(contents: Contents.IManager, exchange: LessonExchange, versions: LessonVersions): void {
  contents.fileChanged.connect((_, { type, oldValue, newValue }) => {
    if (type === 'save' && newValue?.path !== undefined) {
      void exchange.noteSaved(newValue.path);
    } else if ((type === 'delete' || type === 'rename') && oldValue?.path !== undefined) {
      void versions.forget(oldValue.path);
    }
  });
}

/** Starts no browser kernel for a lesson that the browser can't run, unless one of its cells is run all the same. */
function holdForNothing(context: Context, published: Promise<Lesson | null>): void {
  new KernelHold(context.sessionContext, {
    decide: async () => (await published)?.placement.where === 'cluster',
    isRemote: () => false,
    cross: null
  });
}

/** The lesson plugin. */
export const lesson: JupyterFrontEndPlugin<void> = {
  id: '@passerelle/lesson:lesson',
  description: 'Offers updates, starts lessons over, and says where a lesson runs.',
  autoStart: true,
  requires: [ILocalForage, ITranslator, IBridge],
  optional: [ICommandPalette, IMainMenu],
  activate: (
    app: JupyterFrontEnd,
    forage: ILocalForage,
    translator: ITranslator,
    { attach }: IBridge,
    palette: ICommandPalette | null,
    menu: IMainMenu | null
  ) => {
    const { contents } = app.serviceManager;
    const language = pageLanguage(translator.languageCode, document.documentElement.lang);
    const say = speaker(language);
    const course = new PublishedCourse(PageConfig.getBaseUrl(), (address, options) => fetch(address, options));
    const copies = copiesStore(forage);
    const versions = new LessonVersions(originsStore(forage), copies);
    const exchange = new LessonExchange({ course, versions, contents, copies });
    const openNotebook = (path: string): void => void app.commands.execute('docmanager:open', { path });
    const parts: Parts = { app, course, versions, presenter: { exchange, say, openNotebook } };
    const lessons = new WeakMap<Widget, OpenLesson>();
    const contexts = new Set<Context>();
    const base = PageConfig.getBaseUrl();
    leaveWhenErased(new URL(base, location.href).pathname, contexts, `${base}index.html`);
    const current = (): OpenLesson | null =>
      app.shell.currentWidget === null ? null : (lessons.get(app.shell.currentWidget) ?? null);
    const opened = async (
      panel: MainAreaWidget,
      context: Context,
      published: Promise<Lesson | null>
    ): Promise<void> => {
      const open = await openLesson(panel, context, published, parts);
      if (open !== null) {
        lessons.set(panel, open);
        nameTab(open.lesson, language);
        explainPlacement(panel, open.lesson, { say, language, bridged: attach !== null });
        await compareVersions(open, parts);
        app.commands.notifyCommandChanged();
      }
    };
    follow(contents, exchange, versions);
    addCommands(app, parts.presenter, current, { palette, menu });
    app.docRegistry.addWidgetExtension('Notebook', {
      createNew: (panel, context) => {
        if (panel instanceof MainAreaWidget) {
          contexts.add(context);
          context.disposed.connect(() => contexts.delete(context));
          const published = course.lesson(context.localPath);
          if (attach === null) {
            holdForNothing(context, published);
          } else {
            attach(panel, context, published);
          }
          void opened(panel, context, published);
        }
      }
    });
  }
};
