/** A websocket that is opened later: as far as JupyterLab's kernel connection uses one. */

type Handlers = Pick<WebSocket, 'onopen' | 'onmessage' | 'onclose' | 'onerror'>;

/** It connects once `wire` is known; closed before that, it never does. */
export class LateSocket implements Handlers {
  onopen: WebSocket['onopen'] = null;
  onmessage: WebSocket['onmessage'] = null;
  onclose: WebSocket['onclose'] = null;
  onerror: WebSocket['onerror'] = null;
  binaryType: BinaryType = 'blob';
  #real: WebSocket | null = null;
  #closed = false;

  constructor(wire: Promise<[string, string[]]>, real: typeof WebSocket) {
    void wire.then(given => {
      if (!this.#closed) {
        this.#open(new real(...given));
      }
    });
  }

  get protocol(): string {
    return this.#real?.protocol ?? '';
  }

  get readyState(): number {
    return this.#real?.readyState ?? (this.#closed ? WebSocket.CLOSED : WebSocket.CONNECTING);
  }

  send(data: Parameters<WebSocket['send']>[0]): void {
    if (this.#real === null) {
      throw new DOMException('Still connecting', 'InvalidStateError');
    }
    this.#real.send(data);
  }

  close(): void {
    this.#closed = true;
    this.#real?.close();
  }

  #open(real: WebSocket): void {
    this.#real = real;
    real.binaryType = this.binaryType;
    const self = this as unknown as WebSocket;
    real.onopen = event => this.onopen?.call(self, event);
    real.onmessage = event => this.onmessage?.call(self, event);
    real.onclose = event => this.onclose?.call(self, event);
    real.onerror = event => this.onerror?.call(self, event);
  }
}
