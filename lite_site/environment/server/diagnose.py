"""Why a server's environment can't be found: each wish on its own first, then the fewest that don't go together."""

from collections.abc import Iterator, Sequence

from packaging.requirements import Requirement

from lite_site.environment.server.conflict import conflict_among
from lite_site.environment.server.explanation import Fault, find_faults, find_needs, find_platforms, find_pythons
from lite_site.environment.server.names import package_of, similar_names
from lite_site.environment.server.search import Search, ServerWish, versions_in
from lite_site.problems import Problem
from lite_site.runtime.uv import UvRun

ROUNDS = 6
HASH = "--hash="
_GRAVEST = ("absent", "yanked", "platform", "python", "version", "source")


def find_sources(search: Search, wishes: Sequence[ServerWish], ended: UvRun) -> UvRun:
    """Let packages in that have no wheel but come as source, as long as that is what's in the way."""
    asked_about = {wish.name for wish in _without_wheels(search, wishes)}
    for name in sorted(asked_about):
        _let_in(search, [wish for wish in wishes if wish.name == name])
    if search.sources:
        ended = search.together(wishes)
    for _ in range(ROUNDS):
        wanting = {fault.name for fault in find_faults(ended.said) if fault.kind == "source"} - asked_about
        if ended.outcome != "unsatisfiable" or not wanting:
            break
        asked_about |= wanting
        before = search.sources
        for name in sorted(wanting):
            _let_in(search, _needed(name, wishes, ended.said))
        if search.sources == before:
            break
        ended = search.together(wishes)
    return ended


def problems_in(search: Search, wishes: Sequence[ServerWish], ended: UvRun) -> tuple[Problem, ...]:
    """Everything that keeps these wishes from being found together; `ended` is the run that failed."""
    faulty = dict(_faulty_alone(search, wishes))
    faulty |= {wish: ended for wish in search.elsewhere if wish in wishes and wish not in faulty}
    problems = [_alone_problem(search, wish, run) for wish, run in faulty.items()]
    rest = tuple(wish for wish in wishes if wish not in faulty)
    if faulty:
        ended = find_sources(search, rest, search.together(rest))
    if ended.outcome == "unsatisfiable":
        problems.append(conflict_among(search, rest, ended))
    elif ended.outcome == "unbuildable":
        problems.append(_unbuildable(rest, ended))
    return tuple(problems)


def _without_wheels(search: Search, wishes: Sequence[ServerWish]) -> Iterator[ServerWish]:
    """The wishes that are there, but have no wheel for this Python."""
    remaining = [wish for wish in wishes if wish.name not in search.sources]
    while remaining:
        ended = search.alone(remaining)
        kinds = {fault.name: fault.kind for fault in reversed(find_faults(ended.said))}
        blamed = [wish for wish in remaining if wish.name in kinds]
        if ended.outcome != "unsatisfiable" or not blamed:
            return
        yield from (wish for wish in blamed if kinds[wish.name] == "source")
        remaining = [wish for wish in remaining if wish not in blamed]


def _let_in(search: Search, wishes: Sequence[ServerWish]) -> None:
    """Take one package as source if it never had a wheel; if it has for another Python, remember which."""
    files = search.alone(wishes, any_file=True)
    if search.alone(wishes).outcome == "done" or files.outcome != "done":
        return
    if files.text.count(HASH) > 1 and (python := search.other_python(wishes)):
        search.elsewhere |= dict.fromkeys(wishes, python)
    else:
        search.sources |= {wish.name for wish in wishes}


def _needed(name: str, wishes: Sequence[ServerWish], said: str) -> list[ServerWish]:
    """A package as the wishes and the others ask for it, as far as uv's explanation tells."""
    asked = [wish for wish in wishes if wish.name == name]
    needed = {need.versions for need in find_needs(said) if need.name == name}
    asked += [ServerWish(name, name + versions, "") for versions in sorted(needed)]
    return asked or [ServerWish(name, name, "")]


def _faulty_alone(search: Search, wishes: Sequence[ServerWish]) -> Iterator[tuple[ServerWish, UvRun]]:
    """The wishes that nobody could fulfil even if there were no others, each with what uv said of it."""
    remaining = list(wishes)
    while remaining:
        ended = search.alone(remaining, any_file=True)
        if ended.outcome != "unsatisfiable":
            return
        named = {fault.name for fault in find_faults(ended.said)}
        blamed = [wish for wish in remaining if wish.name in named]
        for wish in blamed or remaining:
            alone = search.alone([wish], any_file=True)
            if alone.outcome == "unsatisfiable":
                yield wish, alone
        if not blamed:
            return
        remaining = [wish for wish in remaining if wish not in blamed]


