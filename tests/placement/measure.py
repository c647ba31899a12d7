"""Measures the corpus in Chromium and writes what happened into its labels; run by hand, it takes its time.

`python -m tests.placement.measure [THEME...]` goes on where it was stopped; `--again` measures everything anew.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from lite_site.courses.read import read_site
from lite_site.steps.place_lessons import place_courses
from tests.placement.labels import CORPUS, LABELS, Label, labels_text, read_labels
from tests.placement.measuring import measure, measured, name_of


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write, and tell how far verdicts and outcomes agree."""
    parser = argparse.ArgumentParser(prog="python -m tests.placement.measure", description=__doc__)
    parser.add_argument("themes", nargs="*", metavar="THEME", help="these only")
    parser.add_argument("--again", action="store_true", help="also what was measured before")
    parser.add_argument("--jobs", type=int, default=2, help="notebooks at once (default 2)")
    options = parser.parse_args(arguments)
    themes = sorted(path.parent for path in CORPUS.glob(f"*/{LABELS}"))
    chosen = [theme for theme in themes if not options.themes or theme.name in options.themes]
    for theme in chosen:
        measure_theme(theme, again=options.again, jobs=options.jobs)
    labels = [label for theme in chosen for label in read_labels(theme)]
    apart = disagreements(labels)
    sys.stdout.write("".join(f"{line}\n" for line in apart))
    sys.stdout.write(f"{len(labels) - len(apart)} of {len(labels)} verdicts agree with what happened.\n")
    return 1 if apart else 0


def measure_theme(theme: Path, *, again: bool, jobs: int) -> None:
    """Measure one theme; its labels are written after each notebook."""
    labels = {label.name: label for label in read_labels(theme)}
    waiting = [name for name, label in labels.items() if again or label.measured is None]
    if not waiting:
        return
    with tempfile.TemporaryDirectory() as folder:
        for one in measure(Path(folder), waiting, jobs=jobs):
            labels[one.name] = measured(labels[one.name], one)
            sys.stdout.write(f"{one.name}: {one.told}\n")
            sys.stdout.flush()
            (theme / LABELS).write_text(labels_text(labels.values()), encoding="utf-8")


def disagreements(labels: Sequence[Label]) -> list[str]:
    """A line for each notebook whose verdict isn't where it runs."""
    placed, _ = place_courses(read_site(CORPUS)[0].courses)
    verdicts = {name_of(course, lesson): lesson.placement.where for course in placed for lesson in course.lessons}
    return [
        f"{label.name}: {verdicts[label.name]}, but {label.measured}"
        for label in labels
        if not label.told and (verdicts[label.name] == "cluster") != label.fails_because_of_browser
    ]


if __name__ == "__main__":
    sys.exit(main())
