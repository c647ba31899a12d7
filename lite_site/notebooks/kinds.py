"""Which files are notebooks: `.ipynb`, and Jupytext's `.md` and `.py` that say so themselves."""

import re
from pathlib import Path, PurePosixPath

# A `.md` or `.py` says it is a notebook near its top.
_HEAD_BYTES = 65_536
_MARKDOWN_HEADER = re.compile(
    r"\A\s*(?:<!--\s*)?---[ \t]*\n(?:.*\n)*?(?:jupyter|jupytext|kernelspec):(?:.*\n)*?---[ \t]*$",
    re.MULTILINE,
)
_SCRIPT_HEADER = re.compile(
    r"\A(?:#!.*\n|#.*coding.*\n|\s)*# ---[ \t]*\n(?:#.*\n)*?# (?:jupyter|jupytext|kernelspec):", re.MULTILINE
)
_SCRIPT_CELL = re.compile(r"^# ?%%", re.MULTILINE)


def is_notebook(source: Path) -> bool:
    """Whether the file counts as a lesson's source; raises OSError where a `.md` or `.py` can't be read.

    A `.md` needs a YAML header naming jupytext, jupyter or a kernelspec; a `.py` the same or `# %%` marks.
    """
    suffix = source.suffix.lower()
    if suffix not in {".md", ".py"}:
        return suffix == ".ipynb"
    with source.open("rb") as file:
        head = file.read(_HEAD_BYTES).decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if suffix == ".md":
        return bool(_MARKDOWN_HEADER.search(head))
    return bool(_SCRIPT_HEADER.search(head) or _SCRIPT_CELL.search(head))


def published_path(path: PurePosixPath) -> PurePosixPath:
    """Where the notebook stands on the site: the same path, always `.ipynb`."""
    return path.with_suffix(".ipynb")
