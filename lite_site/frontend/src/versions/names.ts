/** Names for a pupil's copy kept beside a lesson. */

/**
 * The first of `a/x (label).ipynb`, `a/x (label 2).ipynb`, … that `taken` doesn't hold.
 *
 * `path` is the lesson's; `label` says whose copy it is, in the page's language.
 */
export function nameBeside(path: string, label: string, taken: ReadonlySet<string>): string {
  const stem = path.replace(/\.ipynb$/i, '');
  for (let count = 1; ; count += 1) {
    const name = `${stem} (${count === 1 ? label : `${label} ${count}`}).ipynb`;
    if (!taken.has(name)) {
      return name;
    }
  }
}
