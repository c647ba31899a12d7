import hashlib
import json
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.notebooks.facts import Fact, FactKind
from lite_site.notebooks.inspect import inspect_notebook
from lite_site.notebooks.inspection import Inspection
from lite_site.notebooks.prose import Reference
from lite_site.notebooks.read import read_edition
from lite_site.problems import Problem

from .samples import Object, code, markdown, notebook, stream, write


def test_the_facts_of_a_notebook(tmp_path: Path) -> None:
    cells = (
        markdown("# Lire un fichier\n\n![courbe](courbe.png)"),
        code("import numpy\nname = input()", stream("x" * 1000)),
    )
    path = write(tmp_path / "a.ipynb", notebook(*cells, language="fr-CA", jupytext={"formats": "ipynb,md"}))
    facts = inspect_notebook(path, "a")
    assert facts.title == "Lire un fichier"
    assert facts.language == "fr"
    assert facts.imports == ("numpy",)
    assert facts.asks_input
    assert facts.references == (Reference(1, "image", "courbe.png"),)
    assert facts.anchors == ("Lire-un-fichier",)
    assert [(fact.cell, fact.kind, fact.subject) for fact in facts.facts] == [
        (2, "import", "numpy"),
        (2, "input", "input"),
    ]
    content = read_edition(path, "a").content
    assert facts.sha256 == hashlib.sha256(content).hexdigest()
    assert facts.size == len(content)
    assert facts.paired
    assert facts.problems == ()


@pytest.mark.parametrize(
    ("document", "place", "code", "severity"),
    [
        (notebook(code("x = 1"), kernelspec={}), "a.ipynb", "notebook-no-kernelspec", "warning"),
        (notebook(kernelspec={"name": "k", "language": "klingon"}), "a.ipynb", "notebook-unknown-language", "error"),
        (notebook(code("x <- f(1"), kernelspec={}), "a.ipynb", "notebook-unknown-language", "error"),
        (notebook(markdown("# Blanks"), code("x = ")), "a.ipynb, cell 2", "cell-not-python", "warning"),
        (notebook(markdown("![a](attachment:a.png)")), "a.ipynb, cell 1", "attachment-missing", "error"),
    ],
)
def test_each_problem_has_its_place(tmp_path: Path, document: Object, place: str, code: str, severity: str) -> None:
    (problem,) = inspect_notebook(write(tmp_path / "a.ipynb", document), "a.ipynb").problems
    assert (problem.place, problem.code, problem.severity) == (place, code, severity)


def test_what_shuts_readers_out_is_among_the_warnings(tmp_path: Path) -> None:
    cells = (
        markdown("# Titre\n\nCliquez [ici](x.md)."),
        code("# not prose: ![](a.png)"),
        markdown("words\n\n![](b.png)"),
    )
    found = inspect_notebook(write(tmp_path / "a.ipynb", notebook(*cells)), "a.ipynb")
    assert {(problem.place, problem.code, problem.severity) for problem in found.problems} == {
        ("a.ipynb, cell 1, line 3", "link-vague", "warning"),
        ("a.ipynb, cell 3, line 3", "image-no-alt", "warning"),
    }
    assert Inspection.from_dict(json.loads(json.dumps(found.as_dict()))) == found


@pytest.mark.parametrize(("declared", "codes"), [("fr", ["passage-no-lang"]), ("en", [])])
def test_a_quotation_is_foreign_only_where_all_agree_on_the_lessons_language(
    tmp_path: Path, declared: str, codes: list[str]
) -> None:
    words = (
        "# Titre\n\n" + "Dans la leçon, tu vas lire les mots qui sont dans une page et voir ce que le texte dit. " * 3
    )
    quotation = "> The best of the things that you will see in this is the one that you and we are to find."
    path = write(tmp_path / "a.ipynb", notebook(markdown(words), markdown(quotation), language=declared))
    assert [problem.code for problem in inspect_notebook(path, "a").problems] == codes


def test_an_attachment_that_is_there_is_no_problem(tmp_path: Path) -> None:
    cell = markdown("![a](attachment:a%20b.png)", attachments={"a b.png": {"image/png": "AAAA"}})
    facts = inspect_notebook(write(tmp_path / "a.ipynb", notebook(cell)), "a")
    assert (facts.problems, facts.references) == ((), ())


