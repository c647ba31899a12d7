"""Compares what a lesson gave in the browser with what it was authored with."""

import base64
import json
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

IMAGES = ("image/png", "image/jpeg", "image/svg+xml")
SIZE_FACTOR = 3
PIXELS = 0.05
# Where an object lies in memory is another place in each run.
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")


@dataclass(frozen=True, slots=True)
class Output:
    """One output in a comparable form: a stream's name or the output's type, its text, its images by kind."""

    kind: str
    text: str
    images: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class AuthoredCell:
    """A code cell as its author left it; `compared` says whether its outputs must come out the same."""

    outputs: tuple[Output, ...]
    answers: tuple[str, ...]
    compared: bool


def read_authored(source: Path) -> list[AuthoredCell] | None:
    """The code cells of an .ipynb; None for text notebooks, which keep no outputs."""
    if source.suffix != ".ipynb":
        return None
    cells = json.loads(source.read_text(encoding="utf-8"))["cells"]
    return [read_cell(cell) for cell in cells if cell["cell_type"] == "code"]


def read_cell(cell: dict[str, Any]) -> AuthoredCell:
    ours = cell["metadata"].get("passerelle", {})
    return AuthoredCell(read_outputs(cell["outputs"]), tuple(ours.get("answers", ())), ours.get("compare", True))


def read_outputs(outputs: list[dict[str, Any]]) -> tuple[Output, ...]:
    """Notebook outputs (nbformat 4), streams in a row merged, what was typed left out."""
    read: list[Output] = []
    for raw in outputs:
        if raw.get("name") == "stdin":
            continue
        output = read_output(raw)
        if read and read[-1].kind == output.kind and raw["output_type"] == "stream":
            read[-1] = Output(output.kind, read[-1].text + output.text)
        else:
            read.append(output)
    return tuple(read)


def read_output(raw: dict[str, Any]) -> Output:
    if raw["output_type"] == "stream":
        return Output(raw["name"], joined(raw["text"]))
    if raw["output_type"] == "error":
        return Output("error", f"{raw['ename']}: {raw['evalue']}")
    data = raw["data"]
    images = tuple((kind, image_bytes(kind, data[kind])) for kind in IMAGES if kind in data)
    return Output(raw["output_type"], ADDRESS.sub("0x…", joined(data.get("text/plain", ""))), images)


def joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def image_bytes(kind: str, text: str | list[str]) -> bytes:
    return joined(text).encode() if kind == "image/svg+xml" else base64.b64decode(joined(text))


def differences(cell: int, authored: AuthoredCell, got: tuple[Output, ...]) -> Iterator[str]:
    """What a reader would have to know about a cell that came out otherwise; nothing when it is the same."""
    for output in got:
        if output.kind == "error":
            yield f"code cell {cell}: {output.text}"
    if not authored.compared:
        return
    expected, came = [shape(output) for output in authored.outputs], [shape(output) for output in got]
    if expected != came:
        yield f"code cell {cell}: authored with {expected}, got {came}"
        return
    for before, now in zip(authored.outputs, got, strict=True):
        for (kind, old), (_, new) in zip(before.images, now.images, strict=True):
            yield from (f"code cell {cell}, {kind}: {told}" for told in image_differences(kind, old, new))


def shape(output: Output) -> tuple[str, str, tuple[str, ...]]:
    """What must be equal to the letter."""
    return output.kind, output.text, tuple(kind for kind, _ in output.images)


def image_differences(kind: str, old: bytes, new: bytes) -> Iterator[str]:
    if not len(old) / SIZE_FACTOR <= len(new) <= len(old) * SIZE_FACTOR:
        yield f"{len(old)} bytes when authored, {len(new)} now"
    if kind == "image/png":
        for before, now in zip(png_size(old), png_size(new), strict=True):
            if abs(before - now) > PIXELS * before:
                yield f"{before} pixels when authored, {now} now"


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels (https://www.w3.org/TR/png-3/#11IHDR)."""
    width, height = struct.unpack(">II", data[16:24])
    return width, height
