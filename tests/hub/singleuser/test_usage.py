import time

import pytest

from tests.hub.singleuser.conftest import Served


def test_what_a_server_uses_and_how_long_it_has(served: Served) -> None:
    said = served.client.get("passerelle/usage").json()
    assert said["memory"]["limit"] == 1_000_000_000
    assert 20_000_000 < said["memory"]["used"] < 1_000_000_000
    assert said["cpus"] == 2.0
    assert said["disk_free"] > 0
    assert said["ends"] == 2_000_000_000
    assert said["idle_minutes"] == 45
    assert said["started"] == pytest.approx(time.time(), abs=600)


def test_looking_keeps_no_server_alive(served: Served) -> None:
    served.client.get("passerelle/files")
    before = served.client.get("passerelle/usage").json()["last_activity"]
    time.sleep(1.5)
    assert served.client.get("passerelle/usage").json()["last_activity"] == before
