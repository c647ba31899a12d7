"""Small courses on disk, and a built site as a mapping of its files."""

import hashlib
import json
from pathlib import Path


def write_course(contents: Path, name: str, *, text: str = "print(1 + 1)") -> Path:
    """A course of one lesson with a data file beside it; returns its folder."""
    folder = contents / name
    (folder / "data").mkdir(parents=True)
    (folder / "course.toml").write_text(f'title = "{name}"\nlanguage = "fr"\nlicence = "CC0-1.0"\n')
    write_lesson(folder / "01-debut.ipynb", text)
    (folder / "data" / "tailles.csv").write_text("nom,taille\nAda,165\n")
    return folder


def write_lesson(path: Path, code: str, prose: str = "") -> None:
    """A notebook with a title, some prose and one code cell."""
    cells = [
        {"cell_type": "markdown", "id": "titre", "metadata": {}, "source": f"# {path.stem}\n\n{prose}"},
        {
            "cell_type": "code",
            "id": "calcul",
            "metadata": {},
            "source": code,
            "outputs": [],
            "execution_count": None,
        },
    ]
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernelspec}, "cells": cells}
    path.write_text(json.dumps(notebook))


def files_of(folder: Path) -> dict[str, str]:
    """Every file below `folder`: path → sha256 of its bytes; folders count too, with an empty value."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in folder.rglob("*")
    }


def is_whole(site: Path) -> bool:
    """Whether the site holds exactly the files its manifest names, each with the bytes it says."""
    listed = json.loads((site / "manifest.json").read_bytes())["files"]
    there = {path: sha256 for path, sha256 in files_of(site).items() if sha256 and path != "manifest.json"}
    return there == {path: entry["sha256"] for path, entry in listed.items()}
