import json

from hypothesis import given
from hypothesis import strategies as st

from lite_site.lessons.outputs.tree import Tree
from lite_site.notebooks.document import Json
from lite_site.words.translate import Voice, translator
from tests.pages.reading import Page

VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
)


def written(value: Json) -> tuple[Page, bool]:
    tree = Tree(Voice(translator("fr")))
    return Page(tree.write(value)), tree.whole


def test_the_first_level_is_open_and_the_others_wait() -> None:
    page, whole = written({"espèce": "manchot", "mesures": [181, None, 186.5]})
    assert whole
    assert ["open" in element.attributes for element in page.all("details")] == [True, False]
    assert [element.text for element in page.all("summary")] == ["2 éléments", "3 éléments"]
    assert [element.text for element in page.all("code")] == ['"manchot"', "181", "null", "186.5"]


def test_a_large_tree_is_cut() -> None:
    page, whole = written([list(range(100)) for _ in range(20)])
    assert not whole
    assert len(page.all("li")) == 500


def test_a_deep_tree_is_cut() -> None:
    deep: Json = json.loads("[" * 200 + "]" * 200)
    assert not written(deep)[1]


@given(VALUES)
def test_any_value_is_text_in_lists(value: Json) -> None:
    page, _ = written(value)
    assert {element.tag for element in page.elements} <= {"details", "summary", "ul", "li", "span", "code"}
