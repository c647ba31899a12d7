/** What a press in the bar above a notebook does. */

import type { Context } from '../lesson/panel.ts';
import type { Bridge } from './bridge.ts';
import { BridgeProblem, isProblem } from './problems.ts';
import type { Stay } from './stay.ts';
import { type Action, sentencesFor, type Voice } from './telling.ts';

/** What presses act on: the notebook's ways to and from the cluster, and its stay there. */
export interface Pressable {
  readonly bridge: Bridge;
  readonly context: Context;
  readonly stay: Stay;
  readonly voice: Voice;
  readonly start: () => Promise<boolean>;
  readonly find: () => Promise<boolean>;
  readonly again: () => Promise<boolean>;
  readonly cancel: () => void;
  readonly toBrowser: () => Promise<void>;
}

/** Signs in under a notebook that stays where it is; what keeps it from that is said beside the offer. */
async function signInAgain(pressed: Pressable): Promise<void> {
  const { bridge, stay, voice } = pressed;
  try {
    await bridge.signIn(new AbortController().signal);
    stay.closeNotes();
  } catch (error) {
    if (isProblem(error, 'popup-blocked')) {
      return leaveToSignIn(pressed);
    }
    if (!(error instanceof BridgeProblem)) {
      throw error;
    }
    stay.say(...sentencesFor(error, voice));
  }
  stay.lookNow();
}

async function leaveToSignIn({ bridge, context }: Pressable): Promise<void> {
  await context.save();
  await bridge.leaveToSignIn(context.localPath, location.href);
}

async function keepRunning({ bridge, stay }: Pressable): Promise<void> {
  // Any request that the server tracks is activity; this one asks for little.
  await bridge.door?.request('api/kernels');
  stay.noteUse();
}

/** Does what the bar itself will tell the failure of, at its next look. */
async function quietly(pressed: Pressable, act: (pressed: Pressable) => Promise<void>): Promise<void> {
  try {
    await act(pressed);
  } catch (error) {
    if (!(error instanceof BridgeProblem)) {
      throw error;
    }
    pressed.stay.lookNow();
  }
}

/** Does what `action` names; call it in the press itself. */
export function press(action: Action, pressed: Pressable): void {
  switch (action) {
    case 'start':
      return void pressed.start();
    case 'find':
      return void pressed.find();
    case 'again':
      return void pressed.again();
    case 'cancel':
      return pressed.cancel();
    case 'browser':
      return void pressed.toBrowser();
    case 'sign-in':
      return void signInAgain(pressed);
    case 'sign-in-here':
      return void quietly(pressed, leaveToSignIn);
    case 'keep-running':
      return void quietly(pressed, keepRunning);
    case 'close':
      return pressed.stay.closeNotes();
    case 'open-in-hub':
      // A link: the browser follows it.
      return undefined;
  }
}
