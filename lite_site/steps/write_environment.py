"""Step: the server's environment of each course, as files pip, uv and Conda install from."""

from lite_site.courses.model import Course
from lite_site.environment.held import compare_sides
from lite_site.environment.imports import declared_names
from lite_site.environment.lock_text import CourseLock
from lite_site.environment.server.export import as_conda, as_requirements
from lite_site.environment.server.words import text_of
from lite_site.notebooks.document import JsonObject
from lite_site.steps.build import Build

REQUIREMENTS = "environment/requirements.txt"
CONDA = "environment/environment.yml"


def write_environment(build: Build) -> None:
    """Write both files for each course whose lock has a server's side; courses taken over whole have them."""
    for course in build.courses:
        lock = build.environments.get(course.slug)
        if lock and lock.server and course.slug not in build.reused:
            requirements = as_requirements(lock.server, lock.python)
            conda = as_conda(course.slug, lock.server, course.declaration, lock.python)
            build.tree.write(f"{course.slug}/{REQUIREMENTS}", requirements.encode())
            build.tree.write(f"{course.slug}/{CONDA}", conda.encode())


def environment_as_json(course: Course, lock: CourseLock | None) -> JsonObject | None:
    """The environment in `course.json`, None for a course without a server's side; addresses as in the course."""
    if lock is None or not lock.server:
        return None
    named = {*declared_names(course.packages), *lock.imported}
    return {
        "lock_sha256": lock.sha256,
        "python": lock.python,
        "requirements": REQUIREMENTS,
        "conda": CONDA,
        "differences": [
            {
                "package": one.package,
                "browser": one.browser,
                "server": one.server,
                "meaning": one.meaning,
                "text": {str(language): words for language, words in text_of(one).by_language.items()},
            }
            for one in compare_sides(lock, named)
        ],
    }
