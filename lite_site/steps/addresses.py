"""Where things stand on the site: a course's pages and lessons, and what all courses share."""

from urllib.parse import urlencode

from lite_site.courses.model import Course, Interface, Lesson
from lite_site.environment.wheels import Wheel
from lite_site.language import Language

LESSONS = "lessons"


def app_folder(course: Course, app: Interface, language: Language) -> str:
    """The folder of an interface's page in the course: `notebooks`, or `en/notebooks` for another language."""
    return app if language == course.language else f"{language}/{app}"


def main_interface(course: Course) -> Interface:
    """Where a course's lessons open: the Notebook interface where it has it, else the first it names."""
    return "notebooks" if "notebooks" in course.interfaces else course.interfaces[0]


def lesson_href(course: Course, lesson: Lesson, app: Interface) -> str:
    """Where a lesson opens, from the course page."""
    query = urlencode({"path": str(lesson.published)})
    return f"{app_folder(course, app, lesson.language)}/index.html?{query}"


def page_name(lesson: Lesson) -> str:
    """The file of a lesson's page to read, in the folder of the course's lessons."""
    return f"{lesson.slug}.html"


def page_href(lesson: Lesson) -> str:
    """Where a lesson reads, from the course page."""
    return f"{LESSONS}/{page_name(lesson)}"


def place_of(wheel: Wheel) -> str:
    """Where a wheel stands on the site."""
    return f"_passerelle/wheels/{wheel.sha256[:16]}/{wheel.file_name}"
