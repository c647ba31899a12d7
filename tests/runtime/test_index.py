"""Wheels from the Python index and its carrier, with a stand-in for pip only."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from lite_site.runtime import pip as pip_module
from lite_site.runtime.assets import Asset
from lite_site.runtime.distribution import RUNTIME_FILES, CarrierFacts, carrier_facts, official_lock
from lite_site.runtime.pip import Pip, PipRun, explain
from lite_site.runtime.sources.index import Carrier, PackageIndex
from lite_site.runtime.store import Store

from .samples import asset_of


class FakeIndex:
    """Gives files by project, complains as pip does about those it lacks."""

    def __init__(self, files: dict[str, tuple[str, bytes]]) -> None:
        self.files = files
        self.runs: list[list[str]] = []

    def __call__(self, requirements: Sequence[str], tags: Sequence[str], into: Path, timeout: float) -> PipRun:
        """Answer one run."""
        del tags, timeout
        self.runs.append(list(requirements))
        for line in requirements:
            project = line.split("==")[0]
            if project not in self.files:
                return PipRun("absent", "has no such wheel", frozenset({project}))
        for line in requirements:
            name, content = self.files[line.split("==")[0]]
            (into / name).write_bytes(content)
        return PipRun("done")


def pinned(project: str, content: bytes, version: str = "1.0") -> Asset:
    """A wheel of the Python index."""
    return asset_of(f"{project}-{version}-py3-none-any.whl", content, origin="pypi", project=project, version=version)


def test_one_run_gets_all_and_names_their_hashes(store: Store) -> None:
    assets = [pinned("a", b"a"), pinned("b", b"b")]
    index = FakeIndex({asset.project: (asset.file_name, asset.project.encode()) for asset in assets})
    assert PackageIndex(index).fetch(assets, store, 1, lambda _: None) == {}
    assert index.runs == [[f"{asset.project}==1.0 --hash=sha256:{asset.sha256}" for asset in assets]]


def test_the_one_that_is_missing_does_not_cost_the_others(store: Store) -> None:
    assets = [pinned("a", b"a"), pinned("gone", b"g"), pinned("z", b"z")]
    index = FakeIndex(
        {asset.project: (asset.file_name, asset.project.encode()) for asset in assets if asset.project != "gone"}
    )
    refusals = PackageIndex(index).fetch(assets, store, 1, lambda _: None)
    assert list(refusals) == [assets[1].sha256]
    assert store.get(assets[0].sha256)
    assert store.get(assets[2].sha256)


def test_two_versions_of_one_project_are_asked_for_apart(store: Store) -> None:
    index = FakeIndex({})
    PackageIndex(index).fetch([pinned("a", b"1"), pinned("a", b"2", "2.0")], store, 1, lambda _: None)
    assert [len(run) for run in index.runs] == [1, 1]


def test_other_bytes_than_pinned_are_refused(store: Store) -> None:
    asset = pinned("a", b"a")
    index = FakeIndex({"a": (asset.file_name, b"tampered")})
    assert PackageIndex(index).fetch([asset], store, 1, lambda _: None)[asset.sha256].cause == "wrong-bytes"


def test_a_carrier_gives_all_it_has_at_once(tmp_path: Path, store: Store) -> None:
    members = {"a.whl": b"a", "b.whl": b"b", "c.whl": b"c"}
    assets = {name: asset_of(name, content) for name, content in members.items()}
    wheel = tmp_path / "box-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, content in members.items():
            archive.writestr(f"in/{name}", b"changed" if name == "c.whl" else content)
    known = {name: asset.sha256 for name, asset in assets.items()}
    facts = CarrierFacts("box", "1", wheel.name, "0" * 64, 1, "in", known)
    carrier = Carrier(facts, FakeIndex({"box": (wheel.name, wheel.read_bytes())}))
    assert not carrier.offers(asset_of("a.whl", b"other"))
    refusals = carrier.fetch([assets["a.whl"], assets["c.whl"]], store, 1, lambda _: None)
    assert {sha256: refusal.cause for sha256, refusal in refusals.items()} == {known["c.whl"]: "wrong-bytes"}
    assert store.get(known["a.whl"])
    assert store.get(known["b.whl"]), "what wasn't asked for serves the next course"


def test_the_carriers_list_holds_only_what_pyodide_published() -> None:
    published = {package["file_name"]: package["sha256"] for package in official_lock()["packages"].values()}
    published |= RUNTIME_FILES
    members = carrier_facts().members
    assert len(members) == 47
    assert members.items() <= published.items()
    assert RUNTIME_FILES.items() <= members.items()


def test_pips_complaints_are_understood() -> None:
    mismatch = """ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.
    six==1.17.0 from https://me:secret@host/six.whl (from -r r.txt (line 1)):
        Expected sha256 000"""
    assert (explain(mismatch).outcome, explain(mismatch).blamed) == ("wrong-bytes", frozenset({"six"}))
    absent = "ERROR: No matching distribution found for pysam==9 (from -r r.txt (line 1))"
    assert (explain(absent).outcome, explain(absent).blamed) == ("absent", frozenset({"pysam"}))
    dead = "WARNING: Retrying (Retry(total=0, ...)) after connection broken\n" + absent
    assert explain(dead).outcome == "unreachable"
    strange = explain("ERROR: something at https://me:secret@host/simple/")
    assert strange.outcome == "failed"
    assert "secret" not in strange.words
    assert "pip is not installed" in explain("/usr/bin/python: No module named pip").words
    assert explain("").outcome == "failed"


def test_an_index_that_does_not_answer_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[object] = []

    def unreachable(*arguments: object) -> PipRun:
        runs.append(arguments)
        return PipRun("unreachable", "didn't answer")

    monkeypatch.setattr(pip_module, "_run", unreachable)
    pip = Pip()
    for _ in range(3):
        assert pip.download(["a"], (), tmp_path, 1).outcome == "unreachable"
    assert len(runs) == 1
