/** The site's service worker: carries a kernel's file and input() questions to the page, and nothing else. */

import { CHANNEL, isProbe, parseReply, questionAt, type KernelRequest } from './protocol.ts';

declare const self: ServiceWorkerGlobalScope;

const channel = new BroadcastChannel(CHANNEL);
const waiting = new Map<string, (response: Response) => void>();

channel.addEventListener('message', event => {
  const reply = parseReply(event.data);
  const answer = reply === null ? undefined : waiting.get(reply.replyTo);
  if (reply !== null && answer !== undefined) {
    waiting.delete(reply.replyTo);
    answer(new Response(JSON.stringify(reply.response ?? null), { status: reply.failed ? 400 : 200 }));
  }
});

async function ask(request: Request, pathname: string): Promise<Response> {
  const asked = (await request.json()) as { browsingContextId: string; data: unknown };
  const requestId = crypto.randomUUID();
  const answered = new Promise<Response>(resolve => waiting.set(requestId, resolve));
  const message: KernelRequest = { ...asked, requestId, pathname };
  channel.postMessage(message);
  return answered;
}

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));
// An open page says so while input() waits: hearing it keeps this worker, and the question, alive.
self.addEventListener('message', () => undefined);
self.addEventListener('fetch', event => {
  const { origin, pathname } = new URL(event.request.url);
  if (origin === self.location.origin && isProbe(pathname)) {
    event.respondWith(new Response());
  } else if (event.request.method === 'POST' && origin === self.location.origin && questionAt(pathname) !== null) {
    event.respondWith(ask(event.request, pathname));
  }
});
