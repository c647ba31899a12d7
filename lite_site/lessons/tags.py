"""What a teacher hides or takes out of the page, by the tags of Jupyter Book and the folds of JupyterLab."""

from dataclasses import dataclass

from lite_site.notebooks.document import Cell, Json

# https://jupyterbook.org/en/stable/interactive/hiding.html
_REMOVED, _HIDDEN = "remove-", "hide-"


@dataclass(frozen=True, slots=True)
class Tags:
    """Which parts of a cell (`cell`, `input`, `output`) its teacher takes out, and which show on demand only."""

    removed: frozenset[str]
    hidden: frozenset[str]


def tags_of(cell: Cell) -> Tags:
    """The parts of the cell to leave out, and to fold."""
    listed = cell.metadata.get("tags")
    tags = {tag.replace("_", "-") for tag in listed if isinstance(tag, str)} if isinstance(listed, list) else set()
    folds = {"input": _flag(cell, "source_hidden"), "output": _flag(cell, "outputs_hidden")}
    folded = {part for part, closed in folds.items() if closed}
    if cell.metadata.get("collapsed") is True:
        folded.add("output")
    return Tags(_parts(tags, _REMOVED), _parts(tags, _HIDDEN) | folded)


def _parts(tags: set[str], prefix: str) -> frozenset[str]:
    return frozenset(tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix))


def _flag(cell: Cell, name: str) -> bool:
    """One of the folds JupyterLab keeps under `jupyter`."""
    kept: Json = cell.metadata.get("jupyter")
    return isinstance(kept, dict) and kept.get(name) is True
