/** The files of a notebook's course on their way, in terms of the page. */

import type { Context } from '../lesson/panel.ts';
import { encodePath, openInHub } from './addresses.ts';
import {
  askBeforeSending,
  carryFiles,
  type CarryJob,
  carryNotebook,
  FilesProblem,
  type FilesBetween,
  showServerFiles,
  toldOf
} from './files/index.ts';
import type { Page } from './page.ts';
import { BridgeProblem, isAbort } from './problems.ts';
import type { ServerDoor } from './server.ts';
import { sentencesFor } from './telling.ts';

function between({ app, course, copies, memory }: Page, server: ServerDoor): FilesBetween {
  return { server, course, contents: app.serviceManager.contents, copies, memory };
}

function jobOf(
  page: Page,
  server: ServerDoor,
  lesson: string,
  signal: AbortSignal
): Omit<CarryJob, 'onProgress' | 'pause'> {
  const { voice } = page;
  const ask: CarryJob['ask'] = conflicts => askBeforeSending(voice, conflicts);
  return { ...between(page, server), lesson, copyLabel: voice.say('copy.label'), signal, ask };
}

/** What went wrong with one file, where nothing can go on without it. */
function asBridgeProblem({ voice }: Page, problem: FilesProblem): BridgeProblem {
  return new BridgeProblem('no-files', { texts: { [voice.language]: toldOf(voice, problem) } });
}

/** Carries the course's files; the sentences for those that could not be carried. */
export async function carry(
  page: Page,
  server: ServerDoor,
  lesson: string,
  { onProgress, signal, pause }: Pick<CarryJob, 'onProgress' | 'signal' | 'pause'>
): Promise<readonly string[]> {
  try {
    const { failed } = await carryFiles({ ...jobOf(page, server, lesson, signal), onProgress, pause });
    return failed.map(problem => toldOf(page.voice, problem));
  } catch (error) {
    throw error instanceof FilesProblem ? asBridgeProblem(page, error) : error;
  }
}

/** Carries the notebook as it stands; its address in the server's JupyterLab. */
async function carryOpen(page: Page, server: ServerDoor, { localPath, model }: Context): Promise<string> {
  const job = jobOf(page, server, localPath, new AbortController().signal);
  const path = await carryNotebook(job, model.toJSON());
  return `${server.base}lab/tree/${encodePath(`${page.course.slug}/${path}`)}`;
}

/**
 * Opens the hub's JupyterLab beside the page, with the notebook as it stands here where that can be carried. Call it
 * in the press itself: browsers open no window later.
 */
export async function openBeside(page: Page, context: Context): Promise<void> {
  const { addresses, bridge, course } = page;
  const opened = window.open('about:blank', '_blank');
  let address: string;
  try {
    address =
      bridge.door === null
        ? openInHub(addresses, course.slug, context.localPath)
        : await carryOpen(page, bridge.door, context);
  } catch (error) {
    opened?.close();
    if (isAbort(error)) {
      return;
    }
    throw error instanceof FilesProblem ? asBridgeProblem(page, error) : error;
  }
  if (opened !== null) {
    opened.opener = null;
    opened.location.replace(address);
  }
}

/** Lists what cells made on the server, to bring back or download. */
export function listServerFiles(page: Page, server: ServerDoor): Promise<void> {
  const { voice } = page;
  return showServerFiles({
    ...between(page, server),
    ...voice,
    signal: new AbortController().signal,
    told: error =>
      error instanceof BridgeProblem ? sentencesFor(error, voice).join(' ') : voice.say('bridge.problem.unexpected')
  });
}
