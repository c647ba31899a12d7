from lite_site.language import Language
from lite_site.notebooks.accessibility import problems_for_readers
from lite_site.notebooks.markdown import parse_markdown
from lite_site.problems import Problem

PLACE = "a/a.ipynb"


def problems_of(*cells: str, language: Language | None = None) -> list[Problem]:
    """What is said of a notebook with these markdown cells."""
    parsed = [parse_markdown(number, cell) for number, cell in enumerate(cells, 1)]
    return list(problems_for_readers(parsed, PLACE, language))


def found(*cells: str, language: Language | None = None) -> list[str]:
    """The codes."""
    return [problem.code for problem in problems_of(*cells, language=language)]


def the_problem(*cells: str, language: Language | None = None) -> Problem:
    """The one problem there is, a warning."""
    (problem,) = problems_of(*cells, language=language)
    assert problem.severity == "warning"
    assert problem.remedy
    return problem
