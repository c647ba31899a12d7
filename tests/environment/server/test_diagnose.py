import pytest

from lite_site.problems import BuildError, Problem

from .recorded import SCENARIOS, resolve


def problems_of(scenario: str) -> dict[str, Problem]:
    """The problems of a scenario, by the requirement that has them."""
    with pytest.raises(BuildError) as caught:
        resolve(scenario)
    lines = {f"requirements.txt, line {line}": text for line, text in enumerate(SCENARIOS[scenario], 1)}
    return {lines[problem.place]: problem for problem in caught.value.problems}


def test_every_wish_that_cannot_be_met_is_told_in_one_go() -> None:
    problems = problems_of("alone")
    assert list(problems) == sorted(SCENARIOS["alone"], key=SCENARIOS["alone"].index)
    assert all(problem.severity == "error" for problem in problems.values())


@pytest.mark.parametrize(
    ("wish", "code", "told", "remedy"),
    [
        ("pandsa", "package-absent", "no package named pandsa", "Did you mean pandas"),
        ("cv2", "package-absent", "no package named cv2", "Did you mean opencv-python?"),
        ("numpy==1.99", "package-no-version", 'what "numpy==1.99" asks for', "1.26.4 or 2."),
        ("numpy>=9", "package-no-version", 'what "numpy>=9" asks for', "Ask for one there is: 2."),
        ("scipy==1.18.0", "package-other-python", "needs Python 3.12 or newer", "goes with it: 1.17"),
        ("tensorflow==1.15", "package-other-python", "made for Python 3.7", "goes with it: 2."),
        ("pywin32", "package-other-platform", "there is one for win32", "sys_platform == 'win32'"),
        ("attrs<=21.1.0,>20.3", "package-withdrawn", "withdrawn (Installable but not", "Ask for another: 2"),
    ],
)
def test_each_is_told_with_what_would_help(wish: str, code: str, told: str, remedy: str) -> None:
    problem = problems_of("alone")[wish]
    assert problem.code == code
    assert told in problem.problem
    assert remedy in problem.remedy


def test_a_source_that_refuses_to_be_built_is_told_with_its_reason() -> None:
    problem = problems_of("unbuildable")["sklearn"]
    assert problem.code == "package-unbuildable"
    assert "is deprecated, use 'scikit-learn'" in problem.problem
    assert problem.remedy == "Did you mean scikit-learn?"


def test_what_was_made_for_an_older_python_is_not_built_from_source() -> None:
    problems = problems_of("old")
    assert problems["numpy==1.19.5"].code == "package-other-python"
    assert '"numpy==1.19.5" is made for Python 3.9' in problems["numpy==1.19.5"].problem
    assert problems["python"].code == "package-python"
    assert "requests" not in problems
