"""What a kernel says while the page is away is shown when it is back."""

from collections.abc import Callable


def test_missed_output_is_shown_or_said_to_be_lost(run_live: Callable[[str], None]) -> None:
    run_live("bridge-missed/live.ts")
