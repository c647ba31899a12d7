from pathlib import PurePosixPath

import pytest

from lite_site.courses.model import Lesson
from lite_site.language import Text
from lite_site.proving.outcome import Outcome
from tests.placement.labels import Label
from tests.placement.measuring import Measurement, measured

PATH = PurePosixPath("01.ipynb")
LESSON = Lesson(PATH, PATH, "01", Text({"fr": "Un"}), "fr", "aa")


@pytest.mark.parametrize(
    ("outcome", "told", "fails"),
    [
        (Outcome("c", LESSON, "ran", 3), "ran", False),
        (Outcome("c", LESSON, "ran", 3, skipped=(2, 3)), "skipped: cells 2, 3", True),
        (Outcome("c", LESSON, "failed", 1, 2, "OSError: no"), "failed: cell 2, OSError: no", True),
        (Outcome("c", LESSON, "broken", 1, 2, "NameError: x"), "broken: cell 2, NameError: x", True),
        (Outcome("c", LESSON, "failed", error="no browser kernel runs r"), "failed: no browser kernel runs r", True),
        (Outcome("c", LESSON, "undecided", 1, 2, "it asked"), "undecided: cell 2, it asked", None),
        (None, "unfetchable", None),
    ],
)
def test_a_label_learns_what_happened_and_keeps_what_was_not_shown(
    outcome: Outcome | None, told: str, fails: bool | None
) -> None:
    for expected in (True, False):
        label = Label("theme", "01.ipynb", "browser", (), expected, "why")
        after = measured(label, Measurement(label.name, outcome))
        assert (after.measured, after.fails) == (told, expected if fails is None else fails)
