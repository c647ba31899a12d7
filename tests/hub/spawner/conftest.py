import asyncio
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from fallback_hub.environments.build import Recipe, ensure_built
from fallback_hub.environments.copying import copy_into, needed
from fallback_hub.environments.interpreters import find_interpreter
from fallback_hub.environments.requirements import Requirements, parse_requirements
from fallback_hub.hub.accounts import _digest
from fallback_hub.settings import HubSettings
from tests.hub.running import PEOPLE, RunningHub, running_hub
from tests.hub.sites import write_course_json
from tests.hub.spawner.kernels import Page

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
PACKAGES = f"ipykernel==0 --hash=sha256:{'0' * 64}\n"
"""Stands for a course's list: its environment is put in place before, from packages that are installed here."""

SOON = """
import time
from fallback_hub.hub import spawner
launch = spawner.CourseSpawner._launch
def launch_and_look_at_the_clock(self, *args):
    launch(self, *args)
    if self.name == "brief":
        self.ends = time.time() + 4
spawner.CourseSpawner._launch = launch_and_look_at_the_clock
c.Spawner.poll_interval = 1
"""


@pytest.fixture(scope="package")
def hub() -> Iterator[RunningHub]:
    """A hub with accounts of the machine, as an institution runs it; one server starts at a time."""
    if os.geteuid() != 0:
        pytest.skip("only root gives everybody an account")
    base = Path(tempfile.mkdtemp(prefix="passerelle-hub-"))
    base.chmod(0o755)
    try:
        environments = base / "environments"
        _put_environment(environments)
        toml = f'environments = "{environments}"\nservers.at_once = 1\ncourses.closed.open = false\n'
        with running_hub(base / "hub", _write_site(base / "site"), toml=toml, extra_config=SOON) as running:
            try:
                yield running
            finally:
                _remove_accounts(running.settings)
    finally:
        shutil.rmtree(base, ignore_errors=True)


@pytest.fixture
def alice(hub: RunningHub) -> Iterator[Page]:
    """A page of Alice's, her server running."""
    yield from _page(hub, "alice")


@pytest.fixture
def bob(hub: RunningHub) -> Iterator[Page]:
    """A page of Bob's, his server running."""
    yield from _page(hub, "bob")


def _page(hub: RunningHub, name: str) -> Iterator[Page]:
    token = hub.token(name)
    try:
        yield Page(hub.start(name, "genomique", token), token, hub.settings.site_origin)
    finally:
        hub.api("DELETE", f"users/{name}/servers/genomique", token)


def _put_environment(environments: Path) -> None:
    digest = Requirements(PYTHON, parse_requirements(PACKAGES)).digest
    recipe = Recipe(environments, digest, find_interpreter(PYTHON, everyone=True))
    packages = needed(["ipykernel"])
    asyncio.run(ensure_built(recipe, lambda _step: None, lambda beside: copy_into(packages, beside)))


def _write_site(site: Path) -> Path:
    environment = {"requirements": "environment/requirements.txt", "lock_sha256": "0" * 64, "python": PYTHON}
    for slug in ("genomique", "closed", "brief", "broken", "unlocked"):
        write_course_json(site / slug, environment=None if slug == "unlocked" else environment, packages=["numpy"])
        (site / slug / "environment").mkdir()
        broken = f"no-such-package-of-passerelle==1.0 --hash=sha256:{'0' * 64}\n"
        (site / slug / "environment/requirements.txt").write_text(broken if slug == "broken" else PACKAGES)
    for path in (site, *site.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return site


def _remove_accounts(settings: HubSettings) -> None:
    marks = {f"passerelle-{_digest(person, settings)[:24]}" for person in PEOPLE}
    for entry in pwd.getpwall():
        if entry.pw_gecos in marks:
            subprocess.run(["userdel", entry.pw_name], capture_output=True, check=False)
            shutil.rmtree(entry.pw_dir, ignore_errors=True)
