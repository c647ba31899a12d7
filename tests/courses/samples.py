from pathlib import Path

from lite_site.courses.model import Site
from lite_site.courses.read import read_site
from lite_site.problems import Problem
from tests.notebooks.samples import Object, markdown, notebook, write


class Contents:
    """A contents folder under a test's own; places are told relative to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "contents"
        self.folder.mkdir()

    def lesson(self, path: str, *cells: Object, **metadata: object) -> Path:
        return write(self.folder / path, notebook(*cells, minor=4, **metadata))

    def prose(self, path: str, source: str, **metadata: object) -> Path:
        return self.lesson(path, markdown(source), **metadata)

    def file(self, path: str, content: str | bytes = "") -> Path:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return target

    def site(self) -> Site:
        site, problems = read_site(self.folder)
        assert [problem for problem in problems if problem.severity == "error"] == []
        return site

    def problems(self) -> list[Problem]:
        return read_site(self.folder)[1]

    def found(self) -> list[tuple[str, str]]:
        """Place (without the folder's own) and code of each problem."""
        return [(problem.place.removeprefix(f"{self.folder.as_posix()}/"), problem.code) for problem in self.problems()]