def _alone_problem(search: Search, wish: ServerWish, ended: UvRun) -> Problem:
    if wish in search.elsewhere:
        return _other_python(search, wish, Fault("python", wish.name), ended)
    faults = [fault for fault in find_faults(ended.said) if fault.name == wish.name]
    fault = min(faults, key=lambda fault: _GRAVEST.index(fault.kind), default=Fault("version", wish.name))
    if fault.kind == "absent":
        return _absent(wish)
    if fault.kind == "python":
        return _other_python(search, wish, fault, ended)
    if fault.kind == "platform":
        return _other_platform(wish, ended)
    if fault.kind == "yanked":
        return _withdrawn(search, wish, fault)
    return _no_version(search, wish)


def _absent(wish: ServerWish) -> Problem:
    guess = package_of(wish.name)
    near = (guess,) if guess else similar_names(wish.name)
    remedy = f"Did you mean {' or '.join(near)}?" if near else "Check its name on the index's own pages."
    return Problem(wish.place, f"The Python package index has no package named {wish.name}.", remedy, "package-absent")


def _no_version(search: Search, wish: ServerWish) -> Problem:
    near = _known_versions(search, wish)
    remedy = f"Ask for one there is: {near}." if near else f"Ask for {wish.name} without a version."
    problem = f'No version of {wish.name} is what "{wish.text}" asks for.'
    return Problem(wish.place, problem, remedy, "package-no-version")


def _other_python(search: Search, wish: ServerWish, fault: Fault, ended: UvRun) -> Problem:
    made_for = search.elsewhere.get(wish) or find_pythons(ended.hints)
    needs = f"needs Python {_in_words(fault.detail)}" if fault.detail else "isn't made for it"
    needs = f"is made for Python {made_for}" if made_for and not fault.detail else needs
    near = _known_versions(search, wish)
    other = f", or ask for a version that goes with it: {near}" if near else ""
    return Problem(
        wish.place,
        f'The server has Python {search.python}, and "{wish.text}" {needs}.',
        f"Declare another Python for the course{other}.",
        "package-other-python",
    )


def _in_words(versions: str) -> str:
    """Say ">=3.12" as people do; anything longer stays as it is written."""
    at_least = versions.removeprefix(">=")
    return f"{at_least} or newer" if at_least != versions and "," not in versions else versions


def _other_platform(wish: ServerWish, ended: UvRun) -> Problem:
    platforms = find_platforms(ended.hints)
    only = f"; there is one for {platforms}" if platforms else ""
    return Problem(
        wish.place,
        f'"{wish.text}" has no file that Linux can install{only}.',
        f"Take it out, or write \"{wish.name}; sys_platform == 'win32'\" if people install it at home.",
        "package-other-platform",
    )


def _withdrawn(search: Search, wish: ServerWish, fault: Fault) -> Problem:
    why = f" ({fault.detail})" if fault.detail else ""
    near = _known_versions(search, wish)
    return Problem(
        wish.place,
        f'"{wish.text}" leaves only versions that their authors have withdrawn{why}.',
        f"Ask for another: {near}." if near else f"Ask for {wish.name} without a version.",
        "package-withdrawn",
    )


def _unbuildable(wishes: Sequence[ServerWish], ended: UvRun) -> Problem:
    place = next((wish.place for wish in wishes if wish.name == ended.blamed), "environment.lock")
    guess = package_of(ended.blamed)
    why = f": {ended.said.rstrip('.')}" if ended.said else ""
    return Problem(
        place,
        f"{ended.blamed} comes as source only, and its source can't be prepared here{why}.",
        f"Did you mean {guess}?" if guess else "Ask for a version that has a wheel, or for another package.",
        "package-unbuildable",
    )


def _known_versions(search: Search, wish: ServerWish) -> str:
    """The newest version there is, and the newest before the one asked for where that is another."""
    newest = search.newest([wish.name]).get(wish.name) or search.newest([wish.name], any_file=True).get(wish.name, "")
    version = _exact(wish)
    if not (newest and version):
        return newest
    before = search.alone([ServerWish(wish.name, f"{wish.name}<{version}", "")])
    found = dict(versions_in(before.text)).get(wish.name, "")
    return f"{found} or {newest}" if found and found != newest else newest


def _exact(wish: ServerWish) -> str:
    """The one version a wish allows, "" if it allows several or what isn't on any index ("+cpu")."""
    exact = [one.version for one in Requirement(wish.text).specifier if one.operator == "=="]
    return exact[0].removesuffix(".*") if exact and "+" not in exact[0] else ""
