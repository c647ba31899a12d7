"""The small commands of the browser's shell do what the real ones do, on real files."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.environment.browser_package.passerelle_browser.commands import can_run, run, run_lines
from lite_site.environment.browser_package.passerelle_browser.shellwords import NotSimpleError, parse_line

AS_COREUTILS = (
    "ls", "ls -a", "ls -A", "ls -1", "ls -l", "ls -la", "ls -lh", "ls -lah data", "ls -R", "ls -lR data", "ls -S",
    "ls -r", "ls data notes.txt absent", "ls *.txt", "ls data/*.csv", "ls -d */", "ls -d data", "ls -F", "ls -G -F -l",
    'ls "deux mots.txt"', "ls 'deux mots.txt' data", "ls 'absent*'", "ls data/ # what is there", "ls -l notes.txt",
    "ls --all --recursive", "ls absent", "cat notes.txt", "cat notes.txt data/a.csv", "cat -n notes.txt", "cat absent",
    "cat data", "cat empty", "cat no-end notes.txt", "head -n 2 notes.txt", "head -2 notes.txt", "head -n2 notes.txt",
    "head notes.txt data/a.csv", "head -c 5 notes.txt", "head -n -3 notes.txt", "head absent",
    "head -q -n1 notes.txt data/a.csv", "head -n x notes.txt", "head -n 0 notes.txt", "tail -n 3 notes.txt",
    "tail -3 notes.txt", "tail -n +3 notes.txt", "tail -c 4 notes.txt", "tail notes.txt empty", "tail -n 0 notes.txt",
    "wc notes.txt", "wc -l notes.txt", "wc -lw notes.txt", "wc -l notes.txt data/a.csv", "wc -c data/a.csv",
    "wc empty", "wc -m accents.txt", "wc absent notes.txt", "wc -l data/*.csv", "wc data notes.txt",
    "grep l notes.txt", "grep -n l notes.txt", "grep -c '>' genes.fa", "grep -v '^>' genes.fa", "grep -i UN notes.txt",
    "grep -in un notes.txt data/a.csv", "grep 'a\\|b' data/a.csv", "grep -E 'un|deux' notes.txt",
    "grep -F . data/a.csv", "grep zzz notes.txt", "grep -c zzz notes.txt data/a.csv", "grep '[0-9]' data/a.csv",
    "grep l absent", "grep 'a+' plus.txt", "grep 'x\\{2\\}' plus.txt", "grep '[[:digit:]]' data/a.csv",
    'grep "un" notes.txt', "pwd", "echo bonjour", "echo  deux   mots", 'echo "deux   mots"', "echo -n sans fin",
    "echo -e 'a\\tb'", "echo 'a\\tb'", "echo $HOME", 'echo "$HOME et ${HOME}"', "echo '$HOME'", "echo \\$HOME",
    "echo *.txt", "echo '*.txt'", "echo a#b # fin", "echo $ABSENT_VARIABLE fin", "echo ~", 'echo "a \\"b\\""',
    "date +%Y-%m-%d", "date -u +%H", "whoami", "hostname", "which absent-program", "cd data", "cd absent-folder",
    "mkdir new", "mkdir data", "mkdir -p a/b/c", "mkdir a/b/c", "mkdir -p data", "touch new.txt", "touch a/absent",
    "rm notes.txt", "rm absent", "rm -f absent", "rm data", "rm -r data", "rm -rf data absent", "rm .", "rm *.txt",
    "cp notes.txt copy.txt", "cp notes.txt data", "cp data copy", "cp -r data copy", "cp absent x",
    "cp notes.txt notes.txt", "cp notes.txt empty data", "cp notes.txt empty absent", "cp notes.txt empty plus.txt",
    "mv notes.txt moved.txt", "mv notes.txt data", "mv data elsewhere", "mv absent x", "mv *.txt data",
    "mv data data/below", "du -sh data", "du -sh", "du -s data notes.txt", "du -sh absent", "du -sch data empty",
    "echo bonjour > new.txt", "echo encore >> notes.txt", "echo x>new.txt", "echo bonjour > absent/new.txt",
    'echo "a > b"',
)  # fmt: skip
NOT_OURS = (
    "", "   ", "tree -d", "nvidia-smi", "samtools view a.bam", "ls | wc -l", "ls; pwd", "ls && pwd", "ls &",
    "cat < notes.txt", "ls > names.txt", "echo `pwd`", "echo $(pwd)", 'echo "$(pwd)"', "cat", "grep x", "head -n",
    "head", "ls -Z", "ls --wrong", "sort notes.txt", "echo a > b > c", "echo a 2> b", "echo 'open", "X=1 ls",
    "mkdir {a,b}", "python script.py", "python", "cat {1..3}.txt", "wc", "tail -f log.txt", "rm", "cp notes.txt",
    "pip install numpy", "./ls", "echo > ", "git status", "(ls)", "echo $?", "echo $1",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "ours" / "lesson"
    (folder / "data" / "deeper").mkdir(parents=True)
    files = {
        "notes.txt": "un\ndeux\ntrois\nquatre\ncinq\nla fin\n",
        "data/a.csv": "a,b\n1,2\n3.5,4\n",
        "data/b.csv": "a,b\n" + "1,2\n" * 1500,
        "data/deeper/big.txt": "x" * 120_000,
        "genes.fa": ">un\nACGT\n>deux\nTTGA\n",
        "deux mots.txt": "oui\n",
        "accents.txt": "été à Noël\n",
        "plus.txt": "aa\na+\nxx\n",
        "no-end": "sans fin",
        "empty": "",
        ".hidden": "h\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    os.utime(folder / "genes.fa", (1_500_000_000, 1_500_000_000))
    return folder


def contents(folder: Path) -> dict[str, str | None]:
    return {
        str(path.relative_to(folder)): path.read_text("utf-8") if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def run_ours(command: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> tuple[str, bool]:
    monkeypatch.chdir(folder)
    said: list[str] = []
    status = run(command, said.append)
    return "".join(said), status == 0


@pytest.mark.parametrize("command", AS_COREUTILS)
def test_does_what_the_real_command_does(command: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    twin = folder.parents[1] / "twin" / "lesson"
    shutil.copytree(folder, twin)
    twin.parent.chmod(folder.parent.stat().st_mode)
    assert can_run(command)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    bash = ["bash", "--norc", "-c", command]
    real = subprocess.run(bash, cwd=twin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    expected = real.stdout.replace(str(twin), str(folder)).replace("\u2018", "'").replace("\u2019", "'")
    said, well = run_ours(command, monkeypatch, folder)
    if expected.startswith("bash: "):
        assert said.partition(": ")[2] == expected.removeprefix("bash: line 1: ").removeprefix("cd: ")
    else:
        assert said == expected
    assert well == (real.returncode == 0)
    assert contents(folder) == contents(twin)


@pytest.mark.parametrize("command", NOT_OURS)
def test_anything_else_is_not_run(command: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    before = contents(folder)
    assert not can_run(command)
    assert run_ours(command, monkeypatch, folder)[1] is False
    assert contents(folder) == before


@pytest.mark.parametrize(
    "command", ["python --version", "python3 -V", "which python", "date", "cat --number notes.txt"]
)
def test_python_and_the_time_are_told(command: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    assert can_run(command)
    said, well = run_ours(command, monkeypatch, folder)
    assert said.strip()
    assert well


def test_lines_run_as_one_shell_that_leaves_the_folder_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    said: list[str] = []
    assert run_lines(["cd data", "ls *.csv", "mkdir made"], said.append) == 0
    assert said == ["a.csv\n", "b.csv\n"]
    assert (folder / "data" / "made").is_dir()
    assert Path.cwd() == folder


def test_the_lesson_itself_is_never_removed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "data")
    said: list[str] = []
    assert run(f"rm -rf {folder}", said.append) == 1
    assert "the lesson is in it" in said[0]
    assert (folder / "notes.txt").exists()


@given(st.text(max_size=60))
def test_any_line_is_read_or_refused(text: str) -> None:
    assert can_run(text) in {True, False}


@given(st.lists(st.text(alphabet="abc é*$'\"\\ #", min_size=1, max_size=8), min_size=1, max_size=4))
def test_what_is_quoted_comes_back_as_it_was(words: list[str]) -> None:
    quoted = " ".join("'" + word.replace("'", "'\\''") + "'" for word in words)
    try:
        assert parse_line(f"echo {quoted}").arguments()[1:] == words
    except NotSimpleError:
        pytest.fail(quoted)
