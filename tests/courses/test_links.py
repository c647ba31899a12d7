import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.courses.links import problems_in_links
from lite_site.courses.read import read_course
from lite_site.notebooks.cache import InspectionCache
from tests.notebooks.samples import markdown

from .samples import Contents


@pytest.fixture
def course(contents: Contents) -> Contents:
    contents.prose("a/one.ipynb", "# Début\n\n## Ma partie")
    contents.file("a/data/x y.csv")
    contents.file("a/images/é.png")
    contents.file("a/text.py", "# %% [markdown]\n# # Texte\n")
    contents.file("a/notes.txt")
    contents.file(
        "a/course.toml", 'lessons = ["one.ipynb", "text.py", "deep/two.ipynb"]\ndata = ["data/*", "images/*"]'
    )
    return contents


def problems_of(course: Contents, source: str) -> list[tuple[str, str, str]]:
    course.lesson("a/deep/two.ipynb", markdown("# Deux"), markdown(source))
    return [
        (problem.place.removeprefix(f"{course.folder.as_posix()}/"), problem.code, problem.severity)
        for problem in course.problems()
    ]


@pytest.mark.parametrize(
    "source",
    [
        "[a](../one.ipynb) [b](../one.ipynb#Ma-partie) [c](#Deux) [d](../text.ipynb)",
        "[a](../data/x%20y.csv) [b](<../data/x y.csv>) [c](../data) [d](../data/) [e](../data/x%20y.csv?raw=1#L1)",
        "![a](../images/é.png) ![b](../images/%C3%A9.png) <img src='../images/é.png' alt=''>",
        "[a](https://example.org/x) [b](mailto:a@example.org) [c](#cell-id=x) [d]() ![e](data:image/png;base64,AA==)",
        '<a id="ici"></a> [a](#ici)',
    ],
)
def test_what_leads_somewhere_is_fine(course: Contents, source: str) -> None:
    assert problems_of(course, source) == []


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("![a](none.png)", "image-missing"),
        ("<img src=none.png alt=''>", "image-missing"),
        ("![a](../images)", "image-missing"),
        ("[a](none.csv)", "link-missing"),
        ("[a](../notes.txt)", "link-missing"),
        ("[a](../text.py)", "link-missing"),
        ("[a](../../b/x.csv)", "link-leads-out"),
        ("[a](../%2e%2e/b/x.csv)", "link-leads-out"),
        ("![a](../../a-evil/x.png)", "link-leads-out"),
        ("[a](/home/me/x.csv)", "path-absolute"),
        ("![a](file:///home/me/x.png)", "path-absolute"),
        ("<a href='C:\\Users\\x.csv'>a</a>", "path-absolute"),
    ],
)
def test_what_leads_astray_is_an_error_in_its_cell(course: Contents, source: str, code: str) -> None:
    assert problems_of(course, source) == [("a/deep/two.ipynb, cell 2", code, "error")]


@pytest.mark.parametrize(
    "source",
    [
        "![a](https://example.org/x.png)",
        "![a](//example.org/x.png)",
        "[![Open In Colab](https://example.org/badge.svg)](https://example.org/nb)",
        "<iframe src='https://example.org/'></iframe>",
        "<img src='http://[oops/x.png' alt=''>",
    ],
)
def test_what_pupils_will_not_see_is_a_warning(course: Contents, source: str) -> None:
    assert problems_of(course, source) == [("a/deep/two.ipynb, cell 2", "image-off-site", "warning")]


@pytest.mark.parametrize("source", ["[a](#deux)", "[a](../one.ipynb#Fin)"])
def test_a_missing_anchor_is_a_warning(course: Contents, source: str) -> None:
    assert problems_of(course, source) == [("a/deep/two.ipynb, cell 2", "anchor-missing", "warning")]


@pytest.mark.parametrize(
    ("source", "remedy"),
    [
        ("![a](../images/È.png)", "Did you mean “images/é.png”?"),
        ("![a](../Images/é.PNG)", "Did you mean “images/é.png”?"),
        ("[a](../notes.txt)", "Add it to `data`"),
        ("[a](../text.py)", "Link to “text.ipynb”."),
        ("[a](#deux)", "Did you mean “#Deux”?"),
    ],
)
def test_remedies_name_what_was_meant(course: Contents, source: str, remedy: str) -> None:
    problems_of(course, source)
    (problem,) = course.problems()
    assert problem.remedy.startswith(remedy)


@given(st.text(st.sampled_from("ab./\\:#?%[]@~ é"), max_size=15))
def test_any_target_is_survived(tmp_path_factory: pytest.TempPathFactory, target: str) -> None:
    contents = Contents(tmp_path_factory.mktemp("links"))
    contents.prose("a/a.ipynb", f"[a](<{target}>) ![b](<{target}>)\n\n<img src='{target}'>")
    reading = read_course(contents.folder / "a", "a", InspectionCache(), "fr")
    assert all(problem.place == "a/a.ipynb, cell 1" for problem in problems_in_links(reading))
