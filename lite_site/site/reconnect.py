"""Connects a built site to a hub, or to none, without a build: whole or untouched, as a build is."""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lite_site.problems import BuildError, Problem
from lite_site.report import Report
from lite_site.site.connection import Hub, NotConnectableError, connect, hub_named_in, is_app_page, names_hub
from lite_site.site.inventory import MANIFEST, SHARED, render_manifest
from lite_site.site.memory import amend
from lite_site.site.swap import building_folder, only_one_build, recover, swap_in
from lite_site.site.tree import Entry


@dataclass(frozen=True, slots=True)
class Connection:
    """A built site, the address of the hub it is connected to, its pages that run code, and how many files changed."""

    site: Path
    hub: str | None
    pages: int
    changed: int = 0

    @property
    def summary(self) -> str:
        """One line for a person."""
        pages = f"{self.pages} page{'' if self.pages == 1 else 's'} that run{'s' if self.pages == 1 else ''} code"
        if self.changed:
            done = f"connected to {self.hub}" if self.hub else "connected to no hub any more"
            return f"{self.site}: {done} ({pages}, {self.changed} files written)."
        return f"{self.site}: {f'connected to {self.hub}' if self.hub else 'connected to no hub'} ({pages})."

    def as_dict(self) -> dict[str, object]:
        """The connection as JSON-ready values."""
        return {"ok": True, "site": str(self.site), "hub": self.hub, "pages": self.pages, "changed": self.changed}


def read_connection(site: Path) -> Connection:
    """How the built site stands; BuildError where the folder is none."""
    folder = _real(site)
    return _connection(folder, _files_of(folder))


def reconnect(site: Path, hub: Hub | None, report: Report) -> Connection:
    """Connect the built site to `hub`, or take it off; BuildError where the folder is no built site."""
    folder = _real(site)
    state = folder.parent / ".passerelle"
    try:
        with only_one_build(folder, state):
            recover(folder)
            files = _files_of(folder)
            changed = _changes(folder, files, hub)
            written = _write(folder, files, changed, report) if changed else {}
            amend(state / f"{folder.name}.json", written)
    except OSError as error:
        remedy = "Mend what stands in the way, then try again; the site is as it was."
        raise BuildError([Problem(str(error.filename or folder), f"{error.strerror}.", remedy, "disk")]) from error
    stands = _connection(folder, files)
    return Connection(stands.site, stands.hub, stands.pages, len(changed))


def _real(site: Path) -> Path:
    """The folder itself, where `site` is a link to it."""
    folder = Path(os.path.realpath(site))
    if not (folder / SHARED).is_dir() or not (folder / MANIFEST).is_file():
        remedy = "Build it first (passerelle build), or name its folder with --site."
        raise BuildError([Problem(str(site), "isn't a site built by passerelle.", remedy, "site-not-built")])
    if folder.is_mount():
        problem = "is a mount point, where a site can't be exchanged for another in one step."
        remedy = "Connect the site where it is built, or set hub_url in site.toml, then copy it."
        raise BuildError([Problem(str(site), problem, remedy, "site-mounted")])
    return folder


def _files_of(folder: Path) -> dict[str, Entry]:
    """The site's files, as its manifest lists them."""
    try:
        listed = json.loads((folder / MANIFEST).read_bytes())["files"]
        return {str(path): Entry(str(of["sha256"]), int(of["size"]), 0) for path, of in listed.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        problem, remedy = "isn't the list of files that a build writes.", "Build the site again."
        raise BuildError([Problem(f"{folder}/{MANIFEST}", problem, remedy, "site-damaged")]) from error


def _connection(folder: Path, files: Mapping[str, Entry]) -> Connection:
    pages = sorted(filter(is_app_page, files))
    hubs = (hub_named_in((folder / page).read_text(encoding="utf-8")) for page in pages)
    return Connection(folder, next(filter(None, hubs), None), len(pages))


def _changes(folder: Path, files: Mapping[str, Entry], hub: Hub | None) -> dict[str, bytes]:
    """The files that say something else once the site is connected to `hub`, the manifest last."""
    changes: dict[str, bytes] = {}
    for path in sorted(filter(names_hub, files)):
        before = (folder / path).read_text(encoding="utf-8")
        try:
            after = connect(path, before, hub)
        except NotConnectableError as error:
            problem, remedy = "was written by another version of passerelle, or by hand.", "Build the site again."
            raise BuildError([Problem(f"{folder}/{path}", problem, remedy, "site-damaged")]) from error
        if after != before:
            changes[path] = after.encode()
    if changes:
        fresh = {path: Entry(hashlib.sha256(data).hexdigest(), len(data), 0) for path, data in changes.items()}
        changes[MANIFEST] = render_manifest({**files, **fresh})
    return changes


def _write(folder: Path, files: Mapping[str, Entry], changes: Mapping[str, bytes], report: Report) -> dict[str, Entry]:
    """Put a site with these changes in the place of the one in `folder`; the entries of what was written."""
    beside = building_folder(folder)
    done = 0

    def carry(source: str, target: str) -> None:
        nonlocal done
        _link(source, target)
        done += 1
        report.progress(done, len(files) + 1, source)

    try:
        report.step(1, 1, "Connecting")
        shutil.copytree(folder, beside, symlinks=True, copy_function=carry, dirs_exist_ok=True)
        for path, _, _ in os.walk(folder):
            _give(beside / Path(path).relative_to(folder), Path(path).stat())
        written = {path: _replace(beside / path, data) for path, data in changes.items()}
        swap_in(beside, folder)
    finally:
        recover(folder)
    return written


def _link(source: str, target: str) -> None:
    """The same file under another name; a copy where the file system has no such thing."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _replace(path: Path, data: bytes) -> Entry:
    """Write the file at `path` anew, with its rights and owner; the one that was there is the old site's, too."""
    status = path.stat()
    path.unlink()
    path.write_bytes(data)
    path.chmod(status.st_mode & 0o7777)
    _give(path, status)
    return Entry(hashlib.sha256(data).hexdigest(), len(data), path.stat().st_mtime_ns)


def _give(path: Path, status: os.stat_result) -> None:
    """Give the file or folder to whom `status` says, where we may: whoever built the site must be able to again."""
    if sys.platform != "win32" and os.geteuid() == 0:
        os.chown(path, status.st_uid, status.st_gid)
