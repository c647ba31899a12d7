import re

import pytest

from lite_site.pages.render import STATIC

# WCAG 2.2, 1.4.3 (text, 4.5:1) and 1.4.11 (edges of controls and drawings, 3:1).
TEXT, DRAWING = 4.5, 3.0
TERMINAL = ("red", "green", "yellow", "blue", "magenta", "cyan")
INKS = ("red", "green", "blue", "number", "named", "magenta", "cyan", "link")
PAIRS = [
    ("ink", "paper", TEXT),
    ("ink", "sheet", TEXT),
    ("soft", "paper", TEXT),
    ("soft", "sheet", TEXT),
    ("link", "paper", TEXT),
    ("link", "sheet", TEXT),
    ("warm", "warm-sheet", TEXT),
    ("fresh", "fresh-sheet", TEXT),
    ("on-danger", "danger", TEXT),
    ("edge", "paper", DRAWING),
    ("edge", "sheet", DRAWING),
    ("water", "paper", DRAWING),
    ("water", "sheet", DRAWING),
    ("danger", "sheet", DRAWING),
    *((kind, "code", TEXT) for kind in ("ink", "remark", "word", "text", "number", "known", "named")),
    *((colour, ground, TEXT) for colour in TERMINAL for ground in ("paper", "warm-sheet")),
    *((ink, box, TEXT) for ink in INKS for box in ("paper", "sheet", "warm-sheet", "fresh-sheet")),
    ("ink", "ground", TEXT),
    ("ink", "fresh-sheet", TEXT),
    ("ink", "warm-sheet", TEXT),
]


def colours(theme: str) -> dict[str, str]:
    named: dict[str, str] = {}
    for sheet in ("site.css", "lesson.css"):
        style = (STATIC / sheet).read_text(encoding="utf-8")
        light, dark = re.findall(r":root \{([^}]*--(?:paper|code): #[^}]*--(?:on-danger|ground)[^}]*)\}", style)[:2]
        named |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light + (dark if theme == "dark" else "")))
    return named


def luminance(colour: str) -> float:
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_contrast(theme: str, front: str, back: str, least: float) -> None:
    named = colours(theme)
    darker, lighter = sorted((luminance(named[front]), luminance(named[back])))
    assert (lighter + 0.05) / (darker + 0.05) >= least


def test_script_and_style_are_small_and_stay_on_the_site() -> None:
    assert (STATIC / "site.js").stat().st_size < 4096
    assert (STATIC / "site.css").stat().st_size < 10_000
    assert (STATIC / "lesson.css").stat().st_size < 11_000
    for file in STATIC.iterdir():
        text = file.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?:|//[a-z]|@import|url\(", text), file.name
