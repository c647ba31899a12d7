"""The build: a list of steps over a fresh folder, swapped in when the last one is content."""

import errno
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from lite_site.courses.read import read_site
from lite_site.notebooks.cache import InspectionCache
from lite_site.problems import BuildError, Problem
from lite_site.report import Report
from lite_site.settings import Settings
from lite_site.site.hashes import Hashes
from lite_site.site.memory import Memory, recall
from lite_site.site.swap import building_folder, check_output, only_one_build, recover, swap_in
from lite_site.site.tree import Tree
from lite_site.steps.audit import audit
from lite_site.steps.build import Build
from lite_site.steps.build_shell import build_shell
from lite_site.steps.carry_others import carry_others
from lite_site.steps.connect_pages import connect_pages
from lite_site.steps.fetch_runtime import fetch_runtime
from lite_site.steps.lock_environment import lock_courses, lock_environment
from lite_site.steps.make_snapshots import make_snapshots
from lite_site.steps.place_lessons import place_courses, place_lessons
from lite_site.steps.read_courses import narrow, read_courses
from lite_site.steps.write_courses import write_courses
from lite_site.steps.write_environment import write_environment
from lite_site.steps.write_lessons import write_lessons
from lite_site.steps.write_pages import write_pages
from lite_site.steps.write_papers import write_papers
from lite_site.steps.write_shared import write_shared

STEPS: tuple[tuple[str, Callable[[Build], None]], ...] = (
    ("Reading courses", read_courses),
    ("Placing lessons", place_lessons),
    ("Locking packages", lock_environment),
    ("Fetching Pyodide and wheels", fetch_runtime),
    ("Making the kernel's snapshot", make_snapshots),
    ("Building JupyterLite", build_shell),
    ("Keeping other courses", carry_others),
    ("Writing what courses share", write_shared),
    ("Writing courses", write_courses),
    ("Writing servers' environments", write_environment),
    ("Writing pages", write_pages),
    ("Writing lessons", write_lessons),
    ("Connecting pages", connect_pages),
    ("Writing papers", write_papers),
    ("Auditing", audit),
)
WRITERS = (
    "babel", "imagesize", "jinja2", "jupytext", "linkify-it-py", "markdown-it-py", "math-core", "mdit-py-plugins",
    "nbformat", "nh3", "pygments", "rich",
)  # fmt: skip
DISK_ERRORS = {
    errno.ENOSPC: ("The disk is full.", "Free some room, then build again; the old site is untouched."),
    errno.EDQUOT: ("Your disk quota is used up.", "Free some room, then build again; the old site is untouched."),
    errno.EACCES: (
        "Reading or writing is not allowed there.",
        "Mend its rights, or give another folder with --output.",
    ),
    errno.ENOENT: ("It isn't there, or can't be made.", "Check the path, then build again."),
    errno.EFBIG: ("A file would be larger than this machine allows.", "Lift the limit: ulimit -f unlimited."),
    errno.ENOTDIR: ("Part of this path is a file, not a folder.", "Give another folder with --output."),
    errno.EROFS: ("The file system is read-only.", "Give another folder with --output."),
}


@dataclass(frozen=True, slots=True)
class Result:
    """A finished build: how many courses, lessons, files and bytes the site has, and how long it took (s)."""

    output: Path
    courses: int
    reused: int
    lessons: int
    on_cluster: int
    files: int
    size: int
    seconds: float
    warnings: tuple[Problem, ...]

    @property
    def summary(self) -> str:
        """One line for a person."""
        courses, lessons = _count(self.courses, "course"), _count(self.lessons, "lesson")
        again = f" ({self.reused} unchanged)" if self.reused else ""
        away = f" ({self.on_cluster} on the cluster)" if self.on_cluster else ""
        return (
            f"{self.output}: {courses}{again}, {lessons}{away}, {self.files} files, "
            f"{self.size / 1e6:.1f} MB, in {self.seconds:.1f} s."
        )

    def as_dict(self) -> dict[str, object]:
        """The result as JSON-ready values."""
        return {
            "ok": True,
            "output": str(self.output),
            "courses": self.courses,
            "unchanged": self.reused,
            "lessons": self.lessons,
            "on_cluster": self.on_cluster,
            "files": self.files,
            "bytes": self.size,
            "seconds": round(self.seconds, 3),
            "problems": [problem.as_dict() for problem in self.warnings],
        }


