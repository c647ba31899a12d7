/** The page the hub sends people back to: hands its answer to the page that asked, and closes. A classic script. */

import { CHANNEL, LEFT, parseAnswer, waitingFor, type Answer } from './answer.ts';

/** Milliseconds for the message to leave before the window does. */
const PARTING_MS = 50;

function savedRecord(): string | null {
  try {
    return sessionStorage.getItem(LEFT);
  } catch {
    return null; // storage is forbidden here: then no page left a record either
  }
}

function handOver(answer: Answer): void {
  const waiting = waitingFor(answer, savedRecord(), location.href);
  if (waiting !== null) {
    sessionStorage.setItem(LEFT, waiting.record);
    location.replace(waiting.back);
    return;
  }
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(answer);
  channel.close();
  setTimeout(() => window.close(), PARTING_MS);
}

const answer = parseAnswer(location.search);
// At once, before anything else: neither history nor anybody behind the reader's back keeps the code.
history.replaceState(null, '', location.pathname);
if (answer !== null) {
  handOver(answer);
}
