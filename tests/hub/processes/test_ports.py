import errno
import socket
from pathlib import Path

import pytest

from fallback_hub.running import ports
from fallback_hub.running.addresses import LOCAL, Addresses, addresses_in, port_of
from fallback_hub.running.ports import choose_addresses, problems_in_bind, why_busy
from fallback_hub.settings import HubSettings, read_settings
from tests.hub.running import free_ports


def settings_for(folder: Path, bind: str) -> HubSettings:
    (folder / "hub.toml").write_text(
        f'site_url = "http://127.0.0.1:1234/"\nurl = "https://hub.example.org/"\nbind = "{bind}"\n'
    )
    return read_settings(folder / "hub.toml")


def test_a_port_in_use_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server((LOCAL, 0)) as taken:
        port = taken.getsockname()[1]
        (problem,) = problems_in_bind(settings_for(tmp_path, f"127.0.0.1:{port}"))
        assert problem.code == "hub-port-busy"
        assert f"Port {port} of 127.0.0.1 is in use" in problem.problem
    assert not list(problems_in_bind(settings_for(tmp_path, f"127.0.0.1:{port}")))


def test_an_address_of_another_machine_is_a_sentence(tmp_path: Path) -> None:
    (problem,) = problems_in_bind(settings_for(tmp_path, "192.0.2.1:8001"))
    assert problem.code == "hub-port-address"


def test_a_port_of_the_systems_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_for(tmp_path, "127.0.0.1:80")
    monkeypatch.setattr(ports, "why_busy", lambda _: PermissionError(errno.EACCES, "Permission denied"))
    (problem,) = problems_in_bind(settings)
    assert problem.code == "hub-port-reserved"


def test_addresses_are_free_differ_and_stay() -> None:
    first = choose_addresses(8001, None, keep_proxy=False)
    chosen = [port_of(address) for address in (first.proxy_api, first.hub, first.gateway)]
    assert len(set(chosen)) == 3
    assert not any(why_busy((LOCAL, port)) for port in chosen)
    assert choose_addresses(8002, first, keep_proxy=False) == first


def test_only_an_address_that_is_taken_changes_unless_our_proxy_has_it() -> None:
    free = free_ports(2)
    with socket.create_server((LOCAL, 0)) as taken:
        busy = f"http://127.0.0.1:{taken.getsockname()[1]}"
        hub, gateway = (f"http://127.0.0.1:{port}" for port in free)
        kept = Addresses(busy, hub, gateway)
        changed = choose_addresses(8001, kept, keep_proxy=False)
        assert changed.proxy_api != busy
        assert (changed.hub, changed.gateway) == (hub, gateway)
        assert choose_addresses(8001, kept, keep_proxy=True) == kept


def test_they_travel_in_the_environment() -> None:
    addresses = Addresses("http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:3")
    assert addresses_in(addresses.as_environment()) == addresses
    assert addresses_in({}) == Addresses()
