"""What in a notebook's prose shuts some readers out, and how to mend it.

A room of its own beside `code`: rules over what a notebook says, kept with its other facts. Each rule stays silent
where it isn't certain, since a warning that is wrong teaches people to pass over those that aren't.
"""

from collections.abc import Callable, Iterable, Iterator

from lite_site.language import Language
from lite_site.notebooks.accessibility.colours import problems_in_contrast
from lite_site.notebooks.accessibility.headings import problems_in_headings
from lite_site.notebooks.accessibility.images import problems_in_images
from lite_site.notebooks.accessibility.links import problems_in_links
from lite_site.notebooks.accessibility.page import Page, read_page
from lite_site.notebooks.accessibility.passages import problems_in_passages
from lite_site.notebooks.accessibility.tables import problems_in_tables
from lite_site.notebooks.markdown import MarkdownCell
from lite_site.problems import Problem

RULES: tuple[Callable[[Page], Iterator[Problem]], ...] = (
    problems_in_images,
    problems_in_headings,
    problems_in_links,
    problems_in_tables,
    problems_in_contrast,
    problems_in_passages,
)


def problems_for_readers(cells: Iterable[MarkdownCell], place: str, language: Language | None) -> Iterator[Problem]:
    """Every warning about the markdown cells of the notebook at `place`; `language` is its own where it is certain."""
    page = read_page(cells, place, language)
    for rule in RULES:
        yield from rule(page)
