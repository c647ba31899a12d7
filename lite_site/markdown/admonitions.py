"""The boxes that MyST draws attention with: their names, and their titles in the lesson's language."""

from collections.abc import Mapping

N_ = str  # marks a message for the catalogues (https://babel.pocoo.org/en/latest/messages.html)

# The title of those without one of their own; "" for those that have none then.
ADMONITIONS: Mapping[str, str] = {
    "admonition": "",
    "algorithm": N_("Algorithm"),
    "assumption": N_("Assumption"),
    "attention": N_("Attention"),
    "axiom": N_("Axiom"),
    "caution": N_("Caution"),
    "conjecture": N_("Conjecture"),
    "corollary": N_("Corollary"),
    "danger": N_("Danger"),
    "definition": N_("Definition"),
    "dropdown": N_("More"),
    "error": N_("Error"),
    "example": N_("Example"),
    "exercise": N_("Exercise"),
    "hint": N_("Hint"),
    "important": N_("Important"),
    "lemma": N_("Lemma"),
    "note": N_("Note"),
    "proof": N_("Proof"),
    "property": N_("Property"),
    "proposition": N_("Proposition"),
    "question": N_("Question"),
    "remark": N_("Remark"),
    "seealso": N_("See also"),
    "solution": N_("Solution"),
    "theorem": N_("Theorem"),
    "tip": N_("Tip"),
    "todo": N_("To do"),
    "warning": N_("Warning"),
}
# Exercises whose text goes on in the cells below them.
STARTS = {"exercise-start": "exercise", "solution-start": "solution"}
# Those that open when asked to.
FOLDED = frozenset(["dropdown", "solution"])
# Blocks that need no frame nor name.
QUIET = frozenset(["", "aside", "card", "container", "div", "epigraph", "grid", "grid-item", "grid-item-card", "margin",
                   "pull-quote", "sidebar", "tab-item", "tab-set", "topic"])  # fmt: skip
