"""What is kept for a notebook that left, and from whom."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from fallback_hub.singleuser.kernels import PageKernelManager, is_notebook

NOTEBOOK, WIDGETS = "k:notebook-1", "k:0f3a"


class Stream:
    """As much of a channel as the manager touches."""

    def __init__(self) -> None:
        self.socket, self.closed = self, False

    def on_recv(self, heard: object) -> None:
        self.heard = heard

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> PageKernelManager:
    """One that believes in every kernel."""
    monkeypatch.setattr(PageKernelManager, "_check_kernel_id", lambda *_: None)
    return PageKernelManager()  # type: ignore[no-untyped-call]


def test_whoever_comes_back_first_gets_what_was_kept_and_it_is_kept_no_longer(manager: PageKernelManager) -> None:
    manager._kernel_buffers["k"] = {"session_key": WIDGETS, "buffer": ["said meanwhile"], "channels": {}}
    found = manager.get_buffer("k", NOTEBOOK)
    assert (found["session_key"], found["buffer"]) == (NOTEBOOK, ["said meanwhile"])
    assert manager.get_buffer("k", NOTEBOOK) is None


def test_names_tell_whose_a_connection_is() -> None:
    assert is_notebook(NOTEBOOK)
    assert not is_notebook(WIDGETS)
    assert not is_notebook("notebook-1:0f3a")


def test_others_that_leave_or_come_drop_nothing_of_a_notebooks(manager: PageKernelManager) -> None:
    manager.start_buffering("k", NOTEBOOK, {"iopub": Stream()})
    late = Stream()
    manager.start_buffering("k", WIDGETS, {"iopub": late})
    assert late.closed
    assert manager.get_buffer("k", WIDGETS) is None
    assert manager.get_buffer("k", NOTEBOOK)["session_key"] == NOTEBOOK


def test_a_kernel_says_for_whom_its_messages_are_kept(manager: PageKernelManager) -> None:
    manager._kernels["k"] = SimpleNamespace(
        kernel_name="python3", last_activity=datetime.now(UTC), execution_state="busy"
    )
    assert manager.kernel_model("k")["kept_for"] == []
    manager.start_buffering("k", NOTEBOOK, {"iopub": Stream()})
    assert manager.kernel_model("k")["kept_for"] == ["notebook-1"]
    manager.get_buffer("k", NOTEBOOK)
    assert manager.kernel_model("k")["kept_for"] == []
