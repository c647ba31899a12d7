"""What several rooms' tests start from: the shipped courses built once, and a course small enough to build often."""

from pathlib import Path

import pytest
from hypothesis import settings

from tests.small import write_course

settings.register_profile("unhurried", deadline=None)  # a first import or a busy machine is no failure
settings.load_profile("unhurried")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the shipped courses; tests only read it."""
    from lite_site.pipeline import build_site  # a test that builds nothing needn't wait for it
    from lite_site.report import SilentReport
    from lite_site.settings import make_settings

    output = tmp_path_factory.mktemp("shipped") / "_site"
    build_site(make_settings(contents=ROOT / "contents", output=output), SilentReport())
    return output


@pytest.fixture
def small_contents(tmp_path: Path) -> Path:
    """A contents folder with one course of one lesson that needs nothing but Python."""
    contents = tmp_path / "contents"
    write_course(contents, "calcul")
    return contents
