"""A person's server without a hub around it: Jupyter Server with our extension, and a token of its own."""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fallback_hub.singleuser.arguments import OUTPUT_BYTES, OUTPUT_MESSAGES
from tests.hub.running import free_ports

FRONTEND = Path(__file__).parents[3] / "lite_site" / "frontend"
TOKEN = "the-page-test"  # noqa: S105 - of a server that lives as long as the tests
START_SECONDS = 60


@pytest.fixture(scope="session")
def server_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a running server, whose home is empty."""
    home = tmp_path_factory.mktemp("home")
    (port,) = free_ports(1)
    settings = {
        "ip": "127.0.0.1",
        "port": port,
        "root_dir": home,
        "open_browser": False,
        "jpserver_extensions": {"fallback_hub.singleuser": True},
        "kernel_manager_class": "fallback_hub.singleuser.kernels.PageKernelManager",
        "kernel_websocket_connection_class": "fallback_hub.singleuser.kernels.PageConnection",
    }
    environment = {
        **os.environ,
        "HOME": str(home),
        "JUPYTER_TOKEN": TOKEN,
        "JUPYTER_PREFER_ENV_PATH": "1",
        "PASSERELLE_COURSE": "genomique",
        "PASSERELLE_SITE_ORIGIN": "https://site.example",
    }
    arguments = [
        *(f"--ServerApp.{name}={value}" for name, value in settings.items()),
        f"--ZMQChannelsWebsocketConnection.iopub_data_rate_limit={OUTPUT_BYTES}",
        f"--ZMQChannelsWebsocketConnection.iopub_msg_rate_limit={OUTPUT_MESSAGES}",
    ]
    command = [sys.executable, "-m", "jupyter_server", "--allow-root", *arguments]
    log = home / ".server.log"
    with log.open("wb") as told, subprocess.Popen(command, env=environment, stdout=told, stderr=told) as process:
        try:
            _wait_for(port, process, log)
            yield port
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.fixture(scope="session")
def run_live(server_port: int) -> Callable[[str], None]:
    """Run a script of the page's own tests (`tests/<name>` of the frontend) with that server."""
    node = find_node()

    def run(name: str) -> None:
        environment = {**os.environ, "SERVER_PORT": str(server_port), "SERVER_TOKEN": TOKEN}
        done = subprocess.run(
            [node, "--test", "--test-force-exit", f"tests/{name}"],
            cwd=FRONTEND,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    return run


def find_node() -> str:
    """Node; the test fails where it or the frontend's packages are missing."""
    places = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    node = shutil.which("node", path=places)
    assert node is not None, "Node isn't installed: make .venv/ready"
    assert (FRONTEND / "node_modules").is_dir(), "the frontend's packages aren't installed: make frontend"
    return node


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/api", headers={"Authorization": f"token {TOKEN}"})
    for _ in range(START_SECONDS * 5):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            with urllib.request.urlopen(request, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(f"no server after {START_SECONDS} s:\n{log.read_text(encoding='utf-8')}")
