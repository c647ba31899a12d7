"""What a connection was told of late, and where it goes on."""

import json
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1

from fallback_hub.singleuser.said import KEPT_BYTES, KEPT_NAMES, Said, SaidByKernels, message_id


def frame(name: str, size: int = 0) -> bytes:
    parts = [json.dumps({"msg_id": name}).encode(), b"{}", b"{}", b"{}", bytes(size)]
    made: bytes = serialize_msg_to_ws_v1(parts, "iopub")  # type: ignore[no-untyped-call]
    return made


def told(frames: Sequence[bytes]) -> Said:
    said = Said()
    for one in frames:
        said.add(one)
    return said


@given(st.lists(st.text(min_size=1), unique=True), st.data())
def test_what_was_shown_isnt_told_again_and_the_rest_is_in_order(names: list[str], data: st.DataObject) -> None:
    shown = data.draw(st.integers(0, len(names)))
    missed, whole = told([frame(name) for name in names]).after(names[shown - 1] if shown else "")
    assert ([message_id(one) for one in missed], whole) == (names[shown:], True)


@settings(max_examples=30)
@given(st.lists(st.integers(0, KEPT_BYTES // 2), min_size=1, max_size=12), st.data())
def test_of_more_than_is_kept_the_last_is_there_and_that_some_is_gone_is_known(
    sizes: list[int], data: st.DataObject
) -> None:
    frames = [frame(f"m{number}", size) for number, size in enumerate(sizes)]
    shown = data.draw(st.integers(0, len(frames)))
    missed, whole = told(frames).after(f"m{shown - 1}" if shown else "")
    assert sum(map(len, missed)) <= KEPT_BYTES
    assert missed == frames[len(frames) - len(missed) :]
    assert whole == (len(missed) == len(frames) - shown)


def test_a_name_comes_back_to_what_it_was_told_and_no_other_name_does() -> None:
    kernels = SaidByKernels()
    kernels.begin("k", "k:notebook-1").add(frame("a"))
    assert kernels.begin("k", "k:notebook-2").after("") == ([], True)
    assert kernels.begin("k", "k:notebook-1").after("") == ([frame("a")], True)


def test_names_that_came_longest_ago_are_forgotten_and_all_are_with_their_kernel() -> None:
    kernels = SaidByKernels()
    for number in range(KEPT_NAMES):
        kernels.begin("k", f"k:notebook-{number}").add(frame("a"))
    kernels.begin("k", "k:notebook-0")
    kernels.begin("k", "k:notebook-new")
    assert kernels.begin("k", "k:notebook-1").after("a") == ([], False), "nobody knows what it missed"
    assert kernels.begin("k", "k:notebook-0").after("a") == ([], True)
    kernels.forget("k")
    assert kernels.begin("k", "k:notebook-0").after("a") == ([], False)
