"""What the steps of one build hand to each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lite_site.courses.model import Course, Site
from lite_site.environment.browser import BrowserLock
from lite_site.environment.lock_text import CourseLock
from lite_site.notebooks.cache import InspectionCache
from lite_site.problems import Problem
from lite_site.report import Report
from lite_site.settings import Settings
from lite_site.shell.build import Shell
from lite_site.site.hashes import Hashes
from lite_site.site.memory import Memory
from lite_site.site.tree import Tree
from lite_site.snapshot.make import Snapshot


@dataclass(slots=True)
class Build:
    """One build under way. A step reads what earlier steps set, and sets its own.

    `tree` is the site being written; `memory` is what the last build left; `reused` names the courses taken over
    whole; `editions` gives the published sha256 of a notebook with its verdict; `assets` maps a page asset's name to
    its path on the site; `snapshots` has what a course's kernel starts from, by its slug.
    """

    settings: Settings
    report: Report
    tree: Tree
    memory: Memory
    inspections: InspectionCache
    hashes: Hashes
    site: Site = field(init=False)
    shell: Shell = field(init=False)
    locks: dict[str, BrowserLock] = field(default_factory=dict)
    snapshots: dict[str, Snapshot] = field(default_factory=dict)
    supplied: Mapping[str, Path] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)
    editions: dict[str, str] = field(default_factory=dict)
    reused: set[str] = field(default_factory=set)
    carried: tuple[str, ...] = ()
    assets: dict[str, str] = field(default_factory=dict)
    lessons: int = 0
    on_cluster: int = 0
    warnings: list[Problem] = field(default_factory=list)
    environments: dict[str, CourseLock] = field(default_factory=dict)

    @property
    def courses(self) -> tuple[Course, ...]:
        """The courses this build writes."""
        return self.site.courses
