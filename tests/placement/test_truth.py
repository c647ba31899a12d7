"""A sample of the corpus run in the real browser: verdict, label and outcome say the same."""

import pytest

from tests.aside import aside
from tests.placement.labels import read_corpus
from tests.placement.measure import disagreements
from tests.placement.measuring import Measurement, measure

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]  # a dozen kernels, whatever else the machine does

SAMPLE = (
    "data/13-zip.py",
    "data/08-cluster-path.ipynb",
    "hardware/04-thread.ipynb",
    "imports-absent/07-turtle.py",
    "imports-guarded/04-colab-try.py",
    "local-modules/02-package.ipynb",
    "local-modules/07-transitive-torch.py",
    "languages/01-r.ipynb",
    "network/03-urlopen.py",
    "people/02-interact.ipynb",
    "shell/05-subprocess.py",
    "syntax/01-blanks-underscores.ipynb",
)
LABELS = {label.name: label for label in read_corpus() if label.name in SAMPLE}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Measurement]:
    measured = aside(lambda: list(measure(tmp_path_factory.mktemp("truth"), SAMPLE, jobs=2)))
    return {one.name: one for one in measured}


@pytest.mark.parametrize("name", SAMPLE)
def test_what_happens_is_what_the_label_says(outcomes: dict[str, Measurement], name: str) -> None:
    assert outcomes[name].raised == LABELS[name].fails, outcomes[name].told


def test_where_it_runs_is_where_it_works() -> None:
    assert disagreements(list(LABELS.values())) == []


def test_the_sample_has_both_kinds() -> None:
    assert {label.where for label in LABELS.values()} == {"browser", "cluster"}


def test_outcomes_are_the_measured_ones(outcomes: dict[str, Measurement]) -> None:
    told = {name: label.measured for name, label in LABELS.items() if label.measured is not None}
    assert {name: outcomes[name].told for name in told} == told
