import stat
import sys
from pathlib import Path

import pytest

from lite_site.runtime.uv import PLATFORM, Asked, Uv, UvRun, explain

UV = f"""\
#!{sys.executable}
import pathlib, sys
here = pathlib.Path(__file__).parent
with (here / "calls").open("a") as calls:
    print(*sys.argv[1:], file=calls)
(here / "settings").write_text(pathlib.Path("uv.toml").read_text())
(here / "wishes").write_text(pathlib.Path("wishes.in").read_text())
written = pathlib.Path(sys.argv[sys.argv.index("--output-file") + 1])
(here / "preferred").write_text(written.read_text() if written.exists() else "nothing")
print((here / "stderr").read_text(), file=sys.stderr)
written.write_text("six==1.17.0\\n")
sys.exit(int((here / "status").read_text()))
"""
NO_SOLUTION = """\
error: No solution found when resolving dependencies
  cause: Because pywin32<=302 has no wheels with a matching Python ABI tag (e.g., `cp311`) and only the following \
versions of pywin32 are available:
             pywin32<=302
             pywin32>=303
         we can conclude that pywin32<303 cannot be used.
         And because you require pywin32, we can conclude that your requirements are unsatisfiable.

hint: You require CPython 3.11 (`cp311`), but we only found wheels for `pywin32` (v302) with the following Python ABI \
tags: `cp39`

hint: Wheels are available for `pywin32` (v312) on the following platforms: `win32`, `win_amd64`
"""
REFUSED_CONNECTION = """\
error: Request failed after 3 retries in 6.5s
  cause: Failed to fetch: https://me:secret@index.example/simple/six/
  cause: error sending request for url (https://me:secret@index.example/simple/six/)
  cause: client error (Connect)
"""
REFUSED_SIGN_IN = """\
error: No solution found when resolving dependencies
  cause: Because six was not found in the package registry and you require six, we can conclude that your \
requirements are unsatisfiable.

hint: An index URL (https://index.example/simple) could not be queried due to a lack of valid authentication \
credentials (401 Unauthorized).
"""
UNBUILT = """\
error: Failed to build `sklearn==0.0.post12`
  cause: The build backend returned an error
  cause: Call to `setuptools.build_meta:__legacy__.get_requires_for_build_wheel` failed (exit status: 1)

         [stderr]
         The 'sklearn' PyPI package is deprecated, use 'scikit-learn'
         rather than 'sklearn' for pip commands.

hint: Build failures usually indicate a problem with the package or the build environment
"""


