"""Tells the person at the terminal what is happening: which step, which file, how much is left."""

import sys
from typing import Protocol


class Report(Protocol):
    """Where a build tells of its progress."""

    def step(self, number: int, count: int, name: str) -> None:
        """Step `number` of `count` begins."""

    def progress(self, done: int, total: int, label: str) -> None:
        """Within the step, `done` of `total` pieces are finished; `label` names the one at hand."""


class SilentReport:
    """Says nothing: for pipes and programs."""

    def step(self, number: int, count: int, name: str) -> None:
        """Nothing."""

    def progress(self, done: int, total: int, label: str) -> None:
        """Nothing."""


def terminal_is_live() -> bool:
    """Whether somebody watches standard error."""
    return sys.stderr.isatty()
