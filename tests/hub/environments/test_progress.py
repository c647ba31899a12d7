from hypothesis import given
from hypothesis import strategies as st

from fallback_hub.environments.progress import BuildStep, step_in, tail_of

BEGUN = "Using Python 3.11.2 environment at: x\nResolved 44 packages in 326ms\nDownloading numpy (16.1MiB)\n"
GOING = BEGUN + "Downloading pandas (10.7MiB)\n Downloaded numpy\n"


def test_steps_are_read_from_what_uv_wrote() -> None:
    assert step_in("") == BuildStep("packages")
    assert step_in(BEGUN) == BuildStep("packages", "numpy", 0, 1, 44)
    assert step_in(GOING) == BuildStep("packages", "pandas", 1, 2, 44)
    assert step_in(GOING + " Downloaded pandas\nPrepared 44 packages in 1s\n") == BuildStep("installing", "", 2, 2, 44)


def test_the_tail_shows_no_address_and_no_colour() -> None:
    output = "one\n\x1b[31merror\x1b[39m: https://user:secret@packages.example/simple said no\n\n" + "x" * 1000
    lines = tail_of(output)
    assert lines[1] == "error: (address) said no"
    assert "secret" not in "".join(lines)
    assert len(lines[2]) == 300


@given(st.text(max_size=300))
def test_any_output_is_some_step(output: str) -> None:
    step = step_in(output)
    assert 0 <= step.done <= step.total
    assert len(tail_of(output)) <= 20
