"""The labels are sound: one for each notebook, no contradiction, and read back as written."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.notebooks.kinds import is_notebook
from tests.placement.labels import CORPUS, LABELS, Label, labels_text, read_corpus, read_labels

THEMES = sorted(file.parent.name for file in CORPUS.glob(f"*/{LABELS}"))


def notebooks_in(theme: Path) -> set[str]:
    files = (path for path in theme.rglob("*") if path.suffix in {".ipynb", ".md", ".py"} and is_notebook(path))
    return {path.relative_to(theme).as_posix() for path in files}


@pytest.mark.parametrize("theme", THEMES)
def test_every_notebook_has_one_label(theme: str) -> None:
    paths = [label.path for label in read_labels(CORPUS / theme)]
    assert sorted(paths) == sorted(notebooks_in(CORPUS / theme))


@pytest.mark.parametrize("theme", THEMES)
def test_a_labels_file_is_what_would_be_written(theme: str) -> None:
    assert (CORPUS / theme / LABELS).read_text(encoding="utf-8") == labels_text(read_labels(CORPUS / theme))


def test_labels_dont_contradict_themselves() -> None:
    odd = [
        label.name
        for label in read_corpus()
        if not label.told
        and not label.blanks
        and not label.anywhere
        and label.fails_because_of_browser != (label.where == "cluster")
    ]
    assert odd == []


def test_what_goes_to_the_cluster_says_why() -> None:
    assert [label.name for label in read_corpus() if label.where == "cluster" and not label.codes] == []


def test_the_corpus_is_large_and_mixed() -> None:
    labels = read_corpus()
    assert len(labels) >= 120
    assert sum(label.where == "cluster" for label in labels) >= 60
    assert sum(label.path.endswith(".ipynb") for label in labels) >= 60


words = st.text(st.characters(codec="utf-8"), max_size=20)
one_label = st.builds(
    Label,
    theme=st.just("theme"),
    path=words,
    where=st.sampled_from(("browser", "cluster")),
    codes=st.lists(words, max_size=3).map(tuple),
    fails=st.booleans(),
    why=words,
    blanks=st.booleans(),
    anywhere=st.booleans(),
    measured=st.none() | words,
)


@given(labels=st.lists(one_label, min_size=1, max_size=3))
def test_labels_survive_writing(tmp_path_factory: pytest.TempPathFactory, labels: list[Label]) -> None:
    theme = tmp_path_factory.mktemp("corpus") / "theme"
    theme.mkdir()
    (theme / LABELS).write_text(labels_text(labels), encoding="utf-8", newline="")
    assert read_labels(theme) == tuple(labels)
