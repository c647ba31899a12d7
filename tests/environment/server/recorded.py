"""What uv really answered, kept in `outputs/`; `python -m tests.environment.server.recorded` asks anew."""

import json
import re
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from lite_site.courses.model import Wanted
from lite_site.environment.server.resolve import ServerResolution, resolve_server
from lite_site.problems import BuildError
from lite_site.runtime.uv import Asked, Compiler, Uv, UvRun

OUTPUTS = Path(__file__).with_name("outputs")
BROWSER = {"numpy": "2.4.3", "pandas": "3.0.2", "python-dateutil": "2.9.0.post0", "ipykernel": "6.9.2"}
"""The browser's versions; `ipykernel` there is a stand-in of the real one."""
SCENARIOS = {
    "agreeing": ("numpy", "pandas"),
    "alone": (
        "pandsa",
        "numpy==1.99",
        "numpy>=9",
        "cv2",
        "scipy==1.18.0",
        "tensorflow==1.15",
        "pywin32",
        "attrs<=21.1.0,>20.3",
    ),
    "conflict": ("tensorflow==2.15", "numpy>=2.3", "pandas", "requests", "rich"),
    "contradiction": ("numpy<2", "pandas", "numpy>2"),
    "notes": ("attrs==21.1.0", "seqeval", "docopt", "six[bogus]", "dotenv"),
    "transitive": ("pandas[excel]==3.0.1",),
    "old": ("numpy==1.19.5", "requests", "python"),
    "unbuildable": ("sklearn", "pandas"),
}
_ADDRESS = re.compile(r"\b(?:https?|file)://[^\s\"]+")


def wanted(*requirements: str) -> list[Wanted]:
    """Requirements as a course's file asks for them, one a line."""
    return [Wanted(text, f"requirements.txt, line {line}") for line, text in enumerate(requirements, 1)]


def resolve(scenario: str, run: Compiler | None = None) -> ServerResolution:
    """Resolve a scenario from its recording, or with another compiler."""
    return resolve_server(wanted(*SCENARIOS[scenario]), "3.11", BROWSER, run=run or Recorded(scenario))


class Recorded:
    """Answers as uv did; a question that wasn't put then fails the test."""

    def __init__(self, scenario: str) -> None:
        runs = json.loads((OUTPUTS / f"{scenario}.json").read_text("utf-8"))
        self._answers = {json.dumps(run["asked"]): run["answered"] for run in runs}
        self.asked: list[Asked] = []

    def __call__(self, asked: Asked, /) -> UvRun:
        self.asked.append(asked)
        fields = self._answers[json.dumps(_plain(asked))]
        lists = {key: tuple(value) for key, value in fields.items() if isinstance(value, list)}
        return UvRun(**{**fields, **lists})


@dataclass
class Recorder:
    """Passes questions on and writes them down with the answers, addresses left out."""

    run: Compiler
    runs: list[dict[str, object]] = field(default_factory=list)

    def __call__(self, asked: Asked, /) -> UvRun:
        answered = self.run(asked)
        kept = {key: value for key, value in asdict(answered).items() if value}
        if answered.text:
            kept["text"] = _ADDRESS.sub("address", answered.text)
        self.runs.append({"asked": _plain(asked), "answered": kept})
        return answered


def _plain(asked: Asked) -> dict[str, object]:
    """A question as JSON tells it, what is preferred left out: it is the same throughout."""
    return {
        "requirements": list(asked.requirements),
        "python": asked.python,
        "sources": sorted(asked.sources),
        "how": [name for name in ("alone", "any_file", "files") if getattr(asked, name)],
    }


def record(scenarios: Sequence[str], run: Compiler) -> None:
    """Ask the index of the day."""
    for scenario in scenarios:
        recorder = Recorder(run)
        with suppress(BuildError):
            resolve(scenario, recorder)
        text = json.dumps(recorder.runs, indent=1, ensure_ascii=False)
        (OUTPUTS / f"{scenario}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        record(list(SCENARIOS), Uv(Path(folder)).compile)
