"""Built sites as far as the hub looks at them: courses with a lesson each, and no packages of their own."""

import json
from collections.abc import Sequence
from pathlib import Path


def write_site(site: Path, slugs: Sequence[str] = ("genomique", "statistics")) -> Path:
    """A built site with these courses."""
    for slug in slugs:
        write_course_json(site / slug)
    return site


def write_course_json(folder: Path, **changes: object) -> None:
    """A course.json of format 2 in the course's folder, with keys changed."""
    lesson = {
        "slug": "01-start",
        "published": "01-start.ipynb",
        "title": {"en": "Start"},
        "language": "en",
        "placement": {"where": "cluster", "profile": "standard"},
    }
    course: dict[str, object] = {
        "format": 2,
        "slug": folder.name,
        "title": {"en": f"Course {folder.name}", "fr": f"Cours {folder.name}"},
        "language": "en",
        "profiles": [{"name": "standard", "cpus": 1, "gpus": 0, "memory": 1_000_000_000, "minutes": 60}],
        "lessons": [lesson],
        "environment": None,
        **changes,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "course.json").write_text(json.dumps(course))
