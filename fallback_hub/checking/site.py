"""The built site, seen from the hub: its courses, what they need, whether its pages know the hub."""

import html
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from fallback_hub.checking.finding import Finding, from_problem
from fallback_hub.courses import HubCourse, examine_courses, unknown_courses
from fallback_hub.environments.interpreters import find_interpreter
from fallback_hub.environments.kernelspec import SYSTEM_PATH
from fallback_hub.places import is_served
from fallback_hub.problems import HubError
from fallback_hub.settings import HubSettings

_META = re.compile(r'<meta name="passerelle-hub" content="([^"]*)">')
_APPS = ("notebooks", "lab", "repl")


def look_at_site(settings: HubSettings) -> Iterator[Finding]:
    """Courses, their Python and programs, and the pages' word of the hub."""
    if not settings.site.is_dir():
        remedy = "Build it (passerelle build), or say in hub.toml where it is (site = …)."
        yield Finding("site", "problem", f"There is no folder {settings.site}.", remedy, "hub-site-missing")
        return
    reading = examine_courses(settings.site)
    yield from (from_problem(problem, "site") for problem in reading.problems)
    if reading.courses:
        yield Finding("site", "ok", f"{settings.site}: {', '.join(sorted(reading.courses))}.")
    yield from map(from_problem, unknown_courses(settings, reading.courses))
    yield from look_at_connection(settings)
    yield from look_at_pythons(reading.courses)
    yield from look_at_programs(reading.courses)


def look_at_connection(settings: HubSettings) -> Iterator[Finding]:
    """Whether the site's pages know this hub."""
    if is_served(settings.path):
        yield Finding("connection", "ok", "`passerelle hub serve` tells the pages of this hub as it sends them.")
        return
    hubs = {hub for page in _app_pages(settings.site) if (hub := hub_in(page)) is not None}
    remedy = f"passerelle connect {settings.url} --site {settings.site}"
    if hubs == {settings.url}:
        yield Finding("connection", "ok", f"the site's pages know {settings.url}")
    elif not hubs - {""}:
        text = "The site's pages know no hub, so nobody is offered this one."
        yield Finding("connection", "warning", text, f"Connect them: {remedy}", "hub-site-unconnected")
    else:
        text = f"The site's pages know {', '.join(sorted(hubs - {''}))}, not {settings.url}."
        yield Finding("connection", "warning", text, f"Connect them anew: {remedy}", "hub-site-elsewhere")


def look_at_pythons(courses: Mapping[str, HubCourse]) -> Iterator[Finding]:
    """Whether the Python of each course's lock is on this machine."""
    versions = {course.python for course in courses.values() if course.python}
    for version in sorted(versions, key=lambda text: [int(part) for part in text.split(".")]):
        try:
            found = find_interpreter(version, everyone=os.geteuid() == 0)
        except HubError as error:
            yield from (from_problem(problem, f"python {version}") for problem in error.problems)
        else:
            yield Finding(f"python {version}", "ok", f"{found}")
    for slug, course in sorted(courses.items()):
        if course.requirements is None and any(lesson.where == "cluster" for lesson in course.lessons):
            remedy = f"Lock it and build the site again: passerelle lock {slug}."
            text = "It has lessons for the cluster, but no list of packages for it."
            yield Finding(f"course {slug}", "warning", text, remedy, "hub-no-lock")


def look_at_programs(courses: Mapping[str, HubCourse]) -> Iterator[Finding]:
    """Whether the programs that lessons run are where kernels look."""
    for slug, course in sorted(courses.items()):
        missing = [name for name in course.programs if shutil.which(name, path=SYSTEM_PATH) is None]
        if missing:
            text = f"Its lessons run {', '.join(missing)}, which this machine hasn't got."
            remedy = f"Install them (on Debian and Ubuntu: apt-get install {' '.join(missing)})."
            yield Finding(f"course {slug}", "warning", text, remedy, "hub-program-missing")
        elif course.programs:
            yield Finding(f"course {slug}", "ok", f"{', '.join(course.programs)} are here.")


def hub_in(page: Path) -> str | None:
    """The hub a page knows, "" for none; None where the page can't be read."""
    try:
        found = _META.search(page.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return html.unescape(found[1]) if found else ""


def _app_pages(site: Path) -> Iterator[Path]:
    for app in _APPS:
        yield from sorted(site.glob(f"*/{app}/index.html"))
