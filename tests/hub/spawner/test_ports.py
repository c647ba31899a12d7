import socket
from pathlib import Path

import pytest

from fallback_hub.hub import ports
from fallback_hub.hub.ports import EPHEMERAL, Ports


def test_no_port_is_given_twice_nor_one_that_a_connection_may_be_given() -> None:
    one = Ports()
    given = [one.take() for _ in range(300)]
    low, high = map(int, EPHEMERAL.read_text().split())
    assert len(set(given)) == 300
    assert not [port for port in given if low <= port <= high]


def test_a_port_that_somebody_listens_on_is_passed_over() -> None:
    one = Ports()
    taken = one.take()
    one._turn = (one._turn - 1) % len(one._numbers)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", taken))
        assert one.take() != taken


def test_a_machine_that_gives_all_ports_to_connections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "EPHEMERAL", tmp_path / "range")
    (tmp_path / "range").write_text("1024\t65535\n")
    assert 1024 <= Ports().take() <= 65535
    (tmp_path / "range").unlink()
    assert 20_000 <= Ports().take() < 49_152
