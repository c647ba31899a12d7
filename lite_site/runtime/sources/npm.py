"""The `pyodide` package of the npm registry: the runtime's own files, without any wheel; 6 MB."""

import shutil
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path

from lite_site.runtime.assets import Asset
from lite_site.runtime.distribution import NPM_PACKAGE, RUNTIME_FILES, VERSION
from lite_site.runtime.sources.source import ABSENT, WRONG_BYTES, OnFile, Refusal, Refusals
from lite_site.runtime.store import CHUNK, Store, WrongBytesError

TIMEOUT = 120.0
"""Seconds for `npm pack`."""


class NpmPackage:
    """Pyodide's runtime from npm, where npm is installed; its configured registry is respected."""

    name = f"npm's {NPM_PACKAGE} {VERSION}"

    def __init__(self, npm: str | None = None) -> None:
        self._npm = npm or shutil.which("npm")

    def offers(self, asset: Asset) -> bool:
        """The four runtime files, if npm is here."""
        return self._npm is not None and RUNTIME_FILES.get(asset.file_name) == asset.sha256

    def fetch(self, assets: Sequence[Asset], store: Store, jobs: int, on_file: OnFile) -> Refusals:
        """Pack the package into the cache and take the files out (`jobs` is unused)."""
        with store.scratch() as folder:
            refusal = self._pack(folder)
            if refusal:
                return {asset.sha256: refusal for asset in assets}
            return _unpack(next(folder.glob("*.tgz")), assets, store, on_file)

    def _pack(self, folder: Path) -> Refusal | None:
        quick = ("--silent", "--ignore-scripts", "--fetch-retries=0", "--fetch-timeout=20000")
        command = [self._npm or "npm", "pack", *quick, f"{NPM_PACKAGE}@{VERSION}"]
        try:
            ended = subprocess.run(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Refusal("unreachable", f"took more than {TIMEOUT:.0f} s")
        except OSError as error:
            return Refusal("failed", f"can't be asked: npm doesn't run ({error.strerror})")
        if ended.returncode != 0 or not list(folder.glob("*.tgz")):
            return Refusal("unreachable", "couldn't be downloaded")
        return None


def _unpack(archive: Path, assets: Sequence[Asset], store: Store, on_file: OnFile) -> Refusals:
    refusals: dict[str, Refusal] = {}
    try:
        with tarfile.open(archive) as members:
            for asset in assets:
                refusal = _extract(members, asset, store)
                if refusal:
                    refusals[asset.sha256] = refusal
                else:
                    on_file(asset)
    except tarfile.TarError:
        return {asset.sha256: WRONG_BYTES for asset in assets}
    return refusals


def _extract(members: tarfile.TarFile, asset: Asset, store: Store) -> Refusal | None:
    try:
        stream = members.extractfile(f"package/{asset.file_name}")
    except KeyError:
        return ABSENT
    if stream is None:
        return ABSENT
    with stream:
        try:
            store.put(asset.sha256, iter(lambda: stream.read(CHUNK), b""))
        except WrongBytesError:
            return WRONG_BYTES
    return None
