"""Files both ways: the page's code keeps to what the server's extension does."""

from collections.abc import Callable


def test_files_go_there_and_come_back(run_live: Callable[[str], None]) -> None:
    run_live("bridge-files/live.ts")
