import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from lite_site.notebooks.document import Notebook, parse_document

Object: TypeAlias = dict[str, object]
PYTHON: Object = {"display_name": "Python 3", "language": "python", "name": "python3"}


def markdown(source: str, **more: object) -> Object:
    return {"cell_type": "markdown", "metadata": {}, "source": source, **more}


def code(source: str, *outputs: Mapping[str, object], **more: object) -> Object:
    cell: Object = {"cell_type": "code", "metadata": {}, "source": source, "execution_count": None}
    return {**cell, "outputs": list(outputs), **more}


def stream(text: str) -> Object:
    return {"output_type": "stream", "name": "stdout", "text": text}


def notebook(*cells: Object, minor: int = 4, **metadata: object) -> Object:
    return {
        "cells": list(cells or (markdown("# Lesson"),)),
        "metadata": {"kernelspec": PYTHON, **metadata},
        "nbformat": 4,
        "nbformat_minor": minor,
    }


def parsed(*cells: Object, minor: int = 4, **metadata: object) -> Notebook:
    return parse_document(json.loads(json.dumps(notebook(*cells, minor=minor, **metadata))))


def write(path: Path, document: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document), "utf-8")
    return path
