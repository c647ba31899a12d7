"""What a course's lessons are judged against, gathered from its files, its declaration and what the browser has."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from lite_site.courses.model import Course, DataFile
from lite_site.environment.browser_package.passerelle_browser.commands import can_run
from lite_site.environment.catalogue import Catalogue
from lite_site.notebooks.code import facts_in
from lite_site.notebooks.facts import Fact
from lite_site.placement.paths import left_by
from lite_site.placement.surroundings import Surroundings

BROWSER_KERNELS = frozenset(("python",))
LONGEST_MODULE = 1_000_000


def surroundings_of(course: Course, known: Catalogue) -> Surroundings:
    """What the lessons of a course are judged against."""
    modules = {file.path: facts_of(file) for file in course.files if file.path.suffix == ".py"}
    return Surroundings(
        files={**sizes_of(course.files), **{lesson.published: 0 for lesson in course.lessons}},
        heavy=sizes_of(course.heavy),
        modules={**modules, **{lesson.published: lesson.facts for lesson in course.lessons}},
        known=known,
        declared=course.declaration,
        budget=course.budget,
        kernels=BROWSER_KERNELS,
        profiles=course.profiles,
        can_run=can_run,
        left=left_by(course.lessons),
    )


def sizes_of(files: tuple[DataFile, ...]) -> Mapping[PurePosixPath, int]:
    """Bytes by path."""
    return {file.path: file.size for file in files}


def facts_of(module: DataFile) -> tuple[Fact, ...]:
    """What one of the course's own modules asks for; nothing is read in one too long to be written by hand."""
    if module.size > LONGEST_MODULE:
        return ()
    return facts_in([(1, module.source.read_text(encoding="utf-8", errors="replace"))])
