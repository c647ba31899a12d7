"""Tells the person at the terminal what is happening: which step, which file, how much is left."""

import sys
from contextlib import ExitStack
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


def live_report(stack: ExitStack, *, as_json: bool) -> Report:
    """A live line when somebody watches standard error, silence otherwise; closed with `stack`."""
    if as_json or not sys.stderr.isatty():
        return SilentReport()
    from lite_site.terminal import TerminalReport  # noqa: PLC0415 - a piped build must not wait for it

    return stack.enter_context(TerminalReport())
