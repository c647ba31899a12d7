"""Notebooks not in format 4: older through nbformat, text through Jupytext, loaded only then."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lite_site.notebooks.document import Json, MalformedNotebookError, Notebook, parse_document

if TYPE_CHECKING:
    import nbformat

_LONGEST_REASON = 160


def upgrade_document(value: Json) -> Notebook:
    """The notebook in JSON of formats 1 to 4, upgraded to 4.5; raises MalformedNotebookError."""
    import nbformat  # noqa: PLC0415 (a second of start-up that an ordinary notebook doesn't need)
    from nbformat import validator  # noqa: PLC0415

    if not isinstance(value, dict):
        raise MalformedNotebookError("it isn't a JSON object")
    major = value.get("nbformat", 1)
    minor = value.get("nbformat_minor", 0)
    if not isinstance(major, int) or not isinstance(minor, int) or major not in nbformat.versions:
        raise MalformedNotebookError(f"it is in notebook format {major!r}; formats 1 to 4 are read")
    if "cells" not in value and "worksheets" not in value:
        raise MalformedNotebookError("it has no list of cells")
    try:
        with _quietly():
            node = nbformat.versions[major].to_notebook_json(value, minor=minor)
            node = nbformat.convert(node, 4)  # type: ignore[no-untyped-call]
            _, node = validator.normalize(node)
            nbformat.validate(node)
    except nbformat.ValidationError as error:
        raise MalformedNotebookError(_first_line(str(error))) from error
    except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        raise MalformedNotebookError(f"a part of it is missing or odd ({_first_line(str(error))})") from error
    _keep_language(node, value)
    return parse_document(_without_random_ids(node, value))


def _keep_language(node: "nbformat.NotebookNode", value: dict[str, Json]) -> None:
    """Format 3 notes the language in each cell, and the conversion loses it: say it where format 4 does."""
    cells = [cell for sheet in _list(value, "worksheets") for cell in _list(sheet, "cells")]
    languages = {cell.get("language") for cell in cells if isinstance(cell, dict) and cell.get("cell_type") == "code"}
    if len(languages) == 1 and isinstance(language := languages.pop(), str):
        node.metadata.setdefault("language_info", {"name": language})


def parse_text(text: str, suffix: str) -> Notebook:
    """The notebook in a Jupytext `.md` or `.py`; raises MalformedNotebookError."""
    import jupytext  # noqa: PLC0415 (as nbformat above)
    import nbformat  # noqa: PLC0415
    import yaml  # type: ignore[import-untyped]  # noqa: PLC0415
    from jupytext.formats import JupytextFormatError, guess_format  # noqa: PLC0415
    from jupytext.pandoc import PandocError  # noqa: PLC0415

    try:
        with _quietly():
            guessed, _ = guess_format(text, suffix)
            # A box of MyST's (:::) is taken for one of Pandoc's; what the file itself says counts all the same.
            known = {"format_name": "markdown"} if guessed == "pandoc" else {}
            node = jupytext.reads(text, fmt={"extension": suffix, **known})
    except yaml.YAMLError as error:
        raise MalformedNotebookError(f"its YAML header can't be read ({_first_line(str(error))})") from error
    except nbformat.ValidationError as error:
        raise MalformedNotebookError(_first_line(str(error))) from error
    except PandocError as error:
        raise MalformedNotebookError(
            "it says that it is in Pandoc's Markdown: write it in MyST's or Jupytext's"
        ) from error
    except (JupytextFormatError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise MalformedNotebookError(f"Jupytext can't read it ({_first_line(str(error))})") from error
    if suffix == ".py":
        node.metadata.setdefault("kernelspec", {"name": "python", "language": "python"})
    return parse_document(_without_random_ids(node, {}))


def _without_random_ids(node: Json, original: Json) -> Json:
    """The document without the ids the library drew at random; those of the file itself stay."""
    kept = {
        cell.get("id")
        for cell in (_list(original, "cells"))
        if isinstance(cell, dict) and isinstance(cell.get("id"), str)
    }
    for cell in _list(node, "cells"):
        if isinstance(cell, dict) and cell.get("id") not in kept:
            cell.pop("id", None)
    return node


def _list(value: Json, key: str) -> list[Json]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def _first_line(text: str) -> str:
    line = text.strip().partition("\n")[0]
    return line if len(line) <= _LONGEST_REASON else f"{line[:_LONGEST_REASON]}…"


@contextmanager
def _quietly() -> Iterator[None]:
    """Hold back the libraries' own warnings: we say what is wrong in our words, once."""
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)
