"""A school where things go wrong: for whom, the beginning of their name says; and what a pupil wrote meanwhile."""

import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import expect

from tests.bridge.driving import BridgePage, BridgeWindow
from tests.bridge.world import World, build_environments, running_world

COURSE, LESSON = "genomique", "07-alignement.ipynb"
CLOSED, BROKEN = "python-premiers-pas", "statistics"
"""A course for members only, and one whose packages can't be had."""
MINE = "mien = 'ce que j’ai écrit'"
HOSTILE = "<img src=x onerror=hacked=1>"
"""Runs where somebody takes text for HTML."""
LARGE, LARGE_BYTES = "data/grand.bin", 12 * 1024 * 1024
_NO_SUCH = f"no-such-package-of-passerelle==1.0 --hash=sha256:{'0' * 64}\n"
_OFFICE = secrets.token_hex(16)
_FAULTS = f"""
import json, os
from pathlib import Path
from fallback_hub.hub import spawner
from fallback_hub.running.addresses import HUB_CONFIG
start_process, make = spawner.start_process, spawner.CourseSpawner.__init__
bare = Path(os.environ[HUB_CONFIG]).parent.parent / "bare"
(bare / "kernels/python3").mkdir(parents=True, exist_ok=True)
lacking = {{"argv": ["/nowhere/python", "{{connection_file}}"], "display_name": "Python", "language": "python"}}
(bare / "kernels/python3/kernel.json").write_text(json.dumps(lacking))
def start_faulty(command, variables, account, log):
    fault = variables["JUPYTERHUB_USER"]
    if fault.startswith("falls"):
        command = ["sh", "-c", "echo 'cannot start: {HOSTILE}'; exit 3"]
    elif fault.startswith(("mute", "waits")):
        command = ["sh", "-c", "echo waiting for a disk; sleep 600"]
    elif fault.startswith("bare"):
        variables = variables | {{"JUPYTER_PATH": str(bare)}}
    elif fault.startswith("narrow"):
        variables = variables | {{"PASSERELLE_MAX_FILE_BYTES": "1000000"}}
    return start_process(command, variables, account, log)
def make_faulty(self, **kwargs):
    make(self, **kwargs)
    if self.user and self.user.name.startswith("mute"):
        self.start_timeout = 10
spawner.start_process, spawner.CourseSpawner.__init__ = start_faulty, make_faulty
c.Spawner.poll_interval = 2
c.JupyterHub.services.append({{"name": "office", "api_token": "{_OFFICE}"}})
c.JupyterHub.load_roles.append({{"name": "office", "scopes": ["groups"], "services": ["office"]}})
"""


@contextmanager
def running_faults(built_site: Path, at_most: int = 100) -> Iterator[World]:
    """The shipped courses, spoiled, and a hub with places for so many servers."""
    toml = f"courses.{CLOSED}.open = false\nservers.at_most = {at_most}\n"
    with running_world(built_site, toml=toml, extra_config=_FAULTS) as world:
        _spoil(world.home_of_site)
        build_environments(world, [COURSE])
        yield world


def _spoil(site: Path) -> None:
    """One course asks for what nobody has; the other has a hostile title, a hostile file and a large one."""
    requirements = site / BROKEN / "environment" / "requirements.txt"
    requirements.unlink()
    requirements.write_text(_NO_SUCH)
    described = site / COURSE / "course.json"
    course = json.loads(described.read_text())
    course["title"] = dict.fromkeys(course["title"], HOSTILE)
    for path, content in ((f"data/{HOSTILE}.txt", b"ACGT"), (LARGE, bytes(range(256)) * (LARGE_BYTES // 256))):
        (site / COURSE / "files" / path).write_bytes(content)
        course["files"].append({"path": path, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
    described.unlink()
    described.write_text(json.dumps(course))


def make_teacher(world: World, person: str) -> None:
    """Have the school's office put the person among the course's teachers."""
    world.hub.sign_in(person)
    answer = httpx.post(
        f"{world.hub.url}hub/api/groups/{COURSE}:teacher/users",
        json={"users": [person]},
        headers={"Authorization": f"Bearer {_OFFICE}"},
        trust_env=False,
    )
    assert answer.status_code == httpx.codes.OK, answer.text


def open_and_write(window: BridgeWindow, course: str = COURSE, lesson: str = LESSON) -> BridgePage:
    """Open a lesson and write into its cell 2 (in the heavy one a code cell), which the browser keeps."""
    opened = window.open(course, lesson)
    opened.edit(MINE, 2)
    opened.wait_until_kept(lesson, MINE)
    return opened


def expect_told(page: BridgePage, message: str, *actions: str, timeout: float = 60_000) -> None:
    """The bar says it and what to do next, and that the notebook is untouched; and so it is."""
    page.expect_bar(message, timeout=timeout)
    for action in actions:
        expect(page.bar.get_by_role("button", name=page.words(f"bridge.action.{action}"), exact=True)).to_be_visible()
    expect(page.bar).to_contain_text(page.words("bridge.untouched"))
    expect_untouched(page)


def expect_untouched(page: BridgePage, lesson: str = LESSON) -> None:
    """What the pupil wrote is in the page and in the browser's storage, kernelspec as ever; nothing hostile ran."""
    assert page.source(2) == MINE
    kept = page.kept()[lesson]
    assert "".join(kept["cells"][2]["source"]) == MINE
    assert kept["metadata"]["kernelspec"]["name"] != "passerelle-cluster"
    assert page.page.evaluate("window.hacked") is None


def end_server(world: World, person: str, course: str = COURSE) -> None:
    """Make room for the next test."""
    world.hub.api("DELETE", f"users/{person}/servers/{course}", world.hub.token(person))
    world.await_no_server(person, course)
