"""A course to prove, on disk."""

from pathlib import Path

from lite_site.report import SilentReport
from lite_site.settings import Settings, make_settings
from tests.notebooks.samples import Object, code, notebook, write


class Course:
    """A course of its own contents folder; its lessons are lists of code cells."""

    def __init__(self, folder: Path, name: str = "essai") -> None:
        self.contents, self.output = folder / "contents", folder / "_site"
        self.folder = self.contents / name
        self.folder.mkdir(parents=True)
        (self.folder / "course.toml").write_text('title = "Essai"\nlanguage = "fr"\nlicence = "CC0-1.0"\n')

    def lesson(self, name: str, *cells: str | Object) -> Path:
        written = [cell if isinstance(cell, dict) else code(cell) for cell in cells]
        return write(self.folder / name, notebook({"cell_type": "markdown", "metadata": {}, "source": name}, *written))

    @property
    def settings(self) -> Settings:
        return make_settings(contents=self.contents, output=self.output)


class Watching(SilentReport):
    """Keeps what a person at the terminal would have seen."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int, int]] = []
        self._step = ""

    def step(self, number: int, count: int, name: str) -> None:
        self._step = name

    def progress(self, done: int, total: int, label: str) -> None:
        self.seen.append((self._step, done, total))
