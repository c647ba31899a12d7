"""The boxes that MyST draws attention with: their names, and their titles in the lesson's language."""

from collections.abc import Mapping

N_ = str  # marks a message for the catalogues (https://babel.pocoo.org/en/latest/messages.html)

# The title of those without one of their own; "" for those that have none then.
ADMONITIONS: Mapping[str, str] = {
    "admonition": "",
    "attention": N_("Attention"),
    "caution": N_("Caution"),
    "danger": N_("Danger"),
    "dropdown": N_("More"),
    "error": N_("Error"),
    "exercise": N_("Exercise"),
    "hint": N_("Hint"),
    "important": N_("Important"),
    "note": N_("Note"),
    "question": N_("Question"),
    "seealso": N_("See also"),
    "solution": N_("Solution"),
    "tip": N_("Tip"),
    "todo": N_("To do"),
    "warning": N_("Warning"),
}
# Those that open when asked to.
FOLDED = frozenset(["dropdown", "solution"])
# Blocks that need no frame nor name.
QUIET = frozenset(["", "aside", "card", "container", "div", "epigraph", "grid", "grid-item", "grid-item-card", "margin",
                   "pull-quote", "sidebar", "tab-item", "tab-set", "tip-box", "topic"])  # fmt: skip
