"""Course files as JupyterLite lists them: `api/contents/<folder>/all.json` beside `files/`.

The form is that of jupyter-server's contents API (https://jupyter-server.readthedocs.io, "Contents API").
"""

import json
import mimetypes
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath

Model = dict[str, object]
TYPES = mimetypes.MimeTypes()  # Python's own table: the machine's would make the bytes depend on the machine
TYPES.add_type("text/markdown", ".md")  # only newer Pythons have it


def contents_listings(files: Iterable[tuple[PurePosixPath, int]], epoch: int) -> Mapping[str, bytes]:
    """One listing a folder: path below `api/contents/` → JSON bytes.

    `files` are paths in the course with sizes in bytes; every model carries the same time, `epoch`
    (seconds since 1970), so that the same files give the same bytes.
    """
    stamp = datetime.fromtimestamp(epoch, UTC).isoformat().replace("+00:00", "Z")
    folders: dict[PurePosixPath, dict[str, Model]] = {PurePosixPath(): {}}
    for path, size in files:
        for folder in reversed(path.parents):
            folders.setdefault(folder, {})
            if folder.name:
                folders[folder.parent][folder.name] = _model(folder, "directory", None, stamp)
        kind = "notebook" if path.suffix == ".ipynb" else "file"
        folders[path.parent][path.name] = _model(path, kind, size, stamp)
    return {
        (folder / "all.json").as_posix(): _encode(folder, list(models.values()), stamp)
        for folder, models in sorted(folders.items())
    }


def _encode(folder: PurePosixPath, models: list[Model], stamp: str) -> bytes:
    listing = _model(folder, "directory", None, stamp)
    listing["format"] = "json"
    listing["content"] = sorted(models, key=lambda model: str(model["name"]))
    return json.dumps(listing, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _model(path: PurePosixPath, kind: str, size: int | None, stamp: str) -> Model:
    return {
        "content": None,
        "created": stamp,
        "format": None,
        "hash": None,
        "hash_algorithm": None,
        "last_modified": stamp,
        "mimetype": TYPES.guess_type(path.name, strict=False)[0] if kind == "file" else None,
        "name": path.name,
        "path": "" if path == PurePosixPath() else path.as_posix(),
        "size": size,
        "type": kind,
        "writable": True,
    }
