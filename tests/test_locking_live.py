"""`passerelle lock` against the real indexes: both sides in the same versions, and nothing asked the second time."""

from pathlib import Path
from typing import NoReturn

import pytest

from lite_site.environment.freeze import Doors
from lite_site.locking import index_doors, lock_courses
from lite_site.problems import BuildError
from lite_site.report import SilentReport
from lite_site.settings import make_settings
from tests.small import write_course


def refuse(*_: object, **_named: object) -> NoReturn:
    """Stands where an index must not be asked."""
    raise AssertionError


@pytest.mark.registry
@pytest.mark.timeout(300)
def test_a_declaration_becomes_one_environment(tmp_path: Path) -> None:
    folder = write_course(tmp_path / "contents", "rna", text="import numpy, humanize, psutil")
    config = folder / "course.toml"
    config.write_text(f'packages = ["numpy", "humanize", "psutil"]\n{config.read_text()}')
    settings = make_settings(contents=tmp_path / "contents", cache=tmp_path / "cache")
    (made,) = lock_courses(settings, SilentReport(), doors=index_doors(settings))
    assert made.lock is not None
    browser = {wheel.name: wheel.version for wheel in made.lock.wheels}
    server = {package.name: package.version for package in made.lock.server}
    assert browser["numpy"] == server["numpy"] == "2.4.3"
    assert browser["humanize"] == server["humanize"]
    assert "psutil" in server
    assert [one.package for one in made.differences if one.meaning == "server-only"] == ["psutil"]
    closed = Doors(refuse, refuse)
    (again,) = lock_courses(settings, SilentReport(), doors=closed)
    assert again.lock == made.lock
    assert not again.is_changed


@pytest.mark.registry
@pytest.mark.timeout(300)
def test_what_nobody_has_is_told_with_what_was_meant(tmp_path: Path) -> None:
    folder = write_course(tmp_path / "contents", "rna")
    config = folder / "course.toml"
    config.write_text(f'packages = ["numpy", "pandsa"]\n{config.read_text()}')
    settings = make_settings(contents=tmp_path / "contents", cache=tmp_path / "cache")
    with pytest.raises(BuildError) as caught:
        lock_courses(settings, SilentReport(), doors=index_doors(settings))
    assert any("pandsa" in problem.problem and "pandas" in problem.remedy for problem in caught.value.problems)
    assert not (folder / "environment.lock").exists()
