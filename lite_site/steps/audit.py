"""Step: reads what was written as a browser would, and refuses a site that leaves its origin or has dead ends."""

import json
from collections.abc import Iterator
from pathlib import Path

from lite_site.problems import BuildError, Problem
from lite_site.site.audit import (
    css_references,
    off_origin,
    problems_in_css,
    problems_in_headers,
    problems_in_json,
    problems_in_page,
    problems_in_script,
    read_references,
)
from lite_site.site.connection import HEADER_FILES
from lite_site.steps.addresses import LESSONS
from lite_site.steps.build import Build
from lite_site.steps.write_shared import PYODIDE

# Pyodide's own loader, verified by hash, names its distribution as the place for packages a lock doesn't place;
# ours places every one (`problems_in_json` sees to it).
PYODIDE_LOADER = f"{PYODIDE}/pyodide.mjs"
CONFIGURATIONS = ("pyodide-lock.json", "jupyter-lite.json")


def audit(build: Build) -> None:
    """Audit every file that is new, or stands in a course that changed."""
    fresh = [path for path in sorted(build.tree.files) if is_fresh(build, path)]
    pages = {path: read_references(text_of(build, path)) for path in fresh if is_page(path)}
    anchors = {path: found.anchors for path, found in pages.items()}
    problems: list[Problem] = []
    for number, path in enumerate(fresh):
        build.report.progress(number, len(fresh), path)
        if path in pages:
            # The anchors that lessons name are their teachers': `check` warns of those that aren't there.
            known = {} if is_lesson_page(path) else anchors
            problems += problems_in_page(path, pages[path], build.tree.files, known, build.site.hub)
        else:
            problems += problems_in(build, path)
    if problems:
        raise BuildError(problems)


def problems_in(build: Build, path: str) -> Iterator[Problem]:
    """What is wrong with one file that is no page of ours."""
    if "/files/" in path:
        yield from problems_in_course_file(build, path)
    elif path in HEADER_FILES:
        yield from problems_in_headers(path, text_of(build, path), build.site.hub)
    elif path.endswith(".css"):
        yield from problems_in_css(path, text_of(build, path), build.tree.files)
    elif path.endswith((".js", ".mjs")) and path != PYODIDE_LOADER:
        yield from problems_in_script(path, text_of(build, path))
    elif path.endswith(CONFIGURATIONS):
        yield from problems_in_json(path, json.loads(text_of(build, path)))


def problems_in_course_file(build: Build, path: str) -> Iterator[Problem]:
    """A teacher's own page, drawing or stylesheet, which no policy of ours accompanies, that loads from elsewhere."""
    if not path.lower().endswith((".html", ".htm", ".svg", ".css")):
        return
    text = build.tree.read(path).decode("utf-8", "replace")
    loads = css_references(text) if path.lower().endswith(".css") else read_references(text).loads
    course, _, inner = path.partition("/files/")
    folder = next((one.folder for one in build.courses if one.slug == course), Path(course))
    for address in sorted({address for address in loads if off_origin(address)}):
        problem = f"loads {address} from another site."
        remedy = "Put the file beside it and name that, or leave the page out of the course's data."
        yield Problem(f"{folder.as_posix()}/{inner}", problem, remedy, "file-off-site")


def is_fresh(build: Build, path: str) -> bool:
    """Whether the last audit doesn't already stand for this file.

    A lesson's page names what its links lead to as the course has it now, so the same page has the same sound links.
    """
    shared = path.startswith("_passerelle/") or is_lesson_page(path)
    return path not in build.tree.reused or not (shared or path.partition("/")[0] in taken_over(build))


def taken_over(build: Build) -> set[str]:
    """The courses whose folders are as they were."""
    return build.reused | set(build.carried)


def is_page(path: str) -> bool:
    """Whether the file is a page of ours (a course's own HTML files aren't)."""
    return path.endswith(".html") and "/files/" not in path


def is_lesson_page(path: str) -> bool:
    """Whether the file is a lesson's page to read."""
    return path.partition("/")[2].startswith(f"{LESSONS}/")


def text_of(build: Build, path: str) -> str:
    """A text file of the site."""
    return build.tree.read(path).decode("utf-8")