def test_other_languages_are_not_parsed_as_python(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", notebook(code("x <- 1"), kernelspec={"name": "ir", "language": "R"}))
    facts = inspect_notebook(path, "a")
    assert (facts.kernel, facts.imports, facts.problems) == ("R", (), ())


problems = st.builds(Problem, st.text(), st.text(), st.text(), st.text(), st.sampled_from(["error", "warning"]))
languages = st.sampled_from([None, "fr", "en"])
facts = st.builds(
    Fact,
    st.integers(1, 99),
    st.sampled_from(get_args(FactKind)),
    st.text(),
    st.text(),
    st.booleans(),
    st.lists(st.text()).map(tuple),
)
inspections = st.builds(
    Inspection,
    title=st.none() | st.text(),
    language=languages,
    guess=languages,
    kernel=st.text(),
    references=st.lists(st.builds(Reference, st.integers(1, 99), st.sampled_from(["link", "image"]), st.text())).map(
        tuple
    ),
    anchors=st.lists(st.text()).map(tuple),
    sha256=st.text(),
    size=st.integers(0),
    paired=st.booleans(),
    problems=st.lists(problems).map(tuple),
    facts=st.lists(facts).map(tuple),
    placement=st.none() | st.text(),
    profile=st.none() | st.text(),
)


@given(inspections)
def test_an_inspection_survives_json(inspection: Inspection) -> None:
    assert Inspection.from_dict(json.loads(json.dumps(inspection.as_dict()))) == inspection


def test_an_output_that_loads_from_elsewhere_is_told(tmp_path: Path) -> None:
    html = '<script src="https://cdn.example/plotly.js"></script><a href="https://doc.example/">help</a>'
    cell = code("plot()", outputs=[{"output_type": "display_data", "metadata": {}, "data": {"text/html": [html]}}])
    write(tmp_path / "a.ipynb", notebook(markdown("# A"), cell))
    (problem,) = inspect_notebook(tmp_path / "a.ipynb", "a.ipynb").problems
    assert (problem.place, problem.code, problem.severity) == ("a.ipynb, cell 2", "output-off-site", "warning")
    assert "https://cdn.example/plotly.js" in problem.problem


@pytest.mark.parametrize(
    ("ours", "placement", "profile"),
    [
        ({}, None, None),
        ({"placement": "browser"}, "browser", None),
        ({"placement": "cluster", "profile": "gpu"}, "cluster", "gpu"),
        ("cluster", None, None),
    ],
)
def test_the_teachers_word(tmp_path: Path, ours: object, placement: str | None, profile: str | None) -> None:
    facts = inspect_notebook(write(tmp_path / "a.ipynb", notebook(passerelle=ours)), "a.ipynb")
    assert (facts.placement, facts.profile, facts.problems) == (placement, profile, ())


@pytest.mark.parametrize(
    ("ours", "said"),
    [
        ({"placement": "server"}, 'passerelle.placement = "server"'),
        ({"placement": ["browser"]}, 'passerelle.placement = ["browser"]'),
        ({"profile": 3}, "passerelle.profile = 3"),
    ],
)
def test_a_word_that_means_nothing_is_told(tmp_path: Path, ours: object, said: str) -> None:
    facts = inspect_notebook(write(tmp_path / "a.ipynb", notebook(passerelle=ours)), "a.ipynb")
    (problem,) = facts.problems
    assert (problem.place, problem.code, problem.severity) == ("a.ipynb", "metadata-placement", "warning")
    assert said in problem.problem
    assert (facts.placement, facts.profile) == (None, None)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x = ", "blanks to fill"),
        ("print 'a'", "Python 2"),
        ("x = 1\ny = = 2", "line 2: invalid syntax"),
    ],
)
def test_why_a_cell_is_not_python(tmp_path: Path, source: str, said: str) -> None:
    (problem,) = inspect_notebook(write(tmp_path / "a.ipynb", notebook(code(source))), "a.ipynb").problems
    assert (problem.place, problem.code) == ("a.ipynb, cell 1", "cell-not-python")
    assert said in problem.problem


def test_newer_python_than_the_builders_is_no_problem(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", notebook(code("type Vector = list[float]")))
    assert inspect_notebook(path, "a.ipynb").problems == ()


def test_facts_are_kept_compactly() -> None:
    kept = Inspection(facts=(Fact(1, "import", "numpy"), Fact(2, "gpu", ".cuda()", "", True))).as_dict()
    assert kept["facts"] == [[1, "import", "numpy"], [2, "gpu", ".cuda()", "", True]]
