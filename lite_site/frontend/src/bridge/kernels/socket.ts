/** The websockets of kernels: real ones to the cluster, the page's own to the browser's kernels. */

import { LateSocket } from './latesocket.ts';
import type { RemoteKernels } from './remote.ts';

/** The wire protocol of kernels (https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html). */
const WIRE_PROTOCOL = 'v1.kernel.websocket.jupyter.org';
/** Ahead of the token among the subprotocols: it stands in no address, so in no log. */
const TOKEN_PROTOCOL = 'passerelle.token.';
const CHANNELS = /\/api\/kernels\/([^/?]+)\/channels\?(.*)$/;

/** What is asked of the kernels on the cluster. */
type Remote = Pick<RemoteKernels, 'has' | 'wire' | 'naming'>;

/** A websocket's address and subprotocols. */
type Wire = [string, string[]];

/**
 * Where a real websocket leads, and with which subprotocols; a promise where its name has to wait for another's.
 *
 * Null for a kernel of the browser's; also while nobody is signed in: the page's own websocket then finds nothing at
 * the address, and JupyterLab tries again later.
 */
export function wireTo(remote: Remote, address: string): Wire | Promise<Wire> | null {
  const [, encoded = '', query = ''] = CHANNELS.exec(address) ?? [];
  const id = decodeURIComponent(encoded);
  const wire = remote.has(id) ? remote.wire : null;
  if (wire === null) {
    return null;
  }
  const asked = new URLSearchParams(query);
  const named = (name: string): Wire => {
    asked.set('session_id', name);
    const received = remote.naming.receivedBy(id, name);
    if (received !== null) {
      asked.set('shown', received);
    }
    const channels = `${wire.base}api/kernels/${encoded}/channels?${asked.toString()}`;
    return [channels, [WIRE_PROTOCOL, `${TOKEN_PROTOCOL}${wire.token}`]];
  };
  const name = remote.naming.nameFor(id, asked.get('session_id') ?? '');
  return typeof name === 'string' ? named(name) : name.then(named);
}

/** `mock`, the page's own websocket, but real where the address is that of a kernel on the cluster. */
export function routedSocket<Socket extends new (address: string, protocols?: string[]) => object>(
  mock: Socket,
  remote: Remote,
  real: typeof WebSocket
): Socket {
  return new Proxy(mock, {
    construct: (target, given) => {
      const [address, protocols] = given as [string, string[]?];
      const wire = wireTo(remote, address);
      if (wire === null) {
        return new target(address, protocols);
      }
      return wire instanceof Promise ? new LateSocket(wire, real) : new real(...wire);
    }
  });
}
