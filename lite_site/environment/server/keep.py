"""Keeping versions: what is locked already, and the browser's, hold for as long as they go together."""

import re
from collections.abc import Sequence

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from lite_site.environment.server.search import Search, ServerWish
from lite_site.runtime.uv import UvRun

ROUNDS = 12
"""Versions given up one by one before all are: each costs a run of uv, a second or less."""
_EXACT = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==")


def together_keeping(search: Search, wishes: Sequence[ServerWish]) -> UvRun:
    """Versions that go together, with as few of the preferred ones given up as uv's explanations allow.

    uv itself takes a preference for a hint, and leaves it where another index or release looks better.
    """
    held = {name: version for name, version in search.prefer.items() if _allowed(name, version, wishes)}
    for _ in range(ROUNDS):
        ended = search.together(wishes, held)
        if ended.outcome != "unsatisfiable":
            return ended
        blamed = next((name for name in _named_in(ended.said) if name in held), None)
        if blamed is None:
            break
        del held[blamed]
    return search.together(wishes)


def _allowed(name: str, version: str, wishes: Sequence[ServerWish]) -> bool:
    asked = (Requirement(wish.text).specifier for wish in wishes if wish.name == name)
    return all(specifier.contains(version, prereleases=True) for specifier in asked)


def _named_in(said: str) -> list[str]:
    return [canonicalize_name(name) for name in _EXACT.findall(said)]
