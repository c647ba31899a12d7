"""What `passerelle hub serve` says."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from fallback_hub.problems import Problem


def problems_of(said: Mapping[str, object]) -> Iterator[Problem]:
    """The problems in one of the preview's JSON objects."""
    listed = said.get("problems")
    for given in listed if isinstance(listed, list) else ():
        words = {key: str(given[key]) for key in ("place", "problem", "remedy", "code")}
        yield Problem(**words, severity="warning" if given["severity"] == "warning" else "error")


def build_line(said: Mapping[str, object]) -> str:
    """A build's result in a line, as `passerelle build` says it."""
    courses, lessons = _count(said, "courses", "course"), _count(said, "lessons", "lesson")
    again = f" ({said['unchanged']} unchanged)" if said.get("unchanged") else ""
    away = f" ({said['on_cluster']} on the cluster)" if said.get("on_cluster") else ""
    megabytes = float(str(said["bytes"])) / 1e6
    seconds = float(str(said["seconds"]))
    place = Path(str(said["output"]))
    return f"{place}: {courses}{again}, {lessons}{away}, {said['files']} files, {megabytes:.1f} MB, in {seconds:.1f} s."


def _count(said: Mapping[str, object], key: str, noun: str) -> str:
    return f"{said[key]} {noun}{'' if said[key] == 1 else 's'}"
