import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from fallback_hub.problems import HubError
from fallback_hub.proxy.install import (
    LOCK,
    default_cache,
    ensure_proxy,
    find_node,
    installed_proxy,
    proxy_command,
    why_not_installable,
)
from fallback_hub.running.health import ask
from fallback_hub.running.processes import end
from tests.hub.running import free_ports

from .registry import Registry, package, serving, write_lock


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """The real npm, set up for a registry of ours; it remembers nothing."""
    with serving(package()) as running:
        monkeypatch.setenv("npm_config_registry", running.address)
        monkeypatch.setenv("npm_config_userconfig", str(tmp_path / "npmrc"))
        monkeypatch.setenv("npm_config_fetch_retries", "0")
        for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
            monkeypatch.delenv(name, raising=False)
        yield running


@pytest.fixture
def lock(tmp_path: Path, registry: Registry) -> Path:
    return write_lock(tmp_path / "lock", registry.tarball)


def test_it_is_installed_once_and_runs(tmp_path: Path, registry: Registry, lock: Path) -> None:
    cache = tmp_path / "cache"
    assert installed_proxy(cache, lock) is None
    program = ensure_proxy(cache, lock)
    said = subprocess.run([program.node, program.script, "hello"], capture_output=True, text=True, check=True).stdout
    assert said == "hello\n"

    asked = len(registry.asked)
    assert ensure_proxy(cache, lock) == program == installed_proxy(cache, lock)
    assert len(registry.asked) == asked
    assert not list(cache.rglob("RAN")), "a package's script was run"


def test_what_is_not_what_the_lock_names_is_refused(tmp_path: Path, registry: Registry, lock: Path) -> None:
    registry.tarball = package("console.log('something else')")
    with pytest.raises(HubError) as told:
        ensure_proxy(tmp_path / "cache", lock)
    (problem,) = told.value.problems
    assert problem.code == "proxy-install"
    assert "isn't the one our lock names" in problem.problem
    assert [path.name for path in (tmp_path / "cache" / "proxy").iterdir()] == ["lock"]


def test_no_registry_is_a_sentence_without_its_address(
    tmp_path: Path, lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (port,) = free_ports(1)
    monkeypatch.setenv("npm_config_registry", f"http://someone:secret@127.0.0.1:{port}/")
    with pytest.raises(HubError) as told:
        ensure_proxy(tmp_path / "cache", lock)
    said = str(told.value)
    assert "the npm registry can't be reached" in said
    assert "secret" not in said
    assert "Traceback" not in said


def test_a_cache_that_cannot_be_written_is_told(tmp_path: Path, lock: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(HubError) as told:
        ensure_proxy(tmp_path / "cache", lock)
    assert told.value.problems[0].code == "cache-unwritable"


def test_nothing_is_written_into_the_home(tmp_path: Path, lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under systemd the hub's home is read-only; here nothing can be made in it at all, not even by root."""
    for name in ("HOME", "npm_config_userconfig"):
        monkeypatch.setenv(name, "/dev/null")
    ensure_proxy(tmp_path / "cache", lock)
    assert installed_proxy(tmp_path / "cache", lock)


def test_looking_whether_it_could_be_installed_needs_no_home(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "npm_config_userconfig"):
        monkeypatch.setenv(name, "/dev/null")
    problem = why_not_installable()
    assert problem is not None
    assert "E404" in problem.problem or "ETARGET" in problem.problem, "our registry hasn't got that version"
    assert registry.asked


def test_what_a_cleaner_took_is_installed_again(tmp_path: Path, registry: Registry, lock: Path) -> None:
    program = ensure_proxy(tmp_path / "cache", lock)
    (program.script.parents[1] / "package.json").unlink()
    assert installed_proxy(tmp_path / "cache", lock) is None
    ensure_proxy(tmp_path / "cache", lock)
    assert installed_proxy(tmp_path / "cache", lock)


def test_two_at_once_make_one(tmp_path: Path, registry: Registry, lock: Path) -> None:
    done: list[object] = []
    threads = [threading.Thread(target=lambda: done.append(ensure_proxy(tmp_path / "cache", lock))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 3
    assert len(set(done)) == 1
    assert sum(path.endswith(".tgz") for path in registry.asked) == 1


def test_a_run_killed_in_the_middle_leaves_nothing_half(tmp_path: Path, registry: Registry, lock: Path) -> None:
    registry.stalls = threading.Event()
    cache = tmp_path / "cache"
    places = f"Path({str(cache)!r}), Path({str(lock)!r})"
    code = f"from pathlib import Path; from fallback_hub.proxy.install import *; ensure_proxy({places})"
    running = subprocess.Popen([sys.executable, "-c", code])
    try:
        deadline = time.monotonic() + 30
        while not any(path.endswith(".tgz") for path in registry.asked) and time.monotonic() < deadline:
            time.sleep(0.05)
        family = psutil.Process(running.pid).children(recursive=True)
        running.send_signal(signal.SIGKILL)
        running.wait()
        end(family)
    finally:
        running.kill()
    assert installed_proxy(cache, lock) is None
    assert list((cache / "proxy").glob("new-*")), "it was killed too late to show anything"

    registry.stalls.set()
    ensure_proxy(cache, lock)
    assert installed_proxy(cache, lock)
    assert not list((cache / "proxy").glob("new-*"))


def test_without_node_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(HubError, match="pip install 'passerelle\\[hub\\]'"):
        find_node()


def test_the_cache_is_the_users_or_the_one_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_CACHE", "/somewhere")
    assert default_cache() == Path("/somewhere")
    monkeypatch.delenv("PASSERELLE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/xdg")
    assert default_cache() == Path("/xdg/passerelle")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert default_cache() == Path.home() / ".cache" / "passerelle"


def test_our_lock_names_every_package_by_its_hash_and_no_registry() -> None:
    packages = json.loads((LOCK / "package-lock.json").read_bytes())["packages"]
    wanted = json.loads((LOCK / "package.json").read_bytes())["dependencies"]
    assert packages.pop("")["dependencies"] == wanted
    assert len(packages) > 30
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not any("resolved" in package for package in packages.values())
    assert not any(package.get("hasInstallScript") for package in packages.values())


@pytest.mark.registry
def test_the_real_proxy_keeps_its_api_to_whoever_knows_the_secret(tmp_path: Path) -> None:
    public, api = free_ports(2)
    command = proxy_command(ensure_proxy(), ("127.0.0.1", public), ("127.0.0.1", api), "http://127.0.0.1:1/hub/error")
    with (tmp_path / "log").open("wb") as log:
        environment = {**os.environ, "CONFIGPROXY_AUTH_TOKEN": "open-sesame"}
        running = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        address, deadline = f"http://127.0.0.1:{api}/api/routes", time.monotonic() + 20
        while not ask(address) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert ask(address) == 403
        assert ask(address, "another") == 403
        assert ask(address, "open-sesame") == 200
    finally:
        running.kill()
        running.wait()
    assert shutil.which("node", path=str(Path(command[0]).parent)) == command[0]
