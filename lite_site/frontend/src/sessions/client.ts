/** JupyterLite's session client, with a session for each notebook. */

import type { Session } from '@jupyterlab/services';
import { LiteSessionClient } from '@jupyterlite/services';
import { UUID } from '@lumino/coreutils';

/**
 * Sessions told apart by their path, as Jupyter Server does. Lite's client finds them by name, which is a notebook's
 * file name alone: two of one name, in two folders, would share a kernel and a working directory.
 */
export class PathSessionClient extends LiteSessionClient {
  /** The session of the notebook at that path; started, with its kernel, where there is none. */
  override async startNew(options: Session.ISessionOptions): Promise<Session.IModel> {
    const { path, name } = options;
    const running = (await this.listRunning()).find(session => session.path === path);
    if (running !== undefined) {
      return running;
    }
    // A name that no session has; its folder is where Lite has the kernel work.
    const { id } = await super.startNew({ ...options, name: `${path} ${UUID.uuid4()}` });
    return this.update({ id, name });
  }
}
