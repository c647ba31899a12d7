"""What a browser loads for a lesson: the modules it takes from outside the course, and their packages."""

from lite_site.courses.model import Lesson
from lite_site.placement.case import Case, case_of
from lite_site.placement.modules import LIBRARY, top_of
from lite_site.placement.surroundings import Surroundings


def needed_in_browser(lesson: Lesson, around: Surroundings) -> set[str]:
    """The top-level modules a lesson takes from outside the course; what it can do without, only where there is one."""
    return modules_of(case_of(lesson, around))


def modules_of(case: Case) -> set[str]:
    """The top-level modules a lesson imports, itself or through the course's own, beyond Python's library.

    What it can do without is there if the browser has it; what it can't do without is there even if not.
    """
    shelf = case.shelf
    needed = {shelf.taken(seen.fact) for seen in case.of("import")}
    spare = {module for seen in case.optional.get("import", ()) for module in (seen.fact.subject, *seen.fact.otherwise)}
    spare |= {module for seen in case.of("import") for module in (seen.fact.subject, *seen.fact.otherwise)}
    found = needed | {module for module in spare if shelf.wheel_of(module)}
    return {top_of(module) for module in found if top_of(module) not in LIBRARY and not shelf.is_own(module)}


def packages_of(case: Case) -> tuple[str, ...]:
    """The names of the packages those modules come from, sorted, without those that every page loads."""
    brings = case.around.brings
    named = {brings[module].name for module in modules_of(case) if module in brings}
    return tuple(sorted(named - case.around.kernels_own))
