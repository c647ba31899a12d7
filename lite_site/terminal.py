"""The live line on a terminal; apart from `report`, since loading it takes a piped build a twentieth of its time."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class TerminalReport:
    """One live line on standard error, gone when the work is done."""

    def __init__(self) -> None:
        self._bar = Progress(
            TextColumn("[bold]{task.fields[step]}[/bold]"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.description}", markup=False),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task: TaskID | None = None
        self._step = ""

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def step(self, number: int, count: int, name: str) -> None:
        """Replace the line by the new step's."""
        self._step = f"[{number}/{count}] {name}"
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task("", total=None, step=self._step.replace("[", "\\["))

    def progress(self, done: int, total: int, label: str) -> None:
        """Move the bar."""
        if self._task is not None:
            self._bar.update(self._task, completed=done, total=total, description=label[-60:])
