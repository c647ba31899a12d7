"""Names people mix up: a module's for its package's, and those that look alike."""

import difflib
from functools import cache
from importlib.resources import files

from packaging.utils import canonicalize_name

from lite_site.environment.catalogue import catalogue

_NEAR = 0.75
_MOST = 3


def package_of(name: str) -> str:
    """The package that brings a module of this name where it has another, "" otherwise ("cv2": opencv-python)."""
    return _modules().get(canonicalize_name(name), "")


def similar_names(name: str) -> tuple[str, ...]:
    """Up to three packages whose names look like this one, the likeliest first."""
    known = sorted({*catalogue().by_name, *_popular(), *_modules()})
    close = difflib.get_close_matches(canonicalize_name(name), known, n=_MOST, cutoff=_NEAR)
    return tuple(dict.fromkeys(_modules().get(match, match) for match in close))


@cache
def _popular() -> tuple[str, ...]:
    return tuple(_lines("popular.txt"))


@cache
def _modules() -> dict[str, str]:
    """Module to package, in their PEP 503 spelling."""
    pairs = (line.split() for line in _lines("modules.txt"))
    return {canonicalize_name(module): package for module, package in pairs}


def _lines(name: str) -> list[str]:
    text = (files("lite_site.environment.server") / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