def check_contents(settings: Settings) -> tuple[Problem, ...]:
    """Every problem in the contents, without building."""
    site, problems = read_site(settings.contents)
    if settings.only:
        site, problems = narrow(site, problems, settings.contents, settings.only)
    placed, found = place_courses(site.courses)
    return tuple(sorted({*problems, *found, *lock_courses(placed)[1]}))


def build_site(settings: Settings, report: Report) -> Result:
    """Build the site whole, or raise BuildError and leave everything as it was."""
    begun = time.perf_counter()
    target = settings.output
    check_output(target)
    with told_in_sentences(target), only_one_build(target, settings.state_folder):
        recover(target)
        record = settings.state_folder / f"{target.name}.json"
        memory = recall(record, builder_key())
        try:
            folder = building_folder(target)
            build = run_steps(settings, report, memory, folder)
            swap_in(folder, target)
        finally:
            recover(target)
        remember(build, record)
    return Result(
        output=target,
        courses=len(build.courses) + len(build.carried),
        reused=len(build.reused) + len(build.carried),
        lessons=build.lessons,
        on_cluster=build.on_cluster,
        files=len(build.tree.files),
        size=sum(entry.size for entry in build.tree.files.values()),
        seconds=time.perf_counter() - begun,
        warnings=tuple(sorted(set(build.warnings))),
    )


def run_steps(settings: Settings, report: Report, memory: Memory, folder: Path) -> Build:
    """All steps in order, writing into `folder`."""
    build = Build(
        settings=settings,
        report=report,
        tree=Tree(folder, settings.output, memory.files),
        memory=memory,
        inspections=InspectionCache(memory.sources.get("inspections")),
        hashes=Hashes(memory.sources.get("hashes")),
    )
    for number, (name, step) in enumerate(STEPS, start=1):
        report.step(number, len(STEPS), name)
        step(build)
    return build


def remember(build: Build, record: Path) -> None:
    """Leave the next build what it needs to reuse this one; the site stands already, so failing costs time only."""
    sources = {"inspections": build.inspections.as_dict(), "hashes": build.hashes.as_dict()}
    standing = {entry.sha256 for entry in build.tree.files.values()}
    known = {**build.memory.editions, **build.editions}
    editions = {edition: sha256 for edition, sha256 in known.items() if sha256 in standing}
    try:
        Memory(build.memory.builder, build.tree.files, build.fingerprints, sources, editions).write(record)
    except OSError as error:
        problem, remedy = f"can't be written ({error.strerror}), so the next build starts afresh.", "Free some room."
        build.warnings.append(Problem(str(record), problem, remedy, "memory-unwritten", "warning"))


def builder_key() -> str:
    """A sha256 over our own code, the frontend aside, and what writes for us: another version rebuilds everything."""
    package = Path(__file__).parent
    digest = hashlib.sha256("".join(map(version, WRITERS)).encode())
    for folder, folders, names in os.walk(package):
        folders[:] = sorted(set(folders) - {"frontend", "__pycache__"})
        for path in (Path(folder, name) for name in sorted(names)):
            digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@contextmanager
def told_in_sentences(target: Path) -> Iterator[None]:
    """Turn what the disk refuses into a problem with a remedy."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        otherwise = f"{error.strerror}.", "Mend what stands in the way, then build again."
        problem, remedy = DISK_ERRORS.get(error.errno, otherwise)
        raise BuildError([Problem(str(error.filename or target), problem, remedy, "disk")]) from error


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
