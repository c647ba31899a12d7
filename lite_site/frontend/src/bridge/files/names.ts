/** Names of files: which are carried, and what a copy beside another is called. */

/** Whether the server takes a file of this path: no hidden name, no bytecode, nothing that leaves the folder. */
export function isCarried(path: string): boolean {
  const parts = path.split('/');
  return parts.every(part => part !== '' && !part.startsWith('.') && part !== '__pycache__' && !part.includes('\0'));
}

/** Whether the file is a notebook: the page keeps those, and carries one only where asked. */
export function isNotebook(path: string): boolean {
  return /\.ipynb$/i.test(path);
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder of a path, '' for the course's own. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The first of `a/x (label).csv`, `a/x (label 2).csv`, … that isn't `taken`; double extensions (`.fastq.gz`) stay. */
export function besideName(path: string, label: string, taken: (path: string) => boolean): string {
  const folder = folderOf(path);
  const [, stem = '', extension = ''] = /^(.+?)((?:\.\w{1,8}){0,2})$/.exec(nameOf(path)) ?? [null, nameOf(path)];
  for (let count = 1; ; count += 1) {
    const name = `${stem} (${count === 1 ? label : `${label} ${count}`})${extension}`;
    const beside = folder === '' ? name : `${folder}/${name}`;
    if (!taken(beside)) {
      return beside;
    }
  }
}

/** A path as it stands in an address. */
export function inAddress(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