class FakeProgram:
    """An executable that stands where uv does and writes down how it was called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "uv"
        self.path.write_text(UV, encoding="utf-8")
        self.path.chmod(self.path.stat().st_mode | stat.S_IXUSR)
        self.ends(0)

    def ends(self, status: int, stderr: str = "") -> None:
        """How the next runs end."""
        (self.folder / "status").write_text(str(status), encoding="utf-8")
        (self.folder / "stderr").write_text(stderr, encoding="utf-8")

    def read(self, name: str) -> str:
        """What it wrote down."""
        return (self.folder / name).read_text("utf-8")


@pytest.fixture
def program(tmp_path: Path) -> FakeProgram:
    return FakeProgram(tmp_path)


def uv_of(program: FakeProgram, configuration: str = "", cache: Path | None = None) -> Uv:
    return Uv(cache, program=[str(program.path)], configuration=lambda: configuration)


def test_a_question_becomes_a_run_of_uv(program: FakeProgram, tmp_path: Path) -> None:
    asked = Asked(("six>=1", "numpy"), "3.11", {"numpy": "2.4.3"}, frozenset({"docopt"}))
    ended = uv_of(program, "global.cert='/etc/school.pem'", tmp_path / "cache").compile(asked)
    assert ended == UvRun("done", "six==1.17.0\n")
    assert program.read("wishes") == "six>=1\nnumpy\n"
    assert program.read("preferred") == "numpy==2.4.3\n"
    call = program.read("calls")
    assert f"--python-version 3.11 --python-platform {PLATFORM}" in call
    assert "--only-binary :all: --no-binary docopt" in call
    assert f"--cache-dir {tmp_path / 'cache'}" in call
    assert "--cert /etc/school.pem" in call
    assert "--no-deps" not in call


def test_files_are_asked_for_without_preferences(program: FakeProgram) -> None:
    uv_of(program).compile(Asked(("six==1.17.0",), "3.11", {"six": "1"}, files=True))
    assert program.read("preferred") == "nothing"
    assert "--no-deps --format pylock.toml" in program.read("calls")


def test_any_file_will_do_when_only_the_existence_is_asked(program: FakeProgram) -> None:
    uv_of(program).compile(Asked(("six",), "3.11", any_file=True, alone=True))
    assert "--only-binary" not in program.read("calls")
    assert "--no-deps" in program.read("calls")


def test_a_password_is_on_no_command_line(program: FakeProgram) -> None:
    program.ends(2, REFUSED_CONNECTION)
    ended = uv_of(program, "global.index-url='https://me:secret@index.example/simple'").compile(Asked(("six",), "3.11"))
    assert "secret" in program.read("settings")
    assert "secret" not in program.read("calls")
    assert "secret" not in repr(ended)


def test_an_index_that_does_not_answer_is_asked_once(program: FakeProgram) -> None:
    program.ends(2, REFUSED_CONNECTION)
    uv = uv_of(program)
    for _ in range(3):
        assert uv.compile(Asked(("six",), "3.11")).outcome == "unreachable"
    assert len(program.read("calls").splitlines()) == 1


def test_a_run_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    slow = tmp_path / "uv"
    slow.write_text("#!/bin/sh\nexec sleep 30\n", encoding="utf-8")
    slow.chmod(0o755)
    ended = Uv(program=[str(slow)], timeout=0.2, configuration=str).compile(Asked(("six",), "3.11"))
    assert ended.outcome == "unreachable"
    assert "took more than" in ended.words


def test_without_uv_the_person_is_told(tmp_path: Path) -> None:
    ended = Uv(program=[str(tmp_path / "nothing")], configuration=str).compile(Asked(("six",), "3.11"))
    assert ended.outcome == "missing"
    assert "uv doesn't run" in ended.words
    assert Uv(program=[], configuration=str).compile(Asked(("six",), "3.11")).outcome == "missing"
    assert explain("/usr/bin/python: No module named uv").outcome == "missing"


def test_uvs_complaints_are_understood() -> None:
    unsatisfiable = explain(NO_SOLUTION)
    assert unsatisfiable.outcome == "unsatisfiable"
    assert "pywin32<=302 pywin32>=303 we can conclude" in unsatisfiable.said
    assert unsatisfiable.hints[1].endswith("platforms: `win32`, `win_amd64`")
    assert explain(REFUSED_CONNECTION).outcome == "unreachable"
    refused = explain(REFUSED_SIGN_IN)
    assert (refused.outcome, refused.words) == ("unreachable", "refuses the name and password in pip's configuration")
    unbuilt = explain(UNBUILT)
    assert (unbuilt.outcome, unbuilt.blamed) == ("unbuildable", "sklearn")
    assert unbuilt.said == "The 'sklearn' PyPI package is deprecated, use 'scikit-learn'"


def test_what_is_not_understood_is_quoted_without_addresses() -> None:
    strange = explain("error: Invalid thing at https://me:secret@index.example/simple/\n")
    assert strange.outcome == "failed"
    assert "Invalid thing" in strange.words
    assert "secret" not in strange.words
    assert "no reason given" in explain("").words


def test_warnings_are_kept(program: FakeProgram) -> None:
    program.ends(0, 'Resolved 1 package\nwarning: `attrs==21.1.0` is yanked (reason: "Broken.")\n')
    ended = uv_of(program).compile(Asked(("attrs==21.1.0",), "3.11"))
    assert ended.warnings == ('`attrs==21.1.0` is yanked (reason: "Broken.")',)
