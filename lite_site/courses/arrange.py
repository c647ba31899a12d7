"""Which notebooks of a course are lessons, in which order, and which of them translate others."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from lite_site.courses.config import CourseConfig, LessonConfig
from lite_site.courses.globs import matches
from lite_site.courses.listing import Entry
from lite_site.courses.names import language_suffix, lesson_slug, nfc, twin_slug
from lite_site.courses.reading import LessonReading
from lite_site.language import Language
from lite_site.notebooks.inspection import Inspection
from lite_site.notebooks.kinds import published_path

# Never published, even where a glob names them; the second set is left out of "everything beside".
_OURS = frozenset(("course.toml", "environment.lock", "proofs.toml"))
_NOT_FOR_PUPILS = frozenset(("requirements.txt", "environment.yml", "environment.yaml", "pyproject.toml", "makefile"))
# At the top of a course these declare, install or build; deeper down they may be anything.
_NOT_FOR_PUPILS_AT_TOP = frozenset((
    "_config.yml", "_toc.yml", "apt.txt", "conda-lock.yml", "default.nix", "description", "dockerfile", "install.r",
    "manifest.toml", "myst.yml", "pdm.lock", "pipfile", "pipfile.lock", "pixi.lock", "pixi.toml", "poetry.lock",
    "postbuild", "project.toml", "require", "runtime.txt", "setup.cfg", "setup.py", "start", "tox.ini", "uv.lock",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A notebook chosen as a lesson, and what was seen in it."""

    entry: Entry
    place: str
    inspection: Inspection
    settings: LessonConfig | None = None

    @property
    def published(self) -> PurePosixPath:
        """Where it stands on the site."""
        return PurePosixPath(nfc(str(published_path(self.entry.path))))


def choose(config: CourseConfig, notebooks: Sequence[Entry]) -> Iterator[tuple[Entry, LessonConfig | None]]:
    """The notebooks that are lessons, in order: those listed with their twins, or all if none is."""
    if config.lessons is None:
        yield from ((entry, None) for entry in notebooks)
        return
    by_path = {nfc(str(entry.path)): entry for entry in notebooks}
    settings = {str(lesson.path): lesson for lesson in reversed(config.lessons)}
    for lesson in config.lessons:
        if entry := by_path.pop(str(lesson.path), None):
            yield entry, settings[str(lesson.path)]
            base, _ = language_suffix(entry.path)
            for path, twin in tuple(by_path.items()):
                other, language = language_suffix(twin.path)
                if other == base and language and path not in settings:
                    del by_path[path]
                    yield twin, None


def without_paired_texts(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without the text half of a Jupytext pair: the `.ipynb` has the outputs."""
    paired = {candidate.published for candidate in candidates if candidate.inspection.paired}
    whole = {c.published for c in candidates if c.entry.path.suffix.lower() == ".ipynb"}
    return [
        candidate
        for candidate in candidates
        if candidate.entry.path.suffix.lower() == ".ipynb" or candidate.published not in paired & whole
    ]


def course_language(config: CourseConfig, inspections: Sequence[Inspection], otherwise: Language) -> Language:
    """The course's language: declared, or what most notebooks declare, or look like, or the site's."""
    if config.language:
        return config.language
    declared = Counter(item.language for item in inspections if item.language)
    guessed = Counter(item.guess for item in inspections if item.guess)
    for votes in (declared, guessed):
        if votes:
            return max(sorted(votes), key=lambda language: votes[language])
    return otherwise


def arrange(candidates: Iterable[Candidate], config: CourseConfig, language: Language) -> Iterator[LessonReading]:
    """The lessons in order, each followed by its twins."""
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(language_suffix(candidate.entry.path)[0], []).append(candidate)
    for base, group in groups.items():
        slug = lesson_slug(PurePosixPath(f"{base}.ipynb"))
        original = min(group, key=lambda candidate: _rank(candidate, language))
        yield _lesson(original, slug, None, config, language)
        for candidate in group:
            suffix = language_suffix(candidate.entry.path)[1]
            if candidate is not original:
                twin = twin_slug(slug, suffix) if suffix else slug
                if suffix and candidate.settings is None and original.settings:
                    settings = replace(original.settings, title=None, language=None)
                    candidate = replace(candidate, settings=settings)  # noqa: PLW2901 (as its original is set)
                yield _lesson(candidate, twin, slug if suffix else None, config, language)


def select_data(
    config: CourseConfig,
    entries: Iterable[Entry],
    notebooks: Iterable[Entry],
    lessons: Iterable[LessonReading],
) -> Iterator[Entry]:
    """The files published beside the lessons: those the globs name, or all that are meant for pupils."""
    published = {lesson.published for lesson in lessons}
    sources = {entry.path for entry in notebooks}
    for entry in entries:
        is_source = entry.path in sources
        if entry.path.name in _OURS or (is_source and published_path(entry.path) in published):
            continue
        if config.data is None:
            if not is_source and _is_for_pupils(entry.path):
                yield entry
        elif any(matches(entry.path, glob) for glob in config.data):
            yield entry


def _is_for_pupils(path: PurePosixPath) -> bool:
    """Whether a file that no glob names is a lesson's, not one of those a course is declared, built or kept with."""
    name = path.name.casefold()
    if len(path.parts) > 1:
        at_top = path.parts[0] == "binder"
    else:
        at_top = name in _NOT_FOR_PUPILS_AT_TOP or (name.startswith("requirements") and name.endswith((".txt", ".in")))
    return not at_top and name not in _NOT_FOR_PUPILS and not name.startswith("readme")


def _rank(candidate: Candidate, language: Language) -> tuple[int, int]:
    """Lowest for the original of twins: the one without a suffix, then the one in the course's language."""
    suffix = language_suffix(candidate.entry.path)[1]
    return (0 if suffix is None else 1, 0 if suffix == language else 1)


def _lesson(
    candidate: Candidate, slug: str, original: str | None, config: CourseConfig, course: Language
) -> LessonReading:
    settings, inspection = candidate.settings, candidate.inspection
    language = (
        (settings and settings.language)
        or language_suffix(candidate.entry.path)[1]
        or inspection.language
        or config.language
        or inspection.guess
        or course
    )
    return LessonReading(
        candidate.entry, candidate.place, candidate.published, slug, language, inspection, settings, original
    )
