"""The looks that authors may choose, as classes: pages allow no styles of their own (`style-src 'self'`)."""

import re

_ALIGNED = {side: f"align-{side}" for side in ("left", "center", "right", "justify")}
_COLOURS = ("red", "green", "blue", "orange", "purple", "brown", "magenta", "teal", "gray", "grey", "darkred",
            "darkgreen", "darkblue", "crimson", "navy")  # fmt: skip
_SEEN_AS = {"grey": "gray", "darkred": "red", "crimson": "red", "darkgreen": "green", "darkblue": "blue",
            "navy": "blue", "#ff0000": "red", "#f00": "red", "#008000": "green", "#00ff00": "green",
            "#0f0": "green", "#0000ff": "blue", "#00f": "blue", "#ffa500": "orange", "#800080": "purple",
            "#a52a2a": "brown", "#ff00ff": "magenta", "#008080": "teal", "#808080": "gray"}  # fmt: skip
# Declarations, without spaces, and the classes they become; the last ones are those of formulas.
_CLASSES = {
    **{f"text-align:{side}": name for side, name in _ALIGNED.items()},
    **{f"color:{colour}": f"ink-{_SEEN_AS.get(colour, colour)}" for colour in (*_COLOURS, *_SEEN_AS)},
    "float:left": "float-left",
    "float:right": "float-right",
    "font-weight:bold": "bold",
    "font-style:italic": "italic",
    "text-decoration:underline": "underline",
    "text-decoration:line-through": "struck",
    "margin:auto": "align-center",
    "margin:0auto": "align-center",
    "width:100%": "wide",
    "width:50%": "fill",
    "width:7.5%": "indent",
    "padding-right:0": "close-right",
    "padding-left:0": "close-left",
    "padding-left:1em": "apart-left",
    **{f"border-{side}:0.05emsolidcurrentcolor": f"rule-{side}" for side in ("left", "right", "top", "bottom")},
}  # fmt: skip
# What notebooks borrow from Bootstrap, as Jupyter shows it, and what we write ourselves.
CLASSES = frozenset(
    [*_CLASSES.values(), "alert", "alert-info", "alert-success", "alert-warning", "alert-danger", "admonition",
     "admonition-title", "caption-number", "contains-task-list", "directive", "directive-name", "note-call", "notes",
     "table-scroll", "task-box", "task-list-item"]
)  # fmt: skip
_LANGUAGE = re.compile(r"language-[\w+#.-]{1,40}")


def classes_of(style: str) -> str:
    """The classes for a style as authored; what has none is left out."""
    declarations = ("".join(one.split()).lower().removesuffix("!important") for one in style.split(";"))
    return " ".join(dict.fromkeys(_CLASSES[one] for one in declarations if one in _CLASSES))


def known_classes(names: str, more: frozenset[str]) -> str:
    """Those of a `class` attribute that a style sheet of ours may know."""
    kept = (name for name in names.split() if name in CLASSES or name in more or _LANGUAGE.fullmatch(name))
    return " ".join(dict.fromkeys(kept))
