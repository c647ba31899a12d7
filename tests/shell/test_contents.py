import json
import os
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from lite_site.shell.contents import contents_listings

EPOCH = 1_577_836_800
FILES = {
    "LICENCE": b"no extension",
    "lesson.ipynb": b'{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}',
    "module.py": b"x = 1",
    "notes.md": b"# Notes",
    "q.json": b"{}",
    "données/génome de lambda.fa": b">lambda\nACGT",
    "données/sub/deep/t.csv": b"a,b\n1,2",
    "images/p.png": b"\x89PNG",
    "images/p.svg": b"<svg/>",
    "t.txt": b"text",
}
TIMES = ("created", "last_modified")


def timeless(listing: dict[str, object]) -> dict[str, object]:
    """A listing without times, its content in name order: JupyterLite's is in the file system's."""
    kept = {key: value for key, value in listing.items() if key not in TIMES}
    content = kept["content"]
    if isinstance(content, list):
        kept["content"] = sorted((timeless(model) for model in content), key=lambda model: str(model["name"]))
    return kept


@pytest.fixture
def theirs(tmp_path: Path) -> dict[str, dict[str, object]]:
    """What JupyterLite's own build lists for FILES."""
    for name, data in FILES.items():
        (tmp_path / "lite" / "files" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "lite" / "files" / name).write_bytes(data)
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--contents", "files", "--apps", "repl"]
    command += ["--no-sourcemaps", "--no-libarchive"]
    command += ["--output-dir", str(tmp_path / "out")]
    environment = {**os.environ, "JUPYTER_NO_CONFIG": "1", "HOME": str(tmp_path)}
    subprocess.run(command, cwd=tmp_path / "lite", env=environment, check=True, capture_output=True, timeout=120)
    base = tmp_path / "out" / "api" / "contents"
    return {path.relative_to(base).as_posix(): json.loads(path.read_bytes()) for path in base.rglob("all.json")}


def test_listings_are_those_of_jupyterlites_own_build(theirs: dict[str, dict[str, object]]) -> None:
    ours = contents_listings([(PurePosixPath(name), len(data)) for name, data in FILES.items()], EPOCH)

    assert ours.keys() == theirs.keys()
    for path, listing in theirs.items():
        assert timeless(json.loads(ours[path])) == timeless(listing), path


def test_the_same_files_in_any_order_give_the_same_bytes() -> None:
    sizes = [(PurePosixPath(name), len(data)) for name, data in FILES.items()]

    assert contents_listings(sizes, EPOCH) == contents_listings(reversed(sizes), EPOCH)


def test_every_model_carries_the_time_given() -> None:
    listing = json.loads(contents_listings([(PurePosixPath("a/b.txt"), 1)], EPOCH)["a/all.json"])

    assert {listing[time] for time in TIMES} == {"2020-01-01T00:00:00Z"}
    assert {model[time] for model in listing["content"] for time in TIMES} == {"2020-01-01T00:00:00Z"}


def test_types_do_not_depend_on_the_machine(tmp_path: Path) -> None:
    """Debian's mime.types knows .fa, .ipynb and hundreds more; another machine doesn't."""
    program = (
        "import mimetypes; mimetypes.init(); mimetypes.add_type('chemical/x-fasta', '.fa');"
        "from pathlib import PurePosixPath as P; from lite_site.shell.contents import contents_listings as c;"
        "print(c([(P('x.fa'), 1)], 0)['all.json'].decode())"
    )
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout

    assert json.loads(said)["content"][0]["mimetype"] is None


def test_a_course_without_files_has_an_empty_listing() -> None:
    assert json.loads(contents_listings([], EPOCH)["all.json"])["content"] == []
