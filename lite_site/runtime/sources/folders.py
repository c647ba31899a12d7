"""Files that are on this machine already: a wheelhouse, and the wheels that the kernel installs."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from lite_site.runtime.assets import Asset
from lite_site.runtime.sources.source import ABSENT, WRONG_BYTES, OnFile, Refusal, Refusals
from lite_site.runtime.store import Store, WrongBytesError

KERNEL_PROJECT = "jupyterlite-pyodide-kernel"


class Wheelhouse:
    """A folder of files, at any depth; asked by file name, judged by hash."""

    def __init__(self, folder: Path, name: str | None = None) -> None:
        self.folder = folder
        self.name = name or f"the wheelhouse {folder}"

    @cached_property
    def _by_name(self) -> dict[str, tuple[Path, ...]]:
        found: dict[str, tuple[Path, ...]] = {}
        for path in sorted(_files_under(self.folder)):
            found[path.name] = (*found.get(path.name, ()), path)
        return found

    def offers(self, asset: Asset) -> bool:
        """Always: looking costs nothing, and the refusal is worth reading."""
        return bool(asset.file_name)

    def fetch(self, assets: Sequence[Asset], store: Store, jobs: int, on_file: OnFile) -> Refusals:
        """Copy what has the right hash, one file after the other (`jobs` is unused)."""
        refusals: dict[str, Refusal] = {}
        for asset in assets:
            refusal = self._copy(asset, store)
            if refusal:
                refusals[asset.sha256] = refusal
            else:
                on_file(asset)
        return refusals

    def _copy(self, asset: Asset, store: Store) -> Refusal | None:
        if not self.folder.is_dir():
            return Refusal("unreachable", "is not a folder")
        refusal = ABSENT
        for path in self._by_name.get(asset.file_name, ()):
            try:
                store.adopt(asset.sha256, path)
            except WrongBytesError:
                refusal = WRONG_BYTES
            except OSError as error:
                refusal = Refusal("failed", f"can't be read: {error.strerror}")
            else:
                return None
        return refusal


class InstalledKernel(Wheelhouse):
    """The wheels that come inside the installed jupyterlite-pyodide-kernel."""

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__(folder or kernel_folder(), f"the installed {KERNEL_PROJECT}")

    def offers(self, asset: Asset) -> bool:
        """Only what this kernel published."""
        return asset.origin == "kernel"


def kernel_folder() -> Path:
    """The folder of the kernel's own wheels and their `all.json`; it doesn't exist if none is installed."""
    try:
        listed = distribution(KERNEL_PROJECT).files or []
    except PackageNotFoundError:
        listed = []
    for path in listed:
        if path.parts[-2:] == ("pypi", "all.json"):
            return Path(path.locate()).resolve().parent
    return Path(KERNEL_PROJECT)


def _files_under(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
