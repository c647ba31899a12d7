/** The addresses of the hub, the gateway beside it and a person's servers. */

/** Where things are; every address is absolute, folders end in `/`. */
export interface HubAddresses {
  /** The hub's public address. */
  readonly hub: string;
  readonly api: string;
  readonly authorize: string;
  readonly broker: string;
  readonly renew: string;
  readonly revoke: string;
  /** The hub's own page that signs a browser out, whoever it knows it as. */
  readonly signOut: string;
  readonly courses: string;
  /** Says whether hub and gateway can do their work. */
  readonly ready: string;
}

/** The addresses below the hub's public address; null where that isn't an http(s) address. */
export function addressesOf(hub: string): HubAddresses | null {
  if (!URL.canParse(hub) || !/^https?:$/.test(new URL(hub).protocol)) {
    return null;
  }
  const root = hub.endsWith('/') ? hub : `${hub}/`;
  const api = `${root}hub/api/`;
  const gateway = `${root}services/passerelle/`;
  return {
    hub: root,
    api,
    authorize: `${api}oauth2/authorize`,
    broker: `${gateway}bridge/token`,
    renew: `${api}passerelle/renew`,
    revoke: `${api}passerelle/revoke`,
    signOut: `${root}hub/logout`,
    courses: `${gateway}courses`,
    ready: `${gateway}ready`
  };
}

/** The hub API's address of a person's server of a course. */
export function serverApi({ api }: HubAddresses, user: string, course: string): string {
  return `${api}users/${encodeURIComponent(user)}/servers/${encodeURIComponent(course)}`;
}

/**
 * The address of a running server, from the path the hub gives for it (`/user/ana/genomique/`).
 *
 * Null where that leads anywhere but below the hub's `user/`: what the hub says is believed about itself only.
 */
export function serverBase({ hub }: HubAddresses, path: string): string | null {
  const base = new URL(path, hub).href;
  return base.startsWith(`${hub}user/`) && base.endsWith('/') ? base : null;
}

/** The path of a lesson on its server, in segments safe for an address. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Where the hub opens a lesson in its own JupyterLab, with a start of the server if need be. */
export function openInHub({ hub }: HubAddresses, course: string, lesson: string): string {
  const query = new URLSearchParams({ lesson });
  return `${hub}hub/passerelle/open/${encodeURIComponent(course)}?${query.toString()}`;
}
