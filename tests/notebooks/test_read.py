import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from lite_site.notebooks.read import Limits, megabytes, publish, read_edition
from lite_site.problems import BuildError, Problem

from .samples import code, markdown, notebook, stream, write

V3 = {
    "metadata": {"name": "old"},
    "nbformat": 3,
    "nbformat_minor": 0,
    "worksheets": [
        {
            "cells": [
                {"cell_type": "heading", "level": 1, "metadata": {}, "source": ["Old"]},
                {
                    "cell_type": "code",
                    "collapsed": False,
                    "input": ["print(1)"],
                    "language": "python",
                    "metadata": {},
                    "outputs": [{"output_type": "stream", "stream": "stdout", "text": ["1\n"]}],
                    "prompt_number": 1,
                },
            ],
            "metadata": {},
        }
    ],
}


def published(path: Path) -> bytes:
    return publish(read_edition(path, "a"), {"where": "browser"})


def refusal(path: Path, limits: Limits | None = None) -> Problem:
    with pytest.raises(BuildError) as caught:
        read_edition(path, f"contents/{path.name}", limits)
    (problem,) = caught.value.problems
    return problem


def test_format_3_is_upgraded_the_same_way_each_time(tmp_path: Path) -> None:
    path = write(tmp_path / "old.ipynb", V3)
    content = read_edition(path, "old.ipynb").content
    assert content == read_edition(path, "old.ipynb").content
    node = nbformat.reads(content.decode(), as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(node)
    assert [cell.source for cell in node.cells] == ["# Old", "print(1)"]
    assert node.cells[1].outputs[0].text == "1\n"


def test_format_3_keeps_the_language_of_its_cells(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "language": "python", "input": "print 1\nprint 2", "outputs": [], "collapsed": False}
    sheet = {"cells": [cell, cell], "metadata": {}}
    document = {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [sheet]}
    assert read_edition(write(tmp_path / "old.ipynb", document), "old.ipynb").kernel.language == "python"


def test_publishing_what_was_published_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", notebook(markdown("# é"), code("1", stream("1\n"))))
    content = published(path)
    path.write_bytes(content)
    assert published(path) == content


def test_a_verdict_stands_beside_the_teachers_words_and_is_no_part_of_the_next_edition(tmp_path: Path) -> None:
    document = notebook(code("1"))
    document["metadata"] = {"passerelle": {"language": "fr"}}
    path = write(tmp_path / "a.ipynb", document)
    before = read_edition(path, "a").content
    path.write_bytes(published(path))
    ours = json.loads(path.read_bytes())["metadata"]["passerelle"]
    assert ours == {"language": "fr", "verdict": {"where": "browser"}}
    assert read_edition(path, "a").content == before


@pytest.mark.parametrize("prefix", [b"\xef\xbb\xbf", b"\r\n \r\n"])
def test_byte_order_mark_and_crlf_are_read(tmp_path: Path, prefix: bytes) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(prefix + json.dumps(notebook(), indent=1).replace("\n", "\r\n").encode())
    assert read_edition(path, "a").notebook.cells[0].source == "# Lesson"


@pytest.mark.parametrize(
    ("raw", "code", "place"),
    [
        (b"", "notebook-empty", "contents/a.ipynb"),
        (b" \n", "notebook-empty", "contents/a.ipynb"),
        (b'{\n"cells": [,]}', "notebook-not-json", "contents/a.ipynb, line 2"),
        (b"\x00\x89PNG\xff\xfe", "notebook-not-json", "contents/a.ipynb"),
        (b'{"a": ' + b"9" * 5000 + b"}", "notebook-not-json", "contents/a.ipynb"),
        (b"[" * 200_000, "notebook-malformed", "contents/a.ipynb"),
        (b"[]", "notebook-malformed", "contents/a.ipynb"),
        (b"{}", "notebook-malformed", "contents/a.ipynb"),
        (b'{"nbformat": 5, "cells": []}', "notebook-malformed", "contents/a.ipynb"),
        (b'{"nbformat": [], "cells": []}', "notebook-malformed", "contents/a.ipynb"),
        (b'{"nbformat": 4, "nbformat_minor": 4, "metadata": {}}', "notebook-malformed", "contents/a.ipynb"),
        (
            b'{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "jpeg"}]}',
            "notebook-malformed",
            "contents/a.ipynb",
        ),
        (b'{"nbformat": 3, "worksheets": 7}', "notebook-malformed", "contents/a.ipynb"),
        (b'{"nbformat": 4, "metadata": {}, "cells": []}', "notebook-no-cells", "contents/a.ipynb"),
    ],
)
def test_what_is_no_notebook_is_refused_by_name(tmp_path: Path, raw: bytes, code: str, place: str) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(raw)
    problem = refusal(path)
    assert (problem.code, problem.place) == (code, place)
    assert problem.remedy


def test_a_merge_conflict_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text('{\n<<<<<<< HEAD\n"cells": [],\n=======\n"cells": [1],\n>>>>>>> other\n}')
    assert "merge" in refusal(path).problem


def test_json_too_deep_to_be_written_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    deep = "[" * 980 + "]" * 980
    path.write_text(json.dumps(notebook()).replace('"kernelspec"', f'"x": {deep}, "kernelspec"', 1))
    assert refusal(path).code == "notebook-malformed"


def test_a_heavy_notebook_is_answered_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "heavy.ipynb"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    problem = refusal(path, Limits())
    assert problem.code == "notebook-over-budget"
    assert problem.problem == "The notebook weighs 200 MB, over the budget of 20 MB."


def test_ten_thousand_cells_are_answered_in_a_sentence(tmp_path: Path) -> None:
    path = write(tmp_path / "long.ipynb", notebook(*(markdown("x") for _ in range(10_000))))
    problem = refusal(path, Limits())
    assert problem.code == "notebook-too-many-cells"
    assert "10000 cells" in problem.problem


def test_nan_becomes_null(tmp_path: Path) -> None:
    data = {"output_type": "display_data", "metadata": {}, "data": {"application/json": {"y": [float("nan")]}}}
    path = write(tmp_path / "a.ipynb", notebook(code("1", data)))
    edition = read_edition(path, "a")
    assert edition.strange_numbers
    assert json.loads(edition.content)["cells"][0]["outputs"][0]["data"]["application/json"] == {"y": [None]}


@pytest.mark.parametrize("suffix", [".md", ".py"])
def test_text_notebooks_are_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    spec = "---\njupyter:\n  kernelspec:\n    name: python3\n    display_name: Python\n    language: python\n---\n\n"
    texts = {
        ".md": f"{spec}# Titre\n\n```python\nx = 1\n```\n",
        ".py": "# %% [markdown]\n# # Titre\n\n# %%\nx = 1\n",
    }
    path.write_text(texts[suffix], "utf-8")
    content = published(path)
    assert content == published(path)
    node = nbformat.reads(content.decode(), as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(node)
    assert [cell.source for cell in node.cells] == ["# Titre", "x = 1"]
    assert node.metadata.kernelspec.name == "python"
    assert "jupytext" not in node.metadata


def test_boxes_of_myst_are_not_taken_for_pandoc(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    box = ":::{note}\nUn conseil.\n:::"
    header = "---\njupyter:\n  kernelspec:\n    name: python3\n    display_name: Python\n    language: python\n---"
    path.write_text(f"{header}\n\n{box}\n\n```python\nx = 1\n```\n", "utf-8")
    node = nbformat.reads(published(path).decode(), as_version=4)  # type: ignore[no-untyped-call]
    assert [(cell.cell_type, cell.source) for cell in node.cells] == [("markdown", box), ("code", "x = 1")]


PANDOC = (
    b"---\njupyter:\n  jupytext:\n    text_representation:\n      extension: .md\n      format_name: pandoc\n---\nx\n"
)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"---\njupyter: [\n---\n", "notebook-malformed"),
        (PANDOC, "notebook-malformed"),
        (b"---\njupyter:\n  kernelspec:\n    name: python3\n---\n", "notebook-malformed"),
        (b"---\njupyter:\n---\n\xff", "notebook-not-utf8"),
    ],
)
def test_odd_text_notebooks_are_refused(tmp_path: Path, raw: bytes, code: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(raw)
    assert refusal(path).code == code


def test_an_ordinary_notebook_loads_neither_nbformat_nor_jupytext(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", notebook(minor=4))
    program = (
        "import sys; from pathlib import Path; from lite_site.notebooks.inspect import inspect_notebook\n"
        f"assert inspect_notebook(Path({str(path)!r}), 'a').sound\n"
        "sys.exit(bool({'nbformat', 'jupytext', 'jsonschema'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_half_a_character_keeps_no_notebook_from_being_published(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    write(path, notebook(markdown("# Half \ud83d, whole \U0001f600"), code("'\ud83d'")))
    raw = path.read_bytes()
    assert rb"\ud83d" in raw
    assert b"Half ?, whole \xf0\x9f\x98\x80" in published(path)


def test_sizes_are_written_for_people() -> None:
    assert [megabytes(size) for size in (20, 50_000_000, 1_540_000)] == ["20 bytes", "50 MB", "1.5 MB"]
