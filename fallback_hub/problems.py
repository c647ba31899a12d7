"""What is wrong with an operator's input or machine: where, what, and what to do about it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing a person can mend.

    `place` is a path as the person knows it, with the key or line where there is one; `code` is stable across
    releases and languages, so that tools may rely on it.
    """

    place: str
    problem: str
    remedy: str
    code: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.problem} {self.remedy}"

    def as_dict(self) -> dict[str, str]:
        """The problem as JSON-ready text."""
        return asdict(self)


class HubError(Exception):
    """The hub can't go on; carries every problem found, warnings included."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))
