from pathlib import Path

from lite_site.courses.declaration.read import read_declaration
from lite_site.courses.model import Declaration, Wanted
from lite_site.problems import Problem


class Folder:
    """A contents folder with one course, "rna", under a test's own; places are told from "contents"."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        self.course = folder / "rna"
        self.course.mkdir()

    def file(self, path: str, content: str | bytes = "") -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return target

    def read(self, packages: tuple[str, ...] | None = None) -> tuple[Declaration, list[Problem]]:
        wanted = None if packages is None else tuple(Wanted(one, "contents/rna/course.toml") for one in packages)
        return read_declaration(self.course, "contents/rna", wanted, self.root)

    def declaration(self) -> Declaration:
        declaration, problems = self.read()
        assert problems == []
        return declaration

    def packages(self) -> list[str]:
        return texts(self.read()[0].packages)

    def found(self) -> list[tuple[str, str, str]]:
        """Place (without "contents/rna/"), code and severity of each problem."""
        return [
            (problem.place.removeprefix("contents/rna/"), problem.code, problem.severity) for problem in self.read()[1]
        ]


def texts(wanted: tuple[Wanted, ...]) -> list[str]:
    return [one.requirement for one in wanted]
