"""Makes a new course: a small one that builds, to be changed line by line."""

import json
import os
import shutil
import string
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from lite_site.courses.names import RESERVED_COURSES, slug_of, unportable
from lite_site.language import Language
from lite_site.problems import BuildError, Problem

_LONGEST_NAME = 100


def new_course(contents: Path, name: str, language: Language) -> Path:
    """A new folder in `contents` with a course of two lessons, titled `name`; returns the folder.

    The folder's name is that of its address: “Ma génétique” gives `ma-genetique`. Raises BuildError where
    the name is unsafe or taken, or the folder can't be written; nothing is left behind then.
    """
    place = contents.as_posix()
    slug = slug_of(name)
    if problem := _name_problem(name, slug, place) or _taken_problem(contents, slug):
        raise BuildError([problem])
    beside = contents / f".new-{slug}-{os.getpid()}"
    try:
        contents.mkdir(parents=True, exist_ok=True)
        beside.mkdir()
        try:
            _copy(files(__package__) / "template" / language, beside, name)
            return beside.rename(contents / slug)
        except OSError:
            shutil.rmtree(beside, ignore_errors=True)
            raise
    except OSError as error:
        raise BuildError([_unwritable(place, error)]) from error


def _copy(source: Traversable, target: Path, title: str) -> None:
    for item in source.iterdir():
        copy = target / item.name
        if item.is_dir():
            copy.mkdir()
            _copy(item, copy, title)
        elif item.name == "course.toml":
            words = json.dumps(title, ensure_ascii=False)  # JSON's quotes and escapes are TOML's
            copy.write_text(string.Template(item.read_text("utf-8")).substitute(title=words), "utf-8")
        else:
            copy.write_bytes(item.read_bytes())


def _name_problem(name: str, slug: str, place: str) -> Problem | None:
    why = None
    if not name.isprintable() or "/" in name or "\\" in name or name.startswith(".") or len(name) > _LONGEST_NAME:
        why = "can't name a folder"
    elif not slug:
        why = "has no letter from a to z and no digit, so it makes no web address"
    elif slug in RESERVED_COURSES:
        why = "is a name the site needs itself"
    elif unportable(slug):
        why = "is the name of a device on Windows"
    if why is None:
        return None
    return Problem(place, f"“{name}” {why}.", "Choose another name, such as “Statistics 1”.", "course-name")


def _taken_problem(contents: Path, slug: str) -> Problem | None:
    if not contents.is_dir():
        if not contents.exists():
            return None
        remedy = "Name the folder that holds your courses."
        return Problem(contents.as_posix(), "It isn't a folder.", remedy, "contents-not-folder")
    for other in sorted(contents.iterdir()):
        if slug_of(other.name) == slug and not other.name.startswith("."):
            remedy = "Choose another name, or remove that folder."
            return Problem(other.as_posix(), "There is a course of this name already.", remedy, "course-exists")
    return None


def _unwritable(place: str, error: OSError) -> Problem:
    reason = error.strerror or "unknown reason"
    return Problem(
        place,
        f"The course can't be written ({reason}).",
        "Choose a folder you may write to.",
        "contents-unwritable",
    )
