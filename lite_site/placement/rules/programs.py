"""Rules on programs: what the lesson runs outside Python, and what it installs."""

from collections.abc import Iterator

from lite_site.courses.model import Reason
from lite_site.placement.case import Case
from lite_site.placement.commands import only_shows, program_in
from lite_site.placement.surroundings import wish_in

_LONGEST = 60
_STARTED = ("!", "%", "subprocess.")
_OF_OS = frozenset(("os.popen", "os.system"))
_GOES_ON = frozenset(("!", "os.system"))  # nothing is raised where the program isn't there


def programs(case: Case) -> Iterator[Reason]:
    """Programs a browser hasn't got; those that only show something are worth a note."""
    for seen in case.of("program"):
        command = seen.fact.subject
        if case.paths.spares(seen) or (_in_our_hands(seen.fact.manner) and case.around.can_run(command)):
            continue
        if command == seen.fact.manner:
            yield seen.reason("program.call", command=command)
            continue
        key = "program-shows" if seen.fact.manner in _GOES_ON and only_shows(command) else "program"
        yield seen.reason(key, program_in(command), command=_short(command))


def installs(case: Case) -> Iterator[Reason]:
    """Packages the lesson installs and that come with the site: nothing to do."""
    for seen in case.of("install"):
        wish = wish_in(seen.fact.subject)
        wheel = case.around.known.get(wish.name) if wish else None
        if wheel:
            yield seen.reason("installs", wheel.name, package=wheel.name, version=wheel.version)


def _in_our_hands(manner: str) -> bool:
    """Whether the browser's kernel steps in before a program starts; of `%%bash`, a fact tells the worst line."""
    return manner.startswith(_STARTED) or manner in _OF_OS


def _short(command: str) -> str:
    return command if len(command) <= _LONGEST else f"{command[: _LONGEST - 1]}…"
