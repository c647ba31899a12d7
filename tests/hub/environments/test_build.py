import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from fallback_hub.environments import build
from fallback_hub.environments.build import BuildFailedError, Recipe, ensure_built
from fallback_hub.environments.ensure import ensure_environment
from fallback_hub.environments.interpreters import find_interpreter
from fallback_hub.environments.locking import locked
from fallback_hub.environments.progress import BuildStep
from fallback_hub.environments.requirements import read_requirements
from fallback_hub.problems import HubError
from fallback_hub.settings import HubSettings
from tests.hub.environments.wheels import course_of, write_wheel

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


def ignore(_step: BuildStep) -> None:
    return None


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "wheels"
    folder.mkdir()
    monkeypatch.setattr(build, "read_configuration", lambda: f"global.no-index='yes'\nglobal.find-links='{folder}'\n")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    return folder


def recipe_in(folder: Path, wheels: Path, *, damaged: bool = False) -> Recipe:
    digest = write_wheel(wheels)
    requirements = f"tiny==1.0 --hash=sha256:{'0' * 64 if damaged else digest}\n"
    return Recipe(folder / "environments", "abc", find_interpreter(PYTHON, everyone=False), requirements)


def built(recipe: Recipe) -> Path:
    return asyncio.run(ensure_built(recipe, ignore))


def left_over(recipe: Recipe) -> list[str]:
    return sorted(path.name for path in recipe.folder.iterdir() if path.name not in (".locks", recipe.name))


def test_an_environment_runs_what_the_list_says_and_everybody_may_read_it(tmp_path: Path, wheels: Path) -> None:
    place = built(recipe_in(tmp_path, wheels))
    said = subprocess.run(
        [place / "bin/python", "-c", "import tiny; print(tiny.said)"], capture_output=True, text=True, check=True
    )
    assert said.stdout == "hello\n"
    library = place / f"lib/python{PYTHON}/site-packages"
    assert (library / "tiny.py").stat().st_mode & 0o044 == 0o044
    assert list(library.glob("__pycache__/tiny*.pyc"))
    assert place.stat().st_mode & 0o055 == 0o055
    assert (place.parent / ".locks").stat().st_mode & 0o077 == 0


def test_the_second_asker_finds_it_without_building(tmp_path: Path, wheels: Path) -> None:
    recipe = recipe_in(tmp_path, wheels)
    place = built(recipe)
    os.utime(place, (1, 1))
    (wheels / "tiny-1.0-py3-none-any.whl").unlink()
    assert built(recipe) == place
    assert place.stat().st_mtime > 1_000_000  # noted as used


def test_other_bytes_than_the_lock_names_are_refused_with_uvs_words(tmp_path: Path, wheels: Path) -> None:
    recipe = recipe_in(tmp_path, wheels, damaged=True)
    with pytest.raises(BuildFailedError, match="can't be built") as caught:
        built(recipe)
    assert "Hash mismatch" in "\n".join(caught.value.lines) or "hash" in "\n".join(caught.value.lines).lower()
    assert left_over(recipe) == []
    assert not recipe.place.exists()


def test_a_package_that_nobody_has_is_told(tmp_path: Path, wheels: Path) -> None:
    recipe = replace(recipe_in(tmp_path, wheels), requirements=f"absent==1.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(BuildFailedError, match="absent"):
        built(recipe)
    assert left_over(recipe) == []


def test_a_cancelled_build_leaves_nothing(tmp_path: Path, wheels: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "uv_command", lambda: ("sh", "-c", "echo begun; sleep 60", "uv"))
    recipe = recipe_in(tmp_path, wheels)

    async def cancel() -> None:
        task = asyncio.ensure_future(ensure_built(recipe, ignore))
        while not (recipe.log.exists() and "begun" in recipe.log.read_text()):  # noqa: ASYNC110 - another's file
            await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(asyncio.wait_for(cancel(), 60))
    assert left_over(recipe) == []
    assert asyncio.run(asyncio.wait_for(_lock_is_free(recipe), 30))


async def _lock_is_free(recipe: Recipe) -> bool:
    async with locked(recipe.lock, lambda: None):
        return True


def _build_in_another_process(recipe: Recipe) -> None:
    build.uv_command = lambda: ("sh", "-c", 'for last; do :; done; mkdir -p "$last"; echo begun; sleep 2', "uv")
    asyncio.run(ensure_built(recipe, ignore))


def test_a_builder_killed_at_work_leaves_nothing_half_and_the_next_one_builds(tmp_path: Path, wheels: Path) -> None:
    recipe = recipe_in(tmp_path, wheels)
    builder = multiprocessing.get_context("spawn").Process(target=_build_in_another_process, args=(recipe,))
    builder.start()
    until = time.monotonic() + 60
    while not (recipe.log.exists() and "begun" in recipe.log.read_text()) and time.monotonic() < until:
        time.sleep(0.05)
    assert builder.pid is not None
    os.kill(builder.pid, signal.SIGKILL)
    builder.join(60)
    assert not recipe.place.exists()
    assert len(left_over(recipe)) == 1
    assert built(recipe) == recipe.place  # waits until uv, which holds the lock on, has ended
    assert left_over(recipe) == []
    assert (recipe.place / "bin/python").exists()


def test_many_askers_build_once(tmp_path: Path, wheels: Path) -> None:
    recipe = recipe_in(tmp_path, wheels)
    steps: list[BuildStep] = []

    async def ask_all() -> list[Path]:
        return await asyncio.gather(*(ensure_built(recipe, steps.append) for _ in range(4)))

    assert set(asyncio.run(ask_all())) == {recipe.place}
    assert recipe.log.read_text().count("Creating virtual environment") == 1
    assert steps


def test_a_courses_environment_is_named_by_its_packages(tmp_path: Path, wheels: Path, settings: HubSettings) -> None:
    course = course_of(tmp_path / "course", f"tiny==1.0 --hash=sha256:{write_wheel(wheels)}\n", PYTHON)
    place = asyncio.run(ensure_environment(course, settings, ignore, everyone=False))
    assert place == settings.environments / read_requirements(course).digest


def test_an_environment_behind_a_private_folder_is_no_use_to_everybody(
    tmp_path: Path, wheels: Path, settings: HubSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "fallback_hub.environments.ensure.find_interpreter",
        lambda python, **_: find_interpreter(python, everyone=False),
    )
    tmp_path.chmod(0o700)
    course = course_of(tmp_path / "course", f"tiny==1.0 --hash=sha256:{write_wheel(wheels)}\n", PYTHON)
    with pytest.raises(HubError, match=r"can't enter .*environments = "):
        asyncio.run(ensure_environment(course, settings, ignore, everyone=True))


def test_a_place_that_cant_be_written_is_a_problem(tmp_path: Path, wheels: Path) -> None:
    (tmp_path / "environments").write_text("a file")
    with pytest.raises(HubError, match=r"hub\.toml"):
        built(recipe_in(tmp_path, wheels))


def test_the_builds_programs_see_none_of_the_hubs_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFIGPROXY_AUTH_TOKEN", "secret")
    monkeypatch.setattr(build, "uv_command", lambda: ("sh", "-c", "env; exit 1", "uv"))
    recipe = Recipe(tmp_path / "environments", "abc", Path(sys.executable), "")
    with pytest.raises(BuildFailedError):
        built(recipe)
    said = recipe.log.read_text()
    assert "secret" not in said
    assert "PATH=" in said
