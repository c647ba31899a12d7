/** What can go wrong with one file on its way; what concerns the whole server is a BridgeProblem. */

/** Kinds of failure, each with a sentence in the catalogues (`files.problem.<kind>`). */
export type FilesProblemKind =
  | 'too-big' // over what the server, or the browser's storage, takes
  | 'no-room' // the person's disk is full there
  | 'damaged' // what arrived isn't what was sent, twice
  | 'name' // the server doesn't take such a name
  | 'site' // the site could not give the file
  | 'gone' // it isn't on the server any more
  | 'storage' // the browser's storage refused it
  | 'unexpected'; // an answer nobody expects

/** A failure with one file. */
export class FilesProblem extends Error {
  readonly kind: FilesProblemKind;
  readonly path: string;

  constructor(kind: FilesProblemKind, path: string) {
    super(`${kind} ${path}`);
    this.kind = kind;
    this.path = path;
  }
}
