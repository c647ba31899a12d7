"""Making a snapshot, and keeping it; what it is good for is seen in `tests/browser/test_snapshot.py`."""

import base64
import gzip
import hashlib
import json
from pathlib import Path

import pytest

from lite_site.environment.browser import BrowserLock, resolve
from lite_site.environment.catalogue import catalogue
from lite_site.environment.wheels import Wheel
from lite_site.problems import BuildError
from lite_site.runtime.distribution import RUNTIME_FILES
from lite_site.snapshot import make
from lite_site.snapshot.make import DESCRIPTION, Snapshot, ensure_snapshot, kernel_wheels_of, snapshot_key
from lite_site.snapshot.node import NodeError
from lite_site.steps.build_shell import DIST

IMAGE = {"format": 1, "kept": [[0, 4096]]}


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "make-snapshot.mjs").write_text("make()")
    return folder


@pytest.fixture
def wheels() -> tuple[Wheel, ...]:
    return kernel_wheels_of(kernel_lock())


def kernel_lock() -> BrowserLock:
    return resolve([], catalogue())


def supplied_by(site: Path) -> dict[str, Path]:
    files = [path for path in (site / "_passerelle").rglob("*") if path.suffix in {".whl", ".mjs", ".wasm", ".zip"}]
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in files}


class Node:
    """Stands where Node does; leaves an image, or fails."""

    def __init__(self, error: str = "") -> None:
        self.runs = 0
        self.error = error
        self.job: dict[str, object] = {}

    def __call__(self, script: Path, job: Path, folder: Path) -> None:
        self.runs += 1
        if self.error:
            raise NodeError(self.error)
        self.job = json.loads(job.read_bytes())
        (folder / "image.json").write_text(json.dumps(IMAGE))
        (folder / "memory").write_bytes(b"memory" * 100)
        (folder / "content").write_bytes(b"files" * 100)


@pytest.fixture
def node(monkeypatch: pytest.MonkeyPatch) -> Node:
    node = Node()
    monkeypatch.setattr(make, "run_node", node)
    return node


class Supply(dict[str, Path]):
    """Every file there is, somewhere."""

    def __missing__(self, sha256: str) -> Path:
        return Path("/cache", sha256)


def ensure(tmp_path: Path, dist: Path, wheels: tuple[Wheel, ...]) -> Snapshot:
    return ensure_snapshot(tmp_path / "cache", dist, wheels, Supply())


def test_a_snapshot_is_made_once(tmp_path: Path, dist: Path, wheels: tuple[Wheel, ...], node: Node) -> None:
    first = ensure(tmp_path, dist, wheels)
    assert ensure(tmp_path, dist, wheels) == first
    assert node.runs == 1
    assert [path.name for path in (tmp_path / "cache" / "snapshots").iterdir()] == [first.folder.name]


def test_its_description_names_each_part_by_its_hash(
    tmp_path: Path, dist: Path, wheels: tuple[Wheel, ...], node: Node
) -> None:
    snapshot = ensure(tmp_path, dist, wheels)
    text = (snapshot.folder / DESCRIPTION).read_bytes()
    described = json.loads(text)
    assert {key: described[key] for key in IMAGE} == IMAGE
    assert snapshot.integrity == f"sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}"
    assert snapshot.prefix == f"_passerelle/snapshot-{hashlib.sha256(text).hexdigest()[:16]}"
    for part, content in {"memory": b"memory" * 100, "content": b"files" * 100}.items():
        packed = (snapshot.folder / described[part]["file"]).read_bytes()
        assert gzip.decompress(packed) == content
        told = base64.b64decode(described[part]["integrity"].removeprefix("sha256-"))
        assert told == hashlib.sha256(packed).digest()


def test_node_is_told_of_pyodide_and_of_the_kernels_wheels(
    tmp_path: Path, dist: Path, wheels: tuple[Wheel, ...], node: Node
) -> None:
    ensure(tmp_path, dist, wheels)
    files = node.job["files"]
    assert isinstance(files, dict)
    assert set(files) == {f"pyodide/{name}" for name in RUNTIME_FILES} | {f"wheels/{one.file_name}" for one in wheels}


@pytest.mark.parametrize("damage", ["record.json", "memory.bin", "snapshot.json"])
def test_a_damaged_snapshot_is_made_again(
    tmp_path: Path, dist: Path, wheels: tuple[Wheel, ...], node: Node, damage: str
) -> None:
    folder = ensure(tmp_path, dist, wheels).folder
    (folder / damage).unlink()
    again = ensure(tmp_path, dist, wheels)
    assert node.runs == 2
    assert all((again.folder / name).is_file() for name in again.files)
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_a_snapshot_that_cant_be_made_is_a_warning(
    tmp_path: Path, dist: Path, wheels: tuple[Wheel, ...], node: Node
) -> None:
    node.error = "no memory"
    with pytest.raises(BuildError, match="It can't be made: no memory") as raised:
        ensure(tmp_path, dist, wheels)
    assert [(problem.code, problem.severity) for problem in raised.value.problems] == [("snapshot-unmade", "warning")]
    assert list((tmp_path / "cache" / "snapshots").iterdir()) == []


def test_other_wheels_or_another_script_make_another_snapshot(dist: Path, wheels: tuple[Wheel, ...]) -> None:
    before = snapshot_key(dist, wheels)
    assert snapshot_key(dist, wheels[1:]) != before
    (dist / "make-snapshot.mjs").write_text("make(again)")
    assert snapshot_key(dist, wheels) != before


def test_a_course_with_more_packages_has_the_same_kernel() -> None:
    numpy = BrowserLock((*kernel_lock().wheels, catalogue().by_name["numpy"]), {})
    assert kernel_wheels_of(numpy) == kernel_wheels_of(kernel_lock())


def test_made_twice_it_is_the_same_to_the_byte(tmp_path: Path, built_site: Path, wheels: tuple[Wheel, ...]) -> None:
    (published,) = (built_site / "_passerelle").glob("snapshot-*")
    again = ensure_snapshot(tmp_path / "cache", DIST, wheels, supplied_by(built_site))
    assert again.prefix == f"_passerelle/{published.name}"
    assert all((again.folder / name).read_bytes() == (published / name).read_bytes() for name in again.files)
