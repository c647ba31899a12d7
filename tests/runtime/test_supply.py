"""Every file from the first source that has it right; what can't be had is said once per cause."""

import hashlib
from pathlib import Path

import pytest

from lite_site.problems import BuildError, Problem
from lite_site.runtime.sources.folders import Wheelhouse
from lite_site.runtime.sources.mirror import Mirror
from lite_site.runtime.sources.source import Source
from lite_site.runtime.store import Store
from lite_site.runtime.supply import supply

from .samples import FileServer, asset_of


def wheelhouse(folder: Path, files: dict[str, bytes]) -> Wheelhouse:
    """A folder with these files."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return Wheelhouse(folder, folder.name)


def test_the_first_source_with_the_right_bytes_wins(tmp_path: Path, store: Store, server: FileServer) -> None:
    house = wheelhouse(tmp_path / "house", {"a.whl": b"a", "b.whl": b"tampered"})
    server.files.update({"a.whl": b"a", "b.whl": b"b"})
    warnings: list[Problem] = []
    assets = [asset_of("a.whl", b"a"), asset_of("b.whl", b"b")]
    found = supply(assets, store, [house, Mirror(server.url)], warn=warnings.append)
    assert {path.read_bytes() for path in found.values()} == {b"a", b"b"}
    assert server.requests == [("b.whl", None)]
    (warning,) = warnings
    assert (warning.place, warning.severity) == ("b.whl", "warning")
    assert warning.problem == "house has other bytes under that name; they were refused."


def test_what_the_cache_holds_is_not_asked_for(store: Store) -> None:
    asset = asset_of("a.whl", b"a")
    store.put(asset.sha256, [b"a"])
    assert supply([asset], store, [], offline=True) == {asset.sha256: store.path_of(asset.sha256)}


def test_a_damaged_cache_entry_is_fetched_again(tmp_path: Path, store: Store) -> None:
    house = wheelhouse(tmp_path / "house", {"a.whl": b"a"})
    asset = asset_of("a.whl", b"a")
    supply([asset], store, [house])[asset.sha256].write_bytes(b"rotten")
    assert supply([asset], store, [house])[asset.sha256].read_bytes() == b"a"


def test_progress_counts_to_the_end(tmp_path: Path, store: Store) -> None:
    house = wheelhouse(tmp_path / "house", {"a.whl": b"a", "b.whl": b"b"})
    assets = [asset_of("a.whl", b"a"), asset_of("b.whl", b"b"), asset_of("a.whl", b"a")]
    heard: list[tuple[int, int, str]] = []
    supply(assets, store, [house], report=lambda done, total, label: heard.append((done, total, label)))
    assert heard == [(0, 2, "house"), (1, 2, "a.whl"), (2, 2, "b.whl")]


def test_offline_with_an_empty_cache_is_one_problem(store: Store, server: FileServer) -> None:
    assets = [asset_of(f"a{number}-1.whl", bytes([number])) for number in range(40)]
    with pytest.raises(BuildError) as caught:
        supply(assets, store, [Mirror(server.url)], offline=True)
    (problem,) = caught.value.problems
    assert problem.code == "offline-missing"
    assert "and 32 more" in problem.problem
    assert server.requests == []


def test_no_network_is_one_problem_that_names_all_sources(tmp_path: Path, store: Store) -> None:
    assets = [
        asset_of(f"a{number}-1.whl", bytes([number]), origin=("pyodide", "pypi")[number % 2]) for number in range(40)
    ]
    sources: list[Source] = [
        wheelhouse(tmp_path / "house", {}),
        Mirror("http://127.0.0.1:9/", "the first", frozenset({"pyodide"})),
        Mirror("http://127.0.0.1:9/", "the second", frozenset({"pypi"})),
    ]
    with pytest.raises(BuildError) as caught:
        supply(assets, store, sources)
    (problem,) = caught.value.problems
    assert problem.code == "runtime-unreachable"
    for words in ("house doesn't have it", "the first can't be reached", "the second can't be reached"):
        assert problem.problem.count(words) == 1


def test_a_wheel_nobody_has_names_package_lesson_sources_and_remedy(tmp_path: Path, store: Store) -> None:
    places = ("contents/rna/02.ipynb",)
    lost = asset_of("pysam-1.0-py3-none-any.whl", b"lost", wanted_by=places)
    wrong = asset_of("flye-1.0-py3-none-any.whl", b"wrong", wanted_by=("contents/rna/03.ipynb", *places))
    house = wheelhouse(tmp_path / "house", {wrong.file_name: b"tampered"})
    with pytest.raises(BuildError) as caught:
        supply([lost, wrong], store, [house, wheelhouse(tmp_path / "barn", {})])
    first, second = map(str, caught.value.problems)
    remedy = "Add a wheelhouse folder or a mirror that has it, or place the lesson on the cluster."
    assert first == (
        "Pyodide and its packages: flye 1.0 can't be fetched: house has other bytes under that name; "
        f"barn doesn't have it. Needed by contents/rna/02.ipynb, contents/rna/03.ipynb. {remedy}"
    )
    assert second == (
        f"contents/rna/02.ipynb: pysam 1.0 can't be fetched: house doesn't have it; barn doesn't have it. {remedy}"
    )


def test_a_file_no_source_offers_is_said(store: Store) -> None:
    with pytest.raises(BuildError, match="no source offers it"):
        supply([asset_of("a.whl", b"a")], store, [])


def test_hashes_decide_not_names(tmp_path: Path, store: Store) -> None:
    house = wheelhouse(tmp_path / "house", {"a.whl": b"a"})
    found = supply([asset_of("a.whl", b"a")], store, [house])
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in found.values()] == list(found)
