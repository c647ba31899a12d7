import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallback_hub.problems import HubError
from fallback_hub.running.addresses import Addresses
from fallback_hub.running.marks import Mark
from fallback_hub.running.state import PART_STATES, PartRecord, Record, StateFolder, write_private

MARKS = st.builds(Mark, st.integers(1), st.integers(0), st.lists(st.text()).map(tuple))
PARTS = st.builds(
    PartRecord, st.none() | MARKS, st.sampled_from(PART_STATES), st.floats(0, 1e10), st.integers(0), st.text()
)
RECORDS = st.builds(Record, st.integers(1), st.floats(0, 1e10), st.text(), st.text(), st.dictionaries(st.text(), PARTS))


@pytest.fixture
def state(tmp_path: Path) -> StateFolder:
    return StateFolder(tmp_path / "state").ensure()


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_nobody_else_enters(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir(mode=0o755)
    state = StateFolder(tmp_path / "state").ensure().ensure()
    state.write(Record(1, 0.0, "", ""))
    state.keep_addresses(Addresses("a", "b", "c"))
    state.secret("proxy-token", fresh=True)
    assert mode_of(state.path) == mode_of(state.logs) == 0o700
    assert {mode_of(path) for path in state.path.iterdir() if path.is_file()} == {0o600}


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    with pytest.raises(HubError) as told:
        StateFolder(tmp_path / "state").ensure()
    assert told.value.problems[0].code == "state-unusable"


def test_secrets_are_kept_until_fresh_ones_are_asked_for(state: StateFolder) -> None:
    first = state.secret("proxy-token", fresh=False)
    assert len(first) >= 32
    assert state.secret("proxy-token", fresh=False) == first
    assert state.secret("supervisor-token", fresh=False) != first
    second = state.secret("proxy-token", fresh=True)
    assert second != first
    assert state.secret("proxy-token", fresh=False) == second


@given(record=RECORDS)
def test_what_is_written_is_read(record: Record, tmp_path_factory: pytest.TempPathFactory) -> None:
    state = StateFolder(tmp_path_factory.mktemp("state"))
    state.write(record)
    assert state.read() == record


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"supervisor": 1}', '{"supervisor": "x", "parts": {}}'])
def test_a_record_nobody_understands_is_none(state: StateFolder, text: str) -> None:
    write_private(state.path / "running.json", text)
    assert state.read() is None


def test_nothing_there_is_nothing(tmp_path: Path) -> None:
    state = StateFolder(tmp_path / "nowhere")
    assert state.read() is None
    assert state.addresses() is None
    assert not state.is_held()
    state.path.mkdir()
    state.forget()


def test_one_holds_it_at_a_time(state: StateFolder) -> None:
    handle = state.hold()
    assert handle is not None
    assert state.is_held()
    assert state.hold() is None
    os.close(handle)
    assert not state.is_held()


def test_whoever_is_killed_holds_it_no_more(state: StateFolder) -> None:
    code = (
        "import sys, time; from pathlib import Path; from fallback_hub.running.state import StateFolder;"
        f"StateFolder(Path({str(state.path)!r})).hold(); print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as holder:
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            assert state.is_held()
        finally:
            holder.send_signal(signal.SIGKILL)
    assert not state.is_held()
