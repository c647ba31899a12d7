"""Contents to build, the same on every machine: copies of a shipped course, and generated notebooks."""

import base64
import json
import os
import random
import shutil
import struct
import zlib
from pathlib import Path

Cell = dict[str, object]
CELLS = 30
LONG_AGO = 1_700_000_000  # seconds since 1970: files a teacher wrote some time before building
WORDS = ("sample", "mean", "cell", "growth", "rate", "model", "plot", "axis", "count", "value", "because", "therefore")
SETUP = "import math\n\nimport matplotlib.pyplot as plt\nimport numpy as np\n\nrng = np.random.default_rng({seed})"
COMPUTE = """\
def simulate_{number}(rate, steps):
    \"\"\"Growth with noise, one value a step.\"\"\"
    values = [1.0]
    for _ in range(steps):
        values.append(values[-1] * math.exp(rate + rng.normal(0, 0.1)))
    return np.array(values)


result = simulate_{number}(rate=0.0{number}, steps=200)
print(f"mean {{result.mean():.3f}}, last {{result[-1]:.3f}}")"""
PLOT = (
    'fig, axis = plt.subplots()\naxis.plot(result, label="{word}")\naxis.set_xlabel("step")\naxis.legend()\nplt.show()'
)


def copy_course(course: Path, contents: Path, count: int) -> None:
    """Fill `contents` with `count` copies of the course in the folder `course`, under other names."""
    for number in range(1, count + 1):
        shutil.copytree(course, contents / f"{course.name}-{number:02}")


def write_notebooks(folder: Path, count: int) -> list[Path]:
    """Fill `folder`, a course, with `count` notebooks of 30 cells; their paths, in order."""
    folder.mkdir(parents=True)
    paths = [folder / f"{number:03}-lesson.ipynb" for number in range(1, count + 1)]
    for seed, path in enumerate(paths):
        path.write_text(json.dumps(make_notebook(seed), indent=1) + "\n", encoding="utf-8")
        os.utime(path, (LONG_AGO, LONG_AGO))
    return paths


def edit_notebook(path: Path) -> None:
    """Do what a teacher does: add a sentence to the first cell, save."""
    notebook = json.loads(path.read_bytes())
    notebook["cells"][0]["source"].append("\nOne more sentence.")
    path.write_text(json.dumps(notebook, indent=1) + "\n", encoding="utf-8")


def make_notebook(seed: int) -> dict[str, object]:
    """A notebook as Jupyter saves one: a title, then prose, code, text outputs and two plots (130 kB in all)."""
    random_ = random.Random(seed)  # noqa: S311 - the same words each time, no secret
    cells: list[Cell] = [_prose(f"# Lesson {seed + 1}: {_words(random_, 4)}", 0), _code(SETUP.format(seed=seed), [], 1)]
    for number in range(2, CELLS):
        match number % 3:
            case 0:
                cells.append(
                    _prose(f"## Step {number}\n\n" + "\n\n".join(_words(random_, 60) for _ in range(2)), number)
                )
            case 1:
                told: Cell = {"name": "stdout", "output_type": "stream", "text": [f"mean {random_.random():.3f}\n"]}
                cells.append(_code(COMPUTE.format(number=number), [told], number))
            case _:
                drawn = [_plot(random_)] if number in {11, 20} else []
                cells.append(_code(PLOT.format(word=random_.choice(WORDS)), drawn, number))
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python", "version": "3.13.0"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _prose(text: str, number: int) -> Cell:
    return {
        "cell_type": "markdown",
        "id": f"text-{number}",
        "metadata": {},
        "source": text.splitlines(keepends=True),
    }


def _code(text: str, outputs: list[Cell], number: int) -> Cell:
    return {
        "cell_type": "code",
        "execution_count": number,
        "id": f"code-{number}",
        "metadata": {},
        "outputs": outputs,
        "source": text.splitlines(keepends=True),
    }


def _plot(random_: random.Random) -> Cell:
    data = {
        "image/png": base64.b64encode(_png(random_, 120)).decode(),
        "text/plain": ["<Figure size 640x480 with 1 Axes>"],
    }
    return {"data": data, "metadata": {}, "output_type": "display_data"}


def _png(random_: random.Random, side: int) -> bytes:
    """A square RGB image of noise, `side` pixels wide (https://www.w3.org/TR/png-3/)."""
    rows = b"".join(b"\0" + random_.randbytes(3 * side) for _ in range(side))
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _words(random_: random.Random, count: int) -> str:
    return " ".join(random_.choice(WORDS) for _ in range(count)).capitalize()
