"""Reads a formula as authored, and makes of it what the converter understands."""

import re
from dataclasses import dataclass

_SIGNS = (("$$", "$$", True), ("$", "$", False), (r"\\[", r"\\]", True), (r"\\(", r"\\)", False))
_SIGNS_OF_LATEX = ((r"\[", r"\]", True), (r"\(", r"\)", False))
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_LABELS = re.compile(r"\\(label|eqref|ref)\s*\{([^{}]*)\}")
_NUMBERED = re.compile(r"\\begin\{(?:equation|align|alignat|flalign|gather|multline)\}")
_DEFINED = re.compile(r"\\(?:re)?newcommand\*?\s*(?:\{(\\[A-Za-z]+)\}|(\\[A-Za-z]+))")
_OPERATOR = re.compile(r"\\DeclareMathOperator(\*?)\s*\{?(\\[A-Za-z]+)\}?\s*\{([^{}]*)\}")
_RELATION = re.compile(r"&\s*([=<>~]|\\[A-Za-z]+)\s*&")
_WORDS = re.compile(r"\\text\{[^{}]*\}")
_SIZED = re.compile(r"\\([bB]igg?[lrm]?)\s*\{(\\?[^{}\s]+)\}")
_ROW = re.compile(r"\\cr(?![A-Za-z])")
_SPACE = re.compile(r"(?<!\\)\\(?=\n|$)")
_WITHIN = re.compile(r"\$([^$]*)\$")
_DEEPENS = ("{", "[", "(", "^", "_", "\\")
# The converter calls itself for each level; `mathml.py` gives it room for as many levels as these may make.
_LONG, _DEEP = 20_000, 4_000


@dataclass(frozen=True, slots=True)
class Formula:
    """LaTeX, whether it stands on lines of its own, its labels, and the text it was written as."""

    latex: str
    display: bool
    labels: tuple[str, ...]
    written: str
    is_reference: bool = False
    """Whether it is nothing but the number of another."""


def read_formula(written: str) -> Formula:
    r"""Read a formula with its signs: `$…$`, `$$…$$ (label)`, `\[…\]`, an environment."""
    for opening, closing, display in (*_SIGNS, *_SIGNS_OF_LATEX):
        if written.startswith(opening):
            latex, _, label = written[len(opening) :].rpartition(closing)
            return label_formula(_without_quotes(latex), label.strip().strip("()"), written, display=display)
    return label_formula(_without_quotes(written), "", written)


def label_formula(latex: str, label: str, written: str, *, display: bool = True) -> Formula:
    """Make a formula; one with a label, "" for none, is numbered like LaTeX's `equation`."""
    text = _for_the_converter(latex.strip())
    if label and (found := _NUMBERED.match(text)):
        text = f"{found[0]}\\label{{{label}}}{text[found.end() :]}"
    elif display and not _NUMBERED.match(text) and (label or _LABEL.search(text) or r"\tag" in text):
        named = rf"\label{{{label}}}" if label else ""
        text = rf"\begin{{equation}}{text}{named}\end{{equation}}"
    elif display and r"\\" in text and r"\begin" not in text:
        text = rf"\begin{{gathered}}{text}\end{{gathered}}"
    labels = tuple(name_label(found[1]) for found in _LABEL.finditer(text))
    return Formula(_LABELS.sub(_spell_label, text), display, labels, written)


def _spell_label(found: re.Match[str]) -> str:
    """The converter takes labels of plain letters only."""
    spelt = re.sub(r"[^A-Za-z0-9:-]", lambda sign: f".{ord(sign[0]):x}.", name_label(found[2]))
    return rf"\label{{{spelt}}}" if found[1] == "label" else rf"\eqref{{{spelt}}}"


def read_label(spelt: str) -> str:
    """The label as authored of one in the converter's result."""
    return re.sub(r"\.([0-9a-f]+)\.", lambda code: chr(int(code[1], 16)), spelt)


def name_label(label: str) -> str:
    """A label as it stands in an `id` and in a formula."""
    return re.sub(r"[^\w:.-]+", "-", label.strip())


def is_readable(latex: str) -> bool:
    """Whether a formula is no longer, and can be no deeper, than the converter can stand."""
    return len(latex) <= _LONG and sum(map(latex.count, _DEEPENS)) <= _DEEP


def _without_quotes(latex: str) -> str:
    """What stands in a quotation has its signs at the head of every line but the first."""
    first, *others = latex.splitlines() or [""]
    if others and all(line.lstrip().startswith(">") for line in others):
        return "\n".join([first, *(line.lstrip().lstrip("> ") for line in others)])
    return latex


def _for_the_converter(latex: str) -> str:
    """Words that MathJax knows, in those that the converter knows."""
    text = _OPERATOR.sub(r"\\newcommand{\2}{\\operatorname\1{\3}}", latex)
    text = _DEFINED.sub(lambda found: _redefine(found[1] or found[2]), text)
    if r"\begin{eqnarray" in text:
        text = _RELATION.sub(r"&\1", text.replace("{eqnarray", "{align"))
    text = _ROW.sub(r"\\\\", text.replace("{split}", "{aligned}"))
    text = _SPACE.sub(r"\\ ", _SIZED.sub(r"\\\1\2", text))
    return _WORDS.sub(lambda found: _WITHIN.sub(r"}\1\\text{", found[0]), text)


def _redefine(name: str) -> str:
    """MathJax lets a name be defined twice."""
    return rf"\providecommand{{{name}}}{{}}\renewcommand{{{name}}}"
