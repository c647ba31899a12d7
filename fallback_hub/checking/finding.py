"""One thing that was looked at, and how it is."""

from dataclasses import asdict, dataclass
from typing import Literal

from fallback_hub.problems import Problem

Level = Literal["ok", "warning", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`what` was looked at, `text` says how it is; anything but ok comes with what to do, and a stable code."""

    what: str
    level: Level
    text: str
    remedy: str = ""
    code: str = ""

    def __str__(self) -> str:
        return f"{self.what}: {self.text}" + (f" {self.remedy}" if self.remedy else "")

    def as_dict(self) -> dict[str, str]:
        """The finding as JSON-ready text."""
        return asdict(self)


def from_problem(problem: Problem, what: str = "") -> Finding:
    """What a rule elsewhere says is wrong."""
    level: Level = "problem" if problem.severity == "error" else "warning"
    text = f"{problem.place}: {problem.problem}" if what else problem.problem
    return Finding(what or problem.place, level, text, problem.remedy, problem.code)
