import pytest

from lite_site.courses.model import Wanted
from lite_site.environment.server.notes import notes_on
from lite_site.environment.server.package import ServerPackage
from lite_site.environment.server.resolve import read_wishes, resolve_server
from lite_site.environment.server.search import KERNEL_PLACE, Search, ServerWish
from lite_site.problems import BuildError
from lite_site.runtime.uv import Asked, UvRun

from .recorded import BROWSER, SCENARIOS, Recorded, resolve, wanted

PYLOCK = f"""\
[[packages]]
name = "Six"
version = "1.17.0"
sdist = {{ url = "address", hashes = {{ sha256 = "{"c" * 64}" }} }}
wheels = [{{ hashes = {{ sha256 = "{"b" * 64}" }} }}, {{ hashes = {{ sha256 = "{"a" * 64}" }} }}]
"""


class Answers:
    """Says one thing of versions, and another of files."""

    def __init__(self, found: UvRun, files: str = PYLOCK) -> None:
        self.found = found
        self.files = files
        self.asked: list[Asked] = []

    def __call__(self, asked: Asked, /) -> UvRun:
        self.asked.append(asked)
        return UvRun("done", self.files) if asked.files else self.found


def test_the_server_has_the_browsers_versions() -> None:
    found = {package.name: package for package in resolve("agreeing").packages}
    assert (found["numpy"].version, found["pandas"].version) == (BROWSER["numpy"], BROWSER["pandas"])
    assert found["numpy"].needed_by == ("pandas",)
    assert all(len(digest) == 64 for package in found.values() for digest in package.sha256)
    assert len(found["numpy"].sha256) == 1, "only what Linux installs, not every platform's file"


def test_the_kernel_comes_with_it_but_not_the_browsers_stand_in() -> None:
    run = Recorded("agreeing")
    found = {package.name: package.version for package in resolve("agreeing", run).packages}
    assert found["ipykernel"] != BROWSER["ipykernel"]
    assert "ipykernel" not in run.asked[0].prefer
    assert run.asked[0].requirements == ("numpy", "pandas", "ipykernel")


def test_what_is_locked_already_outweighs_the_browser() -> None:
    run = Answers(UvRun("done", "six==1.17.0\n    # via -r wishes.in\n"))
    locked = ServerPackage("six", "1.16.0", ("0" * 64,))
    resolve_server([Wanted("six", "course.toml")], "3.11", {"six": "1.15.0", "Foo_Bar": "1"}, [locked], run=run)
    assert run.asked[0].prefer == {"six": "1.16.0", "foo-bar": "1"}


def test_wheels_are_hashed_and_a_source_only_where_there_is_no_wheel() -> None:
    run = Answers(UvRun("done", "six==1.17.0\n    # via -r wishes.in\n"))
    (package,) = resolve_server(wanted("six"), "3.11", {"six": "1.17.0"}, run=run).packages
    assert package == ServerPackage("six", "1.17.0", ("a" * 64, "b" * 64))
    source = resolve("notes").packages
    assert [len(package.sha256) for package in source if package.name == "docopt"] == [1]


def test_an_index_without_hashes_is_refused() -> None:
    run = Answers(UvRun("done", "six==1.17.0\n"), '[[packages]]\nname = "six"\nversion = "1.17.0"\nwheels = [{}]\n')
    with pytest.raises(BuildError, match="gives no sha256 for six"):
        resolve_server(wanted("six"), "3.11", {}, run=run)


def test_notes_tell_what_a_teacher_may_want_to_know() -> None:
    notes = {(note.code, note.place): str(note) for note in resolve("notes").notes}
    assert all(note.severity == "warning" for note in resolve("notes").notes)
    assert "Installable but not importable" in notes["package-withdrawn", "requirements.txt, line 1"]
    older = notes["package-older", "requirements.txt, line 2"]
    assert "seqeval 0.0.10 is taken" in older
    assert 'Write "seqeval>=' in older
    assert "docopt 0.6.2 has no wheel" in notes["package-from-source", "requirements.txt, line 3"]
    assert "no extra named bogus" in notes["package-no-extra", "requirements.txt, line 4"]
    assert "Did you mean python-dotenv" in notes["package-misnamed", "requirements.txt, line 5"]


def test_a_name_held_by_a_package_that_only_says_so_is_refused() -> None:
    search = Search(lambda _: UvRun("done"), "3.11", {}, frozenset({"pytorch"}))
    found = [ServerPackage("pytorch", "1.0.2", ("a" * 64,))]
    codes = {note.code: note for note in notes_on(search, [ServerWish("pytorch", "pytorch", "course.toml")], found)}
    assert codes["package-misnamed"].severity == "error"
    assert codes["package-misnamed"].remedy == "Did you mean torch?"


def test_a_source_that_another_package_needs_is_let_in() -> None:
    resolution = resolve("transitive")
    assert "odfpy" in {package.name for package in resolution.packages}
    assert "odfpy 1.4.1 (needed by pandas) has no wheel" in str(resolution.notes[0])


def test_python_needs_no_package_for_its_own_modules() -> None:
    wishes, problems = read_wishes(wanted("sqlite3", "pandas"))
    assert [wish.name for wish in wishes] == ["pandas", "ipykernel"]
    assert "sqlite3 comes with Python" in str(problems[0])
    assert wishes[-1].place == KERNEL_PLACE


def test_bad_requirements_are_told_beside_what_the_index_lacks() -> None:
    run = Recorded("alone")
    wishes = [*wanted(*SCENARIOS["alone"]), Wanted("foo bar", "requirements.txt, line 20")]
    with pytest.raises(BuildError) as caught:
        resolve_server(wishes, "3.11", BROWSER, run=run)
    assert {"package-syntax", "package-absent"} <= {problem.code for problem in caught.value.problems}


@pytest.mark.parametrize("python", ["2.7", "3", "3.5", "three", "3.11; rm", ""])
def test_a_python_that_is_none_is_refused(python: str) -> None:
    with pytest.raises(BuildError, match="not a version of Python 3"):
        resolve_server([], python, {}, run=Answers(UvRun("done")))


@pytest.mark.parametrize(
    ("ended", "code", "words"),
    [
        (UvRun("missing", words="uv is not installed beside Passerelle"), "uv-missing", "pip install uv"),
        (UvRun("unreachable", words="didn't answer"), "runtime-unreachable", "index didn't answer. Check the network"),
        (UvRun("failed", words="can't be searched: uv said: odd"), "server-search-failed", "uv said: odd"),
    ],
)
def test_without_an_answer_nothing_is_found(ended: UvRun, code: str, words: str) -> None:
    with pytest.raises(BuildError, match=words) as caught:
        resolve_server(wanted("six"), "3.11", {}, run=lambda _: ended)
    assert [problem.code for problem in caught.value.problems] == [code]
