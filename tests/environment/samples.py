"""Wheels made for the test, and a stand-in for the Python index that gives them."""

import hashlib
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from lite_site.courses.model import Course, Declaration, Lesson, Wanted
from lite_site.environment.catalogue import Catalogue
from lite_site.environment.kernel import KERNEL_PACKAGES
from lite_site.environment.server.package import ServerPackage
from lite_site.environment.server.resolve import ServerResolution
from lite_site.environment.wheels import Wheel
from lite_site.language import Text
from lite_site.notebooks.facts import Fact
from lite_site.problems import BuildError, Problem
from lite_site.runtime.pip import PipRun


def wheel(name: str, version: str = "1.0", *, depends: Sequence[str] = (), imports: Sequence[str] = ()) -> Wheel:
    """A wheel that exists on paper."""
    digest = hashlib.sha256(f"{name} {version}".encode()).hexdigest()
    file_name = f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
    return Wheel(name, version, file_name, digest, tuple(depends), tuple(imports) or (name.replace("-", "_"),))


def catalogue_of(*wheels: Wheel) -> Catalogue:
    """A catalogue with these and a kernel that needs nothing."""
    return Catalogue({one.name: one for one in (*map(wheel, KERNEL_PACKAGES), *wheels)})


def wanted(*requirements: str, place: str = "course.toml") -> tuple[Wanted, ...]:
    """Requirements as a course declares them."""
    return tuple(Wanted(text, place) for text in requirements)


def course_in(folder: Path, *packages: str, imports: Iterable[str] = (), python: str | None = None) -> Course:
    """A course of one lesson that declares and imports these."""
    text = Text({"en": folder.name})
    path = PurePosixPath("01.ipynb")
    facts = tuple(Fact(1, "import", module) for module in imports)
    lesson = Lesson(path, path, "01", text, "en", "0" * 64, imports=tuple(imports), facts=facts)
    declaration = Declaration("course.toml", wanted(*packages, place=str(folder / "course.toml")), python=python)
    return Course(folder.name, folder, text, text, "en", (lesson,), declaration=declaration)


def server_package(name: str, version: str = "1.0", *needed_by: str) -> ServerPackage:
    """A server's package that exists on paper."""
    return ServerPackage(name, version, (hashlib.sha256(f"{name} {version} linux".encode()).hexdigest(),), needed_by)


class FakeServer:
    """Answers as `resolve_server` does: versions locked before, then the browser's, then `newest`, then 1.0."""

    def __init__(self, **newest: str) -> None:
        self.newest = newest
        self.runs: list[tuple[str, ...]] = []
        self.refuses: tuple[Problem, ...] = ()

    def __call__(
        self, wishes: Sequence[Wanted], python: str, prefer: Mapping[str, str], earlier: Sequence[ServerPackage] = ()
    ) -> ServerResolution:
        """Answer one question."""
        self.runs.append(tuple(one.requirement for one in wishes))
        if self.refuses:
            raise BuildError(self.refuses)
        before = {package.name: package.version for package in earlier}
        names: dict[str, str] = {}
        for one in wishes:
            names[canonicalize_name(Requirement(one.requirement).name)] = one.requirement
        found = []
        for name, text in [*names.items(), ("ipykernel", "ipykernel")]:
            known = [versions[name] for versions in (before, prefer, self.newest) if name in versions]
            fitting = [version for version in known if Requirement(text).specifier.contains(version)]
            found.append(server_package(name, (*fitting, "1.0")[0]))
        return ServerResolution(tuple(found), python)


class FakeIndex:
    """Real wheel files in a folder, chosen as pip would by name and version."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.runs: list[list[str]] = []
        self.unreachable = False

    def add(self, name: str, version: str, *requires: str, modules: Sequence[str] = ()) -> Path:
        """Publish a pure wheel."""
        base = f"{name.replace('-', '_')}-{version}"
        path = self.folder / f"{base}-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as archive:
            for module in modules or (name.replace("-", "_"),):
                archive.writestr(f"{module}/__init__.py", "")
            asked = "".join(f"Requires-Dist: {line}\n" for line in requires)
            text = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\nLicense-Expression: MIT\n{asked}\n"
            archive.writestr(f"{base}.dist-info/METADATA", text)
        return path

    def __call__(self, requirements: Sequence[str], tags: Sequence[str], into: Path, timeout: float) -> PipRun:
        """Answer one run of pip."""
        del tags, timeout
        self.runs.append(list(requirements))
        if self.unreachable:
            return PipRun("unreachable", "didn't answer")
        for line in requirements:
            found = self._newest(Requirement(line))
            if found is None:
                return PipRun("absent", "has no such wheel", frozenset({Requirement(line).name}))
            (into / found.name).write_bytes(found.read_bytes())
        return PipRun("done")

    def _newest(self, requirement: Requirement) -> Path | None:
        candidates = []
        for path in self.folder.glob("*.whl"):
            name, version, _, _ = parse_wheel_filename(path.name)
            if name == canonicalize_name(requirement.name) and requirement.specifier.contains(version):
                candidates.append((version, path))
        return max(candidates)[1] if candidates else None
