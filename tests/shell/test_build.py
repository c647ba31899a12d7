import json
import shutil
from pathlib import Path

import pytest

from lite_site.problems import BuildError
from lite_site.shell import build, trim
from lite_site.shell.build import ensure_shell, shell_key
from lite_site.shell.trim import ShellChangedError

APPS = ("lab", "notebooks")


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "start.js").write_text("start()")
    (folder / "service-worker.js").write_text("listen()")
    (folder / "signed-in.js").write_text("hand()")
    (folder / "restore-snapshot.mjs").write_text("restore()")
    return folder


class Builder:
    """Stands where JupyterLite's build does; leaves two files and their record."""

    def __init__(self, meanwhile: Path | None = None) -> None:
        self.runs = 0
        self.meanwhile = meanwhile

    def __call__(self, scratch: Path, dist: Path, apps: tuple[str, ...], key: str) -> Path:
        self.runs += 1
        self.make(scratch / "shell")
        if self.meanwhile:
            self.make(self.meanwhile / "shells" / key)
            (self.meanwhile / "shells" / key / "theirs").touch()
        return scratch / "shell"

    def make(self, shell: Path) -> None:
        shell.mkdir(parents=True)
        for name in ("a.js", "b.js"):
            (shell / name).write_text(name)
        record = {"files": {"a.js": "1", "b.js": "2"}, "config": {}, "bundles": {}}
        (shell / "shell.json").write_text(json.dumps(record))


@pytest.fixture
def builder(monkeypatch: pytest.MonkeyPatch) -> Builder:
    builder = Builder()
    monkeypatch.setattr(build, "_build", builder)
    return builder


def test_a_missing_frontend_is_told(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"The frontend isn't built\. Run `make frontend`"):
        ensure_shell(tmp_path / "cache", tmp_path / "none", APPS)


def test_a_shell_is_built_once(tmp_path: Path, dist: Path, builder: Builder) -> None:
    first = ensure_shell(tmp_path / "cache", dist, APPS)

    assert ensure_shell(tmp_path / "cache", dist, APPS) == first
    assert builder.runs == 1
    assert first.files == {"a.js": "1", "b.js": "2"}
    assert [path.name for path in (tmp_path / "cache" / "shells").iterdir()] == [first.key]


@pytest.mark.parametrize("damage", ["record", "half a record", "file", "all files"])
def test_a_damaged_shell_is_built_again(tmp_path: Path, dist: Path, builder: Builder, damage: str) -> None:
    """Tools that tidy caches remove old files one by one."""
    folder = ensure_shell(tmp_path / "cache", dist, APPS).folder
    match damage:
        case "record":
            (folder / "shell.json").unlink()
        case "half a record":
            (folder / "shell.json").write_text('{"files": {"a.js"')
        case "file":
            (folder / "b.js").unlink()
        case _:
            shutil.rmtree(folder)

    again = ensure_shell(tmp_path / "cache", dist, APPS)

    assert builder.runs == 2
    assert all((again.folder / name).is_file() for name in again.files)
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_a_shell_another_build_made_meanwhile_is_taken(
    tmp_path: Path, dist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "_build", Builder(meanwhile=tmp_path / "cache"))

    shell = ensure_shell(tmp_path / "cache", dist, APPS)

    assert (shell.folder / "theirs").exists()


def test_the_key_names_everything_that_goes_in(tmp_path: Path, dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [shell_key(dist, APPS), shell_key(dist, ("lab",))]
    assert shell_key(dist, tuple(reversed(APPS))) == keys[0]

    (dist / "start.js").write_text("start(2)")
    keys.append(shell_key(dist, APPS))
    (dist / "start.js").rename(dist / "begin.js")
    keys.append(shell_key(dist, APPS))
    (tmp_path / "other_trims.py").write_text("TRIMS = ()")
    monkeypatch.setattr(trim, "__file__", str(tmp_path / "other_trims.py"))
    keys.append(shell_key(dist, APPS))
    monkeypatch.setattr(build, "version", lambda name: f"99 of {name}")
    keys.append(shell_key(dist, APPS))

    assert len(set(keys)) == len(keys)
    assert all(len(key) == 16 for key in keys)


def test_a_failed_build_names_its_last_words(tmp_path: Path, dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "LABEXTENSIONS", ("no-such-extension",))

    with pytest.raises(BuildError, match="JupyterLite: Its build failed") as caught:
        ensure_shell(tmp_path / "cache", dist, APPS)

    assert caught.value.problems[0].code == "shell-build"
    assert not list((tmp_path / "cache" / "shells").iterdir())


def test_a_build_without_end_is_stopped(tmp_path: Path, dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "TIME_LIMIT", 0.05)

    with pytest.raises(BuildError, match=r"no end after 0\.05 s"):
        ensure_shell(tmp_path / "cache", dist, APPS)


@pytest.mark.parametrize("page", ["", '<link id="jupyter-lite-main" href="elsewhere/bundle.js">'])
def test_an_application_page_of_another_form_is_refused(page: str) -> None:
    with pytest.raises(ShellChangedError):
        build._bundle(page)
