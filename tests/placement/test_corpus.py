"""The verdicts agree with the labelled corpus: where each notebook runs, and the reasons told."""

from collections.abc import Mapping

import pytest

from lite_site.courses.model import Placement
from lite_site.courses.read import read_site
from lite_site.steps.place_lessons import place_courses
from tests.placement.labels import CORPUS, Label, read_corpus

AIM = 0.97
IMPORTS = {"import-no-wheel", "import-other-version", "import-elsewhere"}
FAILED_IMPORTS = ("ModuleNotFoundError", "ImportError")

Verdicts = Mapping[str, Placement]


@pytest.fixture(scope="module")
def verdicts() -> Verdicts:
    """The placement of every notebook of the corpus, by its path in it."""
    site, problems = read_site(CORPUS)
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    courses, faults = place_courses(site.courses)
    assert [str(problem) for problem in faults if problem.severity == "error"] == []
    return {f"{course.folder.name}/{lesson.path}": lesson.placement for course in courses for lesson in course.lessons}


def codes_of(placement: Placement) -> set[str]:
    return {reason.code for reason in placement.reasons}


def told(label: Label, placement: Placement) -> str:
    """One line on a disagreement: the label against the verdict."""
    said = ", ".join(sorted(codes_of(placement))) or "no reason"
    wanted = ", ".join(label.codes) or "no reason"
    return f"{label.name}: {label.where} ({wanted}) expected, {placement.where} ({said}) said; {label.why}"


def import_fails(label: Label) -> bool:
    """Whether an import raises in the browser: seen there, or else by the label."""
    if label.measured is not None:
        return any(error in label.measured for error in FAILED_IMPORTS)
    return label.fails and not IMPORTS.isdisjoint(label.codes)


def test_every_notebook_is_placed(verdicts: Verdicts) -> None:
    assert sorted(verdicts) == sorted(label.name for label in read_corpus())


def test_where_agrees_with_the_labels(verdicts: Verdicts) -> None:
    labels = read_corpus()
    apart = [told(label, verdicts[label.name]) for label in labels if verdicts[label.name].where != label.where]
    assert 1 - len(apart) / len(labels) >= AIM, "\n".join(apart)


def test_the_reasons_are_the_labels(verdicts: Verdicts) -> None:
    labels = read_corpus()
    apart = [
        told(label, verdicts[label.name])
        for label in labels
        if not codes_of(verdicts[label.name]).issuperset(label.codes)
    ]
    assert 1 - len(apart) / len(labels) >= AIM, "\n".join(apart)


def test_nothing_called_browser_fails_on_an_import(verdicts: Verdicts) -> None:
    unasked = [label for label in read_corpus() if not label.told and import_fails(label)]
    assert len(unasked) >= 30
    assert [label.name for label in unasked if verdicts[label.name].where == "browser"] == []


def test_the_cluster_is_never_said_without_a_reason_for_it(verdicts: Verdicts) -> None:
    silent = [
        name
        for name, placement in verdicts.items()
        if placement.where == "cluster" and not any(reason.argues == "cluster" for reason in placement.reasons)
    ]
    assert silent == []
