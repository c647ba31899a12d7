"""A person's folder of the course, and in it links to the data that the site doesn't carry."""

import os
from collections.abc import Iterator
from pathlib import Path

from fallback_hub.singleuser.surroundings import Surroundings

MOST_LINKS = 10_000


def prepare_folder(surroundings: Surroundings) -> None:
    """Make the folder, and a link for every file of the course's data that nothing stands in the place of.

    A person’s own files are never touched.
    """
    surroundings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if surroundings.data is None or not surroundings.data.is_dir():
        return
    for file in _files(surroundings.data):
        link = surroundings.folder / file.relative_to(surroundings.data)
        if link.is_symlink() and link.readlink() == file:
            continue
        if not os.path.lexists(link) and _make_folder(link.parent, surroundings.folder):
            link.symlink_to(file)


def _make_folder(folder: Path, course: Path) -> bool:
    """Whether the folder is there, made if need be; not where a file or a link stands on the way."""
    for part in (*reversed([above for above in folder.parents if course in above.parents]), folder):
        if part.is_symlink() or (part.exists() and not part.is_dir()):
            return False
        part.mkdir(exist_ok=True)
    return True


def _files(folder: Path) -> Iterator[Path]:
    """Regular files below a folder, hidden ones left out, in order, at most MOST_LINKS."""
    count = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place) / name
            if name.startswith(".") or not path.is_file():
                continue
            count += 1
            if count > MOST_LINKS:
                return
            yield path
