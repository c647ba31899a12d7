import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from lite_site.problems import BuildError
from lite_site.serve.preview import LessonFilter, claim_port
from tests.alive import is_alive
from tests.small import write_course, write_lesson

from .conftest import Preview
from .test_app import listening

ROOT = Path(__file__).parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/  \(Ctrl-C stops\)\n")
ENDS_WITHIN = 5.0


class Serving:
    """`build.py serve` as somebody at a terminal runs it, up to its address."""

    def __init__(self, process: "subprocess.Popen[str]", site: Path) -> None:
        self.process = process
        self.said: list[str] = []
        assert process.stdout is not None
        while not (found := ADDRESS.fullmatch(line := process.stdout.readline())):
            assert line, "it ended before it served"
            self.said.append(line)
        self.preview = Preview(site, int(found[1]))
        self.family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]

    def stop(self) -> tuple[int, float]:
        """Ctrl-C; the exit code and the seconds it took."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=60)
        return code, time.monotonic() - begun


@contextmanager
def serving(contents: Path, output: Path, *options: str) -> Iterator[Serving]:
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--port", "0"]
    command += ["--contents", str(contents), "--output", str(output), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield Serving(process, output)
        finally:
            process.kill()


def test_a_teachers_afternoon(small_contents: Path, tmp_path: Path) -> None:
    """Build, look, change a lesson, break one, mend it, stop: all on one open page."""
    lesson = small_contents / "calcul" / "01-debut.ipynb"
    with serving(small_contents, tmp_path / "_site") as running, listening(running.preview) as builds:
        preview = running.preview
        assert preview.get("/calcul/")[0] == 200
        first = next(builds)

        write_lesson(lesson, "print('changed')")
        second = next(builds)
        assert second != first
        assert "changed" in preview.get("/calcul/files/01-debut.ipynb")[2]

        lesson.write_text("{")
        assert running.process.stderr is not None
        assert "01-debut.ipynb" in running.process.stderr.readline()
        assert "changed" in preview.get("/calcul/files/01-debut.ipynb")[2]

        write_lesson(lesson, "print('mended')")
        assert next(builds) not in {first, second}
        assert "mended" in preview.get("/calcul/files/01-debut.ipynb")[2]

        code, seconds = running.stop()
        assert code == 0
        assert seconds < ENDS_WITHIN
        assert list(builds) == []
        assert not [member for member in running.family if is_alive(member)]
    assert {path.name for path in tmp_path.iterdir()} == {"contents", "_site", ".passerelle"}


def test_a_first_build_that_fails_shows_why_and_the_next_one_heals(small_contents: Path, tmp_path: Path) -> None:
    lesson = small_contents / "calcul" / "01-debut.ipynb"
    lesson.write_text("{")
    with serving(small_contents, tmp_path / "_site") as running, listening(running.preview) as builds:
        next(builds)
        status, _, text = running.preview.get("/")
        assert status == 503
        assert "01-debut.ipynb" in text

        write_lesson(lesson, "print(1)")

        next(builds)
        assert running.preview.get("/calcul/")[0] == 200
        assert running.stop()[0] == 0


def test_a_course_added_while_it_serves_appears(small_contents: Path, tmp_path: Path) -> None:
    with serving(small_contents, tmp_path / "_site") as running, listening(running.preview) as builds:
        next(builds)
        write_course(small_contents / ".new", "texte").rename(small_contents / "texte")
        deadline = time.monotonic() + 60
        while running.preview.get("/texte/")[0] != 200 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert running.preview.get("/texte/")[0] == 200
        assert running.stop()[0] == 0


def test_a_site_inside_the_contents_does_not_rebuild_itself_for_ever(small_contents: Path) -> None:
    with serving(small_contents, small_contents / "_site") as running, listening(running.preview) as builds:
        next(builds)
        before = running.preview.get("/")[2]
        time.sleep(1.5)
        assert running.preview.get("/")[2] == before
        assert running.stop()[0] == 0


def run_serve(*options: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(ROOT / "build.py"), "serve", *options]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


def test_a_port_in_use_is_told_before_anything_is_built(small_contents: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run_serve("--port", str(taken.getsockname()[1]), cwd=tmp_path)

    assert done.returncode == 1
    assert re.fullmatch(r"port \d+: is in use\. Give another with --port, or --port 0 for a free one\.\n", done.stderr)
    assert done.stdout == ""
    assert not (tmp_path / "_site").exists()


@pytest.mark.parametrize("kind", ["missing", "file"])
def test_contents_that_are_not_there_are_told(tmp_path: Path, kind: str) -> None:
    if kind == "file":
        (tmp_path / "contents").write_text("")
    done = run_serve("--port", "0", cwd=tmp_path)

    assert done.returncode == 1
    assert done.stderr.startswith("contents: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["70000", "-1", "http", "8.0"])
def test_a_port_that_is_none_is_misuse(tmp_path: Path, port: str) -> None:
    done = run_serve(f"--port={port}", cwd=tmp_path)

    assert done.returncode == 2
    assert f"{port} isn't a port" in done.stderr


def test_a_port_is_claimed_once_and_given_back() -> None:
    with claim_port(0) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(BuildError, match="is in use") as caught, claim_port(port):
            pass
        assert caught.value.problems[0].code == "port-busy"
    with claim_port(port) as listening:
        assert listening.getsockname() == ("127.0.0.1", port)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may take any port")
def test_a_port_reserved_to_the_system_is_told() -> None:
    with pytest.raises(BuildError, match="is reserved to the system"), claim_port(1):
        pass


@pytest.mark.parametrize(
    ("path", "watched"),
    [
        ("rna/01.ipynb", True),
        ("rna/data/reads.fa", True),
        ("rna/course.toml", True),
        ("rna/.ipynb_checkpoints/01-checkpoint.ipynb", False),
        ("rna/01.ipynb~", False),
        ("rna/.01.md.swp", False),
        ("rna/__pycache__/local.cpython-311.pyc", False),
        (".passerelle/_site.json", False),
        ("_site/rna/index.html", False),
        ("_site.passerelle-new/rna/index.html", False),
    ],
)
def test_what_is_watched(tmp_path: Path, path: str, watched: bool) -> None:
    from watchfiles import Change

    wanted = LessonFilter(ignore_paths=(tmp_path / "_site",))
    assert wanted(Change.modified, str(tmp_path / path)) is watched


def test_programs_read_one_object_a_line(small_contents: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--port", "0", "--json"]
    command += ["--contents", str(small_contents), "--output", str(tmp_path / "_site")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            built, served = (json.loads(process.stdout.readline()) for _ in range(2))
            (small_contents / "calcul" / "01-debut.ipynb").write_text("{")
            broken = json.loads(process.stdout.readline())
            process.send_signal(signal.SIGINT)
            assert process.stdout.read() == ""
            assert process.wait(timeout=60) == 0
        finally:
            process.kill()
    assert (built["ok"], built["lessons"]) == (True, 1)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", served["serving"])
    assert broken["ok"] is False
    assert [problem["code"] for problem in broken["problems"]] == ["notebook-not-json"]
