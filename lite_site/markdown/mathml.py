"""Formulas to MathML: all those of a lesson at once, since one may name the number of another."""

import html
import re
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from math_core import LatexError, LatexToMathML

from lite_site.markdown.latex import Formula, is_readable, read_formula, read_label

_LABEL = re.compile(r'(id="|href="#)([^"]*)')
# Commands defined in formulas may be put in 30 times; a level takes less than 2 kB. Only what is used is ever taken.
_EXPANSIONS, _STACK = 30, 256 * 2**20
_TAG = re.compile(r"<[^>]*>")
# What LaTeX packages add, in words that the converter knows.
_MACROS = {
    "bm": r"\boldsymbol{#1}",
    "hbox": r"\text{#1}",
    "mbox": r"\text{#1}",
    "mathbbm": r"\mathbb{#1}",
    "mathds": r"\mathbb{#1}",
    "smash": "{#1}",
    "euro": "€",
    "degree": r"{}^\circ",
}


def convert_formula(written: str) -> str | None:
    """MathML of one formula that stands alone, as an output of a cell has it; None if it can't be read."""
    return convert_formulas([read_formula(written)])[0]


def convert_formulas(formulas: Sequence[Formula]) -> list[str | None]:
    r"""MathML of a lesson's formulas in their order, numbered through; None for each that can't be read.

    What one defines with `\newcommand`, those after it know, as in Jupyter.
    """
    readable = [formula for formula in formulas if is_readable(formula.latex)]
    made = iter(_convert([(formula.latex, formula.display) for formula in readable]))
    results = [next(made) if is_readable(formula.latex) else "" for formula in formulas]
    return [_LABEL.sub(_read_labels, result) if result.startswith("<math") else None for result in results]


def _convert(snippets: list[tuple[str, bool]]) -> list[str]:
    """Convert on a stack of its own: a formula that nests deeper than the usual one would end the process."""
    usual = threading.stack_size(_STACK)
    try:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(_converter().convert_all, snippets).result()
    except LatexError:
        return ["" for _ in snippets]
    finally:
        threading.stack_size(usual)


def words_of(mathml: str) -> str:
    """The signs of a formula one after another: for a table of contents."""
    return html.unescape(_TAG.sub("", mathml))


def _read_labels(found: re.Match[str]) -> str:
    return found[1] + html.escape(read_label(found[2]))


def _converter() -> LatexToMathML:
    return LatexToMathML(
        macros=_MACROS,
        continue_on_error=True,
        allow_unreliable_rendering=True,
        global_group=True,
        fancy_error=False,
        max_expansions=_EXPANSIONS,
    )
