/** A network between pages and the server that tests/hub/page/conftest.py started: SERVER_PORT and SERVER_TOKEN say where. */

import { connect, createServer, type Server, type Socket } from 'node:net';

export const SERVER = { port: Number(process.env['SERVER_PORT']), token: process.env['SERVER_TOKEN'] ?? '' };

/** A network between page and server: `cut` ends its connections; `sleep` does on the page's side alone. */
export class Network {
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #server: Server | null = null;
  #asleep = false;

  get port(): number {
    return (this.#server?.address() as { port: number }).port;
  }

  async open(): Promise<void> {
    const server = createServer(page => {
      if (this.#asleep) {
        page.destroy();
        return;
      }
      const there = connect(SERVER.port, '127.0.0.1');
      const pair = [page, there] as const;
      this.#pairs.add(pair);
      page.pipe(there);
      there.pipe(page);
      for (const side of pair) {
        side.on('error', () => undefined);
      }
      page.on('close', () => this.#pairs.has(pair) && there.destroy());
      there.on('close', () => page.destroy());
    });
    this.#server = server;
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  }

  cut(): void {
    this.#pairs.forEach(([page, there]) => [page.destroy(), there.destroy()]);
    this.#pairs.clear();
  }

  /** As a laptop that sleeps: nothing comes or goes, and the server, which doesn't know, goes on sending. */
  sleep(): void {
    this.#asleep = true;
    for (const [page, there] of this.#pairs) {
      there.unpipe(page);
      there.resume();
      page.destroy();
    }
    this.#pairs.clear();
  }

  wake(): void {
    this.#asleep = false;
  }

  close(): void {
    this.cut();
    this.#server?.close();
  }
}
