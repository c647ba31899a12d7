import json
from pathlib import Path

import nbformat
from samples import copy_course, edit_notebook, make_notebook, write_notebooks


def test_notebooks_are_the_same_each_time_and_differ_among_themselves() -> None:
    assert make_notebook(3) == make_notebook(3)
    assert make_notebook(3) != make_notebook(4)


def test_notebooks_are_what_jupyter_saves(tmp_path: Path) -> None:
    first, *_ = write_notebooks(tmp_path / "course", 2)

    notebook = json.loads(first.read_bytes())
    nbformat.validate(notebook)
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    pictures = [output for cell in code for output in cell["outputs"] if "image/png" in output.get("data", {})]
    assert len(notebook["cells"]) == 30
    assert len(pictures) == 2
    for cell in code:
        compile("".join(cell["source"]), str(first), "exec")


def test_an_edit_changes_one_notebook(tmp_path: Path) -> None:
    first, second = write_notebooks(tmp_path / "course", 2)
    before = first.read_bytes(), second.read_bytes()

    edit_notebook(first)

    assert json.loads(first.read_bytes())["cells"][0]["source"][-1] == "\nOne more sentence."
    assert first.read_bytes() != before[0]
    assert second.read_bytes() == before[1]


def test_a_course_is_copied_under_other_names(tmp_path: Path) -> None:
    (tmp_path / "statistics").mkdir()
    (tmp_path / "statistics" / "01.ipynb").write_text("{}")

    copy_course(tmp_path / "statistics", tmp_path / "contents", 2)

    assert sorted(path.name for path in (tmp_path / "contents").iterdir()) == ["statistics-01", "statistics-02"]
    assert (tmp_path / "contents" / "statistics-02" / "01.ipynb").read_text() == "{}"
