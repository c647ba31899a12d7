import subprocess
import sys
from pathlib import Path

import pytest

from lite_site.problems import BuildError
from lite_site.site import swap
from lite_site.site.swap import building_folder, only_one_build, recover, swap_in


def make_site(folder: Path, text: str) -> Path:
    (folder / "_passerelle").mkdir(parents=True)
    (folder / "index.html").write_text(text)
    return folder


def build(target: Path, text: str) -> Path:
    folder = building_folder(target)
    (folder / "_passerelle").mkdir()
    (folder / "index.html").write_text(text)
    return folder


def cannot_exchange(first: Path, second: Path) -> bool:
    return False


@pytest.fixture(params=["exchange", "two renames"])
def both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "two renames":
        monkeypatch.setattr(swap, "_exchange", cannot_exchange)


@pytest.mark.usefixtures("both_ways")
def test_the_first_site_takes_its_place(tmp_path: Path) -> None:
    target = tmp_path / "_site"

    swap_in(build(target, "new"), target)

    assert (target / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["_site"]


@pytest.mark.usefixtures("both_ways")
def test_a_new_site_replaces_the_old_one_whole(tmp_path: Path) -> None:
    target = make_site(tmp_path / "_site", "old")
    (target / "stale.html").write_text("old")

    swap_in(build(target, "new"), target)

    assert {path.name for path in target.iterdir()} == {"_passerelle", "index.html"}
    assert (target / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["_site"]


@pytest.mark.skipif(sys.platform != "linux", reason="renameat2 is Linux's")
def test_the_exchange_is_one_step_here(tmp_path: Path) -> None:
    first, second = make_site(tmp_path / "a", "a"), make_site(tmp_path / "b", "b")

    assert swap._exchange(first, second)
    assert (first / "index.html").read_text() == "b"
    assert (second / "index.html").read_text() == "a"


def test_a_run_killed_between_two_renames_is_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "_exchange", cannot_exchange)
    target = make_site(tmp_path / "_site", "old")
    new = build(target, "new")
    plain = Path.rename

    def die(self: Path, to: Path) -> Path:
        if self == new:
            raise KeyboardInterrupt
        return plain(self, to)

    monkeypatch.setattr(Path, "rename", die)
    with pytest.raises(KeyboardInterrupt):
        swap_in(new, target)
    monkeypatch.setattr(Path, "rename", plain)
    assert not target.exists()

    recover(target)

    assert (target / "index.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["_site"]


def test_a_run_killed_after_the_renames_leaves_the_new_site(tmp_path: Path) -> None:
    target = make_site(tmp_path / "_site", "new")
    make_site(swap._aside(target), "old")

    recover(target)

    assert (target / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["_site"]


def test_recover_removes_a_half_built_folder_and_nothing_of_anybody_elses(tmp_path: Path) -> None:
    target = make_site(tmp_path / "_site", "site")
    build(target, "half")
    mine = [make_site(tmp_path / name, name) for name in ("_site.old", "_site.building", "_site.backup", "_sites")]

    recover(target)

    assert {path.name for path in tmp_path.iterdir()} == {"_site", *(folder.name for folder in mine)}


def test_recover_twice_is_as_good_as_once(tmp_path: Path) -> None:
    recover(tmp_path / "_site")
    recover(tmp_path / "_site")
    assert not list(tmp_path.iterdir())


def test_a_folder_of_somebodys_work_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.tex").write_text("years of work")

    with pytest.raises(BuildError, match="thesis: holds something other than a site") as caught:
        building_folder(tmp_path / "thesis")

    assert caught.value.problems[0].code == "output-taken"
    assert [path.name for path in tmp_path.iterdir()] == ["thesis"]


def test_an_empty_folder_may_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "_site").mkdir()
    swap_in(build(tmp_path / "_site", "new"), tmp_path / "_site")
    assert (tmp_path / "_site" / "index.html").read_text() == "new"


def test_a_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "_site").write_text("a file")
    with pytest.raises(BuildError, match="is a file, not a folder"):
        building_folder(tmp_path / "_site")


@pytest.mark.parametrize("leads_to", ["there", "nowhere"])
def test_a_symbolic_link_is_not_replaced(tmp_path: Path, leads_to: str) -> None:
    make_site(tmp_path / "there", "served")
    (tmp_path / "_site").symlink_to(tmp_path / leads_to)
    with pytest.raises(BuildError, match="is a symbolic link"):
        building_folder(tmp_path / "_site")


def test_a_mount_point_is_told_before_anything_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_site").mkdir()
    monkeypatch.setattr(Path, "is_mount", lambda self: self.name == "_site")
    with pytest.raises(BuildError, match="is a mount point"):
        building_folder(tmp_path / "_site")


HOLD = """
import sys
from pathlib import Path
from lite_site.site.swap import only_one_build
with only_one_build(Path(sys.argv[1]), Path(sys.argv[2])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_process_is_told_to_wait(tmp_path: Path) -> None:
    target, state = tmp_path / "_site", tmp_path / ".passerelle"
    command = [sys.executable, "-c", HOLD, str(target), str(state)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"

        with (
            pytest.raises(BuildError, match="Another build is writing this site") as caught,
            only_one_build(target, state),
        ):
            pass
        assert caught.value.problems[0].code == "site-busy"
        with only_one_build(tmp_path / "other", state):
            pass

        holder.stdin.close()
        assert holder.wait(timeout=10) == 0
    with only_one_build(target, state):
        pass


def test_a_killed_build_does_not_keep_the_lock(tmp_path: Path) -> None:
    target, state = tmp_path / "_site", tmp_path / ".passerelle"
    command = [sys.executable, "-c", HOLD, str(target), str(state)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
        holder.wait(timeout=10)
    with only_one_build(target, state):
        pass
