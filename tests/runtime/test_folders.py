"""Files on this machine: any folder, and the installed kernel."""

import json
from pathlib import Path

from lite_site.runtime.sources.folders import InstalledKernel, Wheelhouse, kernel_folder
from lite_site.runtime.store import Store

from .samples import asset_of


def test_the_right_copy_is_found_at_any_depth(tmp_path: Path, store: Store) -> None:
    for folder, content in (("old", b"old"), ("new/deep", b"new")):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.whl").write_bytes(content)
    asset = asset_of("a.whl", b"new")
    assert Wheelhouse(tmp_path).fetch([asset], store, 1, lambda _: None) == {}
    assert store.get(asset.sha256)


def test_what_is_not_there_and_what_is_wrong_are_told_apart(tmp_path: Path, store: Store) -> None:
    (tmp_path / "b.whl").write_bytes(b"other")
    absent, wrong = asset_of("a.whl", b"a"), asset_of("b.whl", b"b")
    refusals = Wheelhouse(tmp_path).fetch([absent, wrong], store, 1, lambda _: None)
    assert refusals[absent.sha256].cause == "absent"
    assert refusals[wrong.sha256].cause == "wrong-bytes"


def test_a_folder_that_is_gone_says_so(tmp_path: Path, store: Store) -> None:
    asset = asset_of("a.whl", b"a")
    refusals = Wheelhouse(tmp_path / "gone").fetch([asset], store, 1, lambda _: None)
    assert refusals[asset.sha256].words == "is not a folder"


def test_the_installed_kernel_gives_its_own_wheels(store: Store) -> None:
    listed = json.loads((kernel_folder() / "all.json").read_text())
    (file,) = listed["piplite"]["releases"]["0.8.6"]
    content = (kernel_folder() / file["filename"]).read_bytes()
    asset = asset_of(file["filename"], content, origin="kernel")
    assert asset.sha256 == file["digests"]["sha256"]
    assert InstalledKernel().offers(asset)
    assert not InstalledKernel().offers(asset_of("numpy.whl", b""))
    assert InstalledKernel().fetch([asset], store, 1, lambda _: None) == {}
