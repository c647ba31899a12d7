from collections.abc import Mapping
from functools import cache
from pathlib import PurePosixPath

from packaging.utils import canonicalize_name

from lite_site.courses.model import Declaration, Lesson, Placement, Profile, Reason, Wanted, Word
from lite_site.environment.catalogue import Catalogue, catalogue
from lite_site.language import Text
from lite_site.notebooks.facts import Fact
from lite_site.placement.place import place
from lite_site.placement.proof import Proof
from lite_site.placement.surroundings import Surroundings
from lite_site.placement.well_known import PURE


@cache
def real_catalogue() -> Catalogue:
    """The wheels there are, but for those of pure packages that a course would have to ask for."""
    asked = {canonicalize_name(package) for package in PURE.values()}
    return Catalogue({name: wheel for name, wheel in catalogue().by_name.items() if name not in asked})


def a_lesson(*facts: Fact, path: str = "lesson.ipynb", kernel: str = "python", word: Word | None = None) -> Lesson:
    file = PurePosixPath(path)
    return Lesson(
        path=file,
        published=file.with_suffix(".ipynb"),
        slug=file.stem,
        title=Text({"en": file.stem}),
        language="en",
        sha256="",
        kernel=kernel,
        word=word or Word(),
        facts=facts,
    )


def surroundings(
    files: Mapping[str, int] | None = None,
    *,
    heavy: Mapping[str, int] | None = None,
    modules: Mapping[str, tuple[Fact, ...]] | None = None,
    declared: tuple[str, ...] = (),
    conda: tuple[str, ...] = (),
    profiles: tuple[Profile, ...] = (),
    left: Mapping[str, str] | None = None,
    proof: Proof | None = None,
    runs: tuple[str, ...] = (),
) -> Surroundings:
    return Surroundings(
        files={PurePosixPath(path): size for path, size in (files or {}).items()},
        heavy={PurePosixPath(path): size for path, size in (heavy or {}).items()},
        modules={PurePosixPath(path): facts for path, facts in (modules or {}).items()},
        known=real_catalogue(),
        declared=Declaration("course.toml", tuple(Wanted(text, "") for text in declared), wanted(conda)),
        profiles=profiles,
        proof=proof,
        left={PurePosixPath(path): PurePosixPath(lesson) for path, lesson in (left or {}).items()},
        can_run=lambda command: command.partition(" ")[0] in runs,
    )


def wanted(texts: tuple[str, ...]) -> tuple[Wanted, ...]:
    return tuple(Wanted(text, "environment.yml") for text in texts)


def placed(*facts: Fact, around: Surroundings | None = None, word: Word | None = None) -> Placement:
    return place(a_lesson(*facts, word=word), around or surroundings())


def the_reason(placement: Placement, code: str) -> Reason:
    found = [reason for reason in placement.reasons if reason.code == code]
    assert len(found) == 1, [(reason.code, reason.subject) for reason in placement.reasons]
    return found[0]


def codes(placement: Placement) -> list[str]:
    return [reason.code for reason in placement.reasons]
