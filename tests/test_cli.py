import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from lite_site import __version__, pipeline
from lite_site.cli import main, make_parser
from tests.small import write_course, write_lesson

ROOT = Path(__file__).parents[1]
COMMANDS = ("build", "serve", "check", "new", "lock")


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def passerelle(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """The command as a program that nobody watches."""
    command = [sys.executable, str(ROOT / "build.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def leaves(arguments: Sequence[str]) -> int:
    """The exit code of a run that argparse ends."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert isinstance(ended.value.code, int)
    return ended.value.code


def object_in(text: str) -> dict[str, object]:
    """The one JSON object that `text` is."""
    found = json.loads(text)
    assert isinstance(found, dict)
    assert text.count("\n") == 1
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert leaves([command, "--help"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"usage: passerelle {command}")
    assert "--contents DIR" in said.out
    assert said.err == ""


def test_the_whole_explains_itself_quickly(capsys: pytest.CaptureFixture[str]) -> None:
    assert leaves(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(f"\n    {command} " in said for command in COMMANDS)
    assert "Exit code" in said

    program = (
        "import sys, lite_site.cli as c; c.make_parser(); print([m for m in sys.modules if m.startswith('lite_site.')])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    assert "lite_site.pipeline" not in loaded


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert leaves(["--version"]) == 0
    assert capsys.readouterr().out == f"passerelle {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["bild"], ["build", "--outptu", "x"], ["new"], ["new", "x", "--language", "de"], ["check", "--output", "x"],
        ["build", "--jobs", "0"], ["build", "--jobs", "-2"], ["build", "--jobs", "many"], ["serve", "--port", "65536"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_misuse_is_2_and_says_how_to_use_it(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert leaves(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("usage: passerelle")


def test_build_says_one_line_when_nobody_watches(small_contents: Path) -> None:
    done = passerelle("build", "--contents", str(small_contents))

    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1
    assert done.stdout.startswith(f"{Path.cwd() / '_site'}: 1 course, 1 lesson, ")
    assert Path("_site/calcul/index.html").is_file()


def test_build_for_machines(small_contents: Path) -> None:
    done = passerelle("build", "--json")

    assert done.returncode == 0
    assert done.stderr == ""
    result = object_in(done.stdout)
    assert result["ok"] is True
    assert (result["courses"], result["unchanged"], result["lessons"], result["problems"]) == (1, 0, 1, [])
    listed = json.loads(Path("_site/manifest.json").read_bytes())["files"]
    assert result["files"] == len(listed) + 1

    again = object_in(passerelle("build", "--json").stdout)
    assert again["unchanged"] == 1


@pytest.mark.parametrize("command", ["build", "check"])
def test_problems_are_sentences_on_standard_error(small_contents: Path, command: str) -> None:
    (small_contents / "calcul" / "01-debut.ipynb").write_text("{")
    (small_contents / "calcul" / "02-suite.ipynb").write_text("[]")
    write_course(small_contents, "texte")
    (small_contents / "texte" / "course.toml").write_text("title = ")

    done = passerelle(command)

    assert done.returncode == 1
    for place in ("calcul/01-debut.ipynb", "calcul/02-suite.ipynb", "texte/course.toml"):
        assert any(line.startswith(f"contents/{place}") for line in done.stderr.splitlines()), done.stderr
    assert "Traceback" not in done.stderr
    assert not Path("_site").exists()
    assert done.stdout == ("" if command == "build" else "3 errors, 0 warnings.\n")


@pytest.mark.parametrize("command", ["build", "check"])
def test_problems_for_machines(small_contents: Path, command: str) -> None:
    (small_contents / "calcul" / "01-debut.ipynb").write_text("{")

    done = passerelle(command, "--json")

    assert done.returncode == 1
    assert done.stderr == ""
    report = object_in(done.stdout)
    assert report["ok"] is False
    problems = report["problems"]
    assert isinstance(problems, list)
    assert {"place", "problem", "remedy", "code", "severity"} == problems[0].keys()


def test_check_writes_nothing(small_contents: Path) -> None:
    before = sorted(Path().rglob("*"))

    done = passerelle("check")

    assert (done.returncode, done.stdout, done.stderr) == (0, "Nothing to mend.\n", "")
    assert sorted(Path().rglob("*")) == before
    assert object_in(passerelle("check", "--json").stdout) == {"ok": True, "problems": []}


def test_a_warning_is_told_and_the_site_is_built(small_contents: Path) -> None:
    write_lesson(small_contents / "calcul" / "01-debut.ipynb", "print(1)", prose="[plus bas](#nulle-part)")

    done = passerelle("build")
    assert done.returncode == 0
    assert done.stderr.startswith("warning: contents/calcul/01-debut.ipynb")
    assert done.stdout.count("\n") == 1

    report = object_in(passerelle("check", "--json").stdout)
    assert report["ok"] is True
    problems = report["problems"]
    assert isinstance(problems, list)
    assert [(problem["code"], problem["severity"]) for problem in problems] == [("anchor-missing", "warning")]


def test_what_shuts_readers_out_is_told_with_its_cell_and_line_and_stops_nothing(small_contents: Path) -> None:
    write_lesson(small_contents / "calcul" / "01-debut.ipynb", "print(1)", prose="![](courbe.svg)\n\n### Suite")
    (small_contents / "calcul" / "courbe.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')

    done = passerelle("check")

    assert (done.returncode, done.stdout) == (0, "0 errors, 2 warnings.\n")
    heading, image = sorted(done.stderr.splitlines(), key=lambda line: "line 3" in line)
    assert heading.startswith(
        "warning: contents/calcul/01-debut.ipynb, cell 1, line 5: The heading “Suite” is of level 3"
    )
    assert image.startswith(
        "warning: contents/calcul/01-debut.ipynb, cell 1, line 3: The image “courbe.svg” has no text"
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_new_course_passes_and_builds(language: str) -> None:
    made = passerelle("new", "Démo à nous", "--language", language)
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout == "Made contents/demo-a-nous. Next: passerelle serve demo-a-nous\n"

    built = object_in(passerelle("build", "--json").stdout)
    assert (built["courses"], built["lessons"], built["problems"]) == (1, 2, [])


def test_a_new_course_for_machines_and_its_refusal() -> None:
    assert object_in(passerelle("new", "demo", "--json").stdout) == {"ok": True, "course": "contents/demo"}

    again = passerelle("new", "demo", "--json")

    assert again.returncode == 1
    assert object_in(again.stdout)["ok"] is False
    assert again.stderr == ""


def test_stopping_is_130_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "build_site", stopped)

    assert main(["build"]) == 130
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "Stopped; nothing is half written.\n")


def test_our_own_mistakes_keep_their_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(pipeline, "build_site", broken)
    with pytest.raises(ZeroDivisionError):
        main(["build"])


def test_the_settings_a_build_gets(monkeypatch: pytest.MonkeyPatch) -> None:
    from lite_site.commands.arguments import settings_from

    options = "build rna dna --output out --cache c --offline --wheelhouse w1 --wheelhouse w2 --jobs 3"
    settings = settings_from(make_parser().parse_args([*options.split(), "--mirror", "https://m.example/"]))

    assert settings.only == ("rna", "dna")
    assert settings.output == Path.cwd() / "out"
    assert settings.cache == Path("c")
    assert settings.offline
    assert settings.wheelhouses == (Path("w1"), Path("w2"))
    assert settings.mirrors == ("https://m.example/",)
    assert settings.jobs == 3


def test_the_installed_command_is_the_same() -> None:
    script = Path(sys.executable).with_name("passerelle")
    done = subprocess.run([str(script), "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"passerelle {__version__}\n"


def test_many_problems_end_with_their_count(small_contents: Path, tmp_path: Path) -> None:
    (small_contents / "calcul" / "course.toml").write_text('titel = "A"\nlessons = ["absent.ipynb"]\n')
    done = passerelle("build", "--contents", str(small_contents), "--output", str(tmp_path / "_site"))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "2 errors, 1 warning."
