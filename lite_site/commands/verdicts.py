"""Verdicts for a person: a table where there are many and somebody watches, sentences otherwise."""

import sys
from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from lite_site.courses.model import Placement, Reason
from lite_site.explaining import Explained
from lite_site.language import Language

CONFIDENT = {"high": "sure", "medium": "fairly sure", "low": "not sure"}


def print_verdicts(explained: Sequence[Explained], language: Language) -> None:
    """Print them, and how many there are of each kind; one alone with everything there is to say of it."""
    console = Console()
    if console.is_terminal and len(explained) > 1:
        console.print(_table(explained, language))
    else:
        sys.stdout.write("\n".join(_told(one, language) for one in explained))
    if len(explained) > 1:
        counted = Counter(one.lesson.placement.where for one in explained)
        browser, cluster = counted["browser"], counted["cluster"]
        sys.stdout.write(f"{len(explained)} notebooks: {browser} in the browser, {cluster} on the cluster.\n")


def _table(explained: Sequence[Explained], language: Language) -> Table:
    table = Table("Notebook", "Runs", "How sure", "Why", show_lines=True)
    for one in explained:
        placement = one.lesson.placement
        why = "\n".join(_sentence(reason, language) for reason in placement.reasons)
        table.add_row(*(Styled(cell) for cell in (one.place, _where(placement), CONFIDENT[placement.confidence], why)))
    return table


def _told(one: Explained, language: Language) -> str:
    placement = one.lesson.placement
    lines = [f"{one.place}: {_where(placement)} ({CONFIDENT[placement.confidence]})"]
    for reason in placement.reasons:
        change = f" {reason.change.in_language(language)}" if reason.change else ""
        lines.append(f"  {_sentence(reason, language)}{change} [{reason.code}]")
    return "\n".join(lines) + "\n"


def _where(placement: Placement) -> str:
    if placement.where == "cluster":
        return f"cluster, profile {placement.profile}"
    return "browser, proven" if placement.proven else "browser"


def _sentence(reason: Reason, language: Language) -> str:
    cell = "" if reason.cell is None else f"cell {reason.cell}: "
    return f"{cell}{reason.text.in_language(language)}"
