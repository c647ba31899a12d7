"""Step: each lesson runs in the browser or on the cluster, with the reasons."""

from collections.abc import Iterator
from dataclasses import replace

from lite_site.courses.model import Course, Lesson
from lite_site.environment.course_lock import course_catalogue
from lite_site.language import Language
from lite_site.placement.place import place
from lite_site.placement.profiles import problems_in_profiles
from lite_site.placement.proof import read_proofs
from lite_site.problems import BuildError, Problem
from lite_site.steps.build import Build
from lite_site.steps.proofs import proof_of
from lite_site.steps.surroundings import surroundings_of

TOLD_IN: Language = "en"


def place_lessons(build: Build) -> None:
    """Settle where every lesson runs; tell the teacher of each that goes to the cluster unasked."""
    placed, problems = place_courses(build.courses)
    if any(problem.severity == "error" for problem in problems):
        raise BuildError(problems)
    build.warnings += problems
    build.site = replace(build.site, courses=placed)


def place_courses(courses: tuple[Course, ...]) -> tuple[tuple[Course, ...], list[Problem]]:
    """The courses with their lessons placed as far as their locks can be read, and what is to be said of it."""
    placed: list[Course] = []
    problems: list[Problem] = []
    for course in courses:
        settled, faults = place_course(course)
        placed.append(settled or course)
        problems += [*faults, *unasked(settled or course)]
    return tuple(placed), problems


def place_course(course: Course) -> tuple[Course | None, list[Problem]]:
    """A course with its lessons placed, None where its lock or proofs can't be read; its profiles' problems, too."""
    try:
        known = course_catalogue(course)
        proofs = read_proofs(course.folder)
    except BuildError as error:
        return None, list(error.problems)
    around = surroundings_of(course, known)
    lessons = []
    for lesson in course.lessons:
        proof = proof_of(course, lesson, around, proofs)
        lessons.append(replace(lesson, placement=place(lesson, around.with_proof(proof) if proof else around)))
    return replace(course, lessons=tuple(lessons)), list(problems_in_profiles(course))


def unasked(course: Course) -> Iterator[Problem]:
    """A warning for each lesson that goes to the cluster by itself, and where the teacher's word is contradicted."""
    for lesson in course.lessons:
        for reason in lesson.placement.reasons:
            sentence = reason.text.in_language(TOLD_IN)
            change = reason.change.in_language(TOLD_IN) if reason.change else "Say where it runs in course.toml."
            place = str(course.folder / lesson.path)
            where = place if reason.cell is None else f"{place}, cell {reason.cell}"
            if reason.code == "teacher-contradicts":
                yield Problem(where, sentence, change, "placement-contradicted", "warning")
            elif lesson.placement.where == "cluster" and lesson.word.where is None:
                yield Problem(where, f"It goes to the cluster. {sentence}", change, "lesson-on-cluster", "warning")
                break


def browser_lessons(course: Course) -> tuple[Lesson, ...]:
    """The lessons that run in the browser."""
    return tuple(lesson for lesson in course.lessons if lesson.placement.where == "browser")
