/** How kernels on the cluster are called in the page. */

/** What sets their kernelspecs' names apart from the browser's. */
export const PREFIX = 'hub:';
/** The kernelspec of every course's kernel on its server. */
export const SERVER_SPEC = 'python3';
/** The page's name for it. */
export const CLUSTER_SPEC = `${PREFIX}${SERVER_SPEC}`;

/** Whether a kernel or kernelspec of that name is on the cluster. */
export function isRemote(name: string | undefined): boolean {
  return name?.startsWith(PREFIX) === true;
}
