"""The index of the day answers as it did when `outputs/` was recorded: the recordings are honest."""

import pytest

from lite_site.problems import BuildError
from lite_site.runtime.uv import Compiler, Uv

from .recorded import BROWSER, SCENARIOS, resolve

pytestmark = pytest.mark.registry


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Compiler:
    return Uv(tmp_path_factory.mktemp("uv")).compile


def codes(scenario: str, run: Compiler | None = None) -> list[str]:
    try:
        return [note.code for note in resolve(scenario, run).notes]
    except BuildError as error:
        return [problem.code for problem in error.problems]


def test_the_index_has_the_browsers_versions_for_the_server(run: Compiler) -> None:
    found = {package.name: package.version for package in resolve("agreeing", run).packages}
    assert (found["numpy"], found["pandas"]) == (BROWSER["numpy"], BROWSER["pandas"])


@pytest.mark.parametrize("scenario", sorted(set(SCENARIOS) - {"agreeing"}))
def test_the_recording_is_honest(scenario: str, run: Compiler) -> None:
    assert codes(scenario, run) == codes(scenario)


def test_a_second_look_changes_nothing(run: Compiler) -> None:
    assert resolve("agreeing", run) == resolve("agreeing", run)
