import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.hub.running import free_ports

ORIGIN = "http://127.0.0.1:18000"
LARGEST = 40_000_000


@dataclass
class Served:
    """Jupyter Server with our extension alone; `folder` is the course's."""

    url: str
    folder: Path
    client: httpx.Client
    environment: dict[str, str]
    token: str
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        port = self.url.split(":")[2].split("/")[0]
        log = (self.folder.parent / "server.log").open("ab")
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyter_server", "--allow-root", "--no-browser", f"--port={port}"),
                *("--ServerApp.port_retries=0", f"--IdentityProvider.token={self.token}"),
                "--ServerApp.base_url=/user/alice/rna/",
                "--ServerApp.jpserver_extensions={'fallback_hub.singleuser': True, 'jupyterlab': False}",
                "--ServerApp.kernel_manager_class=fallback_hub.singleuser.kernels.PageKernelManager",
                "--ServerApp.kernel_websocket_connection_class=fallback_hub.singleuser.kernels.PageConnection",
                f"--ServerApp.allow_origin={ORIGIN}",
                f"--ServerApp.root_dir={self.folder.parent}",
            ],
            env=self.environment,
            stdout=log,
            stderr=log,
        )
        log.close()
        until = time.monotonic() + 120
        while time.monotonic() < until:
            with suppress(httpx.TransportError):
                if self.client.get("api").status_code == 200:
                    return
            time.sleep(0.1)
        raise AssertionError((self.folder.parent / "server.log").read_text())

    def stop(self) -> None:
        """End it at once, as a crash would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the tests of a module."""
    home = tmp_path_factory.mktemp("home")
    (port,) = free_ports(1)
    token = secrets.token_hex(16)
    url = f"http://127.0.0.1:{port}/user/alice/rna/"
    headers = {"Authorization": f"token {token}", "Origin": ORIGIN}
    environment = {
        **os.environ,
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "PASSERELLE_COURSE": "rna",
        "PASSERELLE_SITE": str(home / "site"),
        "PASSERELLE_SITE_ORIGIN": ORIGIN,
        "PASSERELLE_SITE_URL": f"{ORIGIN}/",
        "PASSERELLE_MAX_FILE_BYTES": str(LARGEST),
        "PASSERELLE_IDLE_MINUTES": "45",
        "PASSERELLE_ENDS": "2000000000",
        "MEM_LIMIT": "1000000000",
        "CPU_LIMIT": "2.0",
    }
    with httpx.Client(base_url=url, headers=headers, timeout=60, trust_env=False) as client:
        one_served = Served(url, home / "rna", client, environment, token)
        try:
            one_served.start()
            yield one_served
        finally:
            one_served.stop()


@pytest.fixture
def empty(served: Served) -> Served:
    """The same server, its course folder empty."""
    for path in sorted(served.folder.rglob("*"), reverse=True):
        if ".passerelle" in path.relative_to(served.folder).parts[:1] and path.is_dir():
            continue
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    return served
