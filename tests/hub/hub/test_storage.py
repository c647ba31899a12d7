"""How the hub keeps what it knows."""

import sqlite3
from contextlib import closing

from fallback_hub.hub.storage import DATABASE
from tests.hub.running import RunningHub


def test_no_answer_waits_for_the_disk(hub: RunningHub) -> None:
    with closing(sqlite3.connect(hub.settings.state / DATABASE)) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_database_and_its_log_are_the_hubs_alone(hub: RunningHub) -> None:
    state = hub.settings.state
    assert state.stat().st_mode & 0o077 == 0
    assert (state / f"{DATABASE}-wal").stat().st_mode & 0o077 == 0
