"""Rules on imports: what the browser can't load, what it has in another version, what the lesson can do without."""

import difflib
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from packaging.utils import canonicalize_name

from lite_site.courses.model import Reason
from lite_site.environment.catalogue import REMOVED
from lite_site.notebooks.code.gone import is_gone
from lite_site.placement.case import Case
from lite_site.placement.modules import LIBRARY, top_of
from lite_site.placement.seen import Seen
from lite_site.placement.sentences import PLATFORMS
from lite_site.placement.well_known import ABSENT, DESKTOP, LEFT_OUT, LEFT_OUT_PARTS, PURE, elsewhere
from lite_site.placement.words import needed_by, one_of, say
from lite_site.runtime.distribution import PYTHON_VERSION

PLOTTING = frozenset(("%matplotlib", "%pylab"))
"""Magics for which the browser's kernel draws below the cell what it can't draw otherwise."""
_NEAR = 0.8
_SHORTEST = 4


def imports(case: Case) -> Iterator[Reason]:
    """What the lesson can't do without and no browser can import."""
    for seen in case.of("import"):
        module = case.shelf.taken(seen.fact)
        if case.shelf.has(module) or seen.fact.manner in PLOTTING:
            continue
        found = _missing(seen, module, case)
        if call := seen.fact.manner:
            found = replace(found, text=needed_by(call, module, found.text))
        yield found


def versions(case: Case) -> Iterator[Reason]:
    """A package the course wants in a version that the browser doesn't have, where the lesson imports it."""
    if not case.around.wishes:
        return
    for seen in case.of("import"):
        module = case.shelf.taken(seen.fact)
        if top_of(module) in LIBRARY or case.shelf.is_own(module):
            continue
        wheel = case.shelf.wheel_of(module)
        if wheel is None or wheel.name in case.around.kernels_own:
            continue
        for wish in case.around.wishes.get(wheel.name, ()):
            if not wish.accepts(wheel.version):
                key = "import-other-version.pinned" if wish.is_pin_beside(wheel.version) else "import-other-version"
                yield seen.reason(key, wheel.name, wanted=wish.text, package=wheel.name, version=wheel.version)


def optional_imports(case: Case) -> Iterator[Reason]:
    """What the lesson goes without, or replaces, in the browser."""
    for seen in case.optional.get("import", ()):
        if not case.shelf.has(seen.fact.subject):
            yield seen.reason("import-optional", module=seen.fact.subject)
    for seen in case.of("import"):
        taken = case.shelf.taken(seen.fact)
        if taken != seen.fact.subject:
            yield seen.reason("import-optional.instead", module=seen.fact.subject, instead=taken)


def is_well_known(module: str) -> bool:
    """Whether a module that is missing is known for it, so that no typing error explains it."""
    top = top_of(module)
    return top in ABSENT or top in PURE or top in REMOVED or top in LEFT_OUT or _is_part(module)


def _missing(seen: Seen, module: str, case: Case) -> Reason:
    top = top_of(module)
    if top in DESKTOP or (top in _on_screen(case) and top not in ABSENT and not elsewhere(module)):
        return seen.reason("desktop", top)
    if only := elsewhere(module):
        platform = say(PLATFORMS[only]) if only in PLATFORMS else only
        return seen.reason("import-elsewhere", module, module=module, platform=platform)
    if top in REMOVED or is_gone(module):
        return _gone(seen, module, case)
    if top in LEFT_OUT or module in LEFT_OUT_PARTS:
        return seen.reason("import-no-wheel.left-out", module, module=module)
    if top in ABSENT:
        why, needs = ABSENT[top]
        return seen.reason(f"import-no-wheel.{why}", top, module=top, needs=needs)
    return _unknown(seen, top, case)


def _is_part(module: str) -> bool:
    return module in LEFT_OUT_PARTS or is_gone(module)


def _gone(seen: Seen, module: str, case: Case) -> Reason:
    """A module, or a name in one, that a package or Python itself has left behind."""
    top = top_of(module)
    if top in REMOVED:
        return seen.reason("import-no-wheel.gone", top, module=top, version=PYTHON_VERSION)
    wheel = case.shelf.wheel_of(module)
    package, version = (wheel.name, wheel.version) if wheel else ("Python", PYTHON_VERSION)
    return seen.reason("import-no-wheel.part", module, module=module, package=package, version=version)


def _on_screen(case: Case) -> set[str]:
    return {seen.fact.subject for seen in case.of("desktop")}


def _unknown(seen: Seen, top: str, case: Case) -> Reason:
    """A module nothing is known against: its package may only have to be added."""
    package = PURE.get(top, top)
    name = canonicalize_name(package)
    if top in case.around.stems:
        return seen.reason("import-no-wheel.folder", top, module=top, file=str(case.around.stems[top][0]))
    if name in case.around.from_conda:
        return seen.reason("import-no-wheel.conda", top, package=package)
    if name in case.around.wishes:
        return seen.reason("import-no-wheel.declared", top, package=package)
    if top in PURE:
        return seen.reason("import-no-wheel.pure", top, module=top, package=package)
    if near := _nearest(top, frozenset(case.around.brings)):
        return seen.reason("import-no-wheel.typo", top, module=top, nearest=one_of(near))
    return seen.reason("import-no-wheel", top, module=top, package=package)


@lru_cache(maxsize=1024)
def _nearest(module: str, brought: frozenset[str]) -> tuple[str, ...]:
    """Modules whose name looks like this one, packages before Python's library; short names all look alike."""
    if len(module) < _SHORTEST:
        return ()
    for names in (brought, LIBRARY):
        known = sorted(name for name in names if len(name) >= _SHORTEST and name != module and name[0] != "_")
        if near := difflib.get_close_matches(module, known, n=2, cutoff=_NEAR):
            return tuple(near)
    return ()
