"""Rule: headings make a table of contents: one title, no level left out, none without words."""

from collections.abc import Iterator
from itertools import pairwise

from lite_site.notebooks.accessibility.page import Page, quoted
from lite_site.notebooks.accessibility.tree import HEADINGS, Node
from lite_site.problems import Problem

_MANY_CELLS = 3
_QUOTED = ("blockquote",)


def problems_in_headings(page: Page) -> Iterator[Problem]:
    """What is wrong with the headings of a notebook; those in quotations are somebody else's."""
    found = [(HEADINGS[node.tag], node) for node in page.find(*HEADINGS) if not node.is_in(*_QUOTED)]
    headings = [(level, node) for level, node in found if node.said()]
    yield from (_without_words(page, node) for _, node in found if not node.said() and not node.attrs.get("id"))
    yield from _title_problems(page, headings)
    for (above, _), (level, node) in pairwise(headings):
        if level > above + 1:
            yield Problem(
                page.place_of(node),
                f"The heading {quoted(node.said())} is of level {level} right under one of level {above}.",
                f"Make it level {above + 1}: {_written(above + 1, node)}.",
                "heading-jump",
                "warning",
            )


def _title_problems(page: Page, headings: list[tuple[int, Node]]) -> Iterator[Problem]:
    titles = [node for level, node in headings if level == 1]
    if not headings:
        if sum(bool(cell.said()) for cell in page.cells) >= _MANY_CELLS:
            yield Problem(
                page.place,
                "The lesson has no heading, so nobody can move through it by its parts.",
                "Begin with its title, # …, and head each part with ## ….",
                "heading-no-title",
                "warning",
            )
    elif not titles:
        level, node = headings[0]
        yield Problem(
            page.place_of(node),
            f"The lesson has no title: its first heading, {quoted(node.said())}, is of level {level}.",
            f"Begin the lesson with a heading of level 1: {_written(1, node)}.",
            "heading-no-title",
            "warning",
        )
    elif len(titles) > 1:
        yield Problem(
            page.place_of(titles[1]),
            f"The lesson has {len(titles)} headings of level 1; {quoted(titles[1].said())} is the second.",
            f"Keep level 1 for the lesson's title, and write its parts with {_written(2, titles[1])}.",
            "heading-several-titles",
            "warning",
        )


def _without_words(page: Page, node: Node) -> Problem:
    return Problem(
        page.place_of(node),
        "A heading has no words in it.",
        "Write what the part is about, or take the heading out.",
        "heading-empty",
        "warning",
    )


def _written(level: int, node: Node) -> str:
    """How a heading of that level is begun, in the syntax of this one."""
    return f"<h{level}>" if node.written == "html" else f"{'#' * level} …"
