"""A class of 100 pupils arrives within a minute: until when each has a server, and what the hub answers meanwhile.

Each pupil signs in by the form, gets a token as the page does, asks for the server of a course and follows its
progress. `ours` is the hub as `passerelle hub start` configures it, whose spawner lets servers start a few at a time
and tells the others their place; beside it, `peer` is the same JupyterHub with its own local spawner and limits, which
starts all that ask. `api_p95` is the 95th percentile of GET /hub/api/user, asked four times a second all along.
"""

import asyncio
import json
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import httpx
from measure import parse_options, print_figure, run_command, take_turns

from tests.hub.running import RunningHub, running_hub

COURSE = "python-premiers-pas"
ROOT = Path(__file__).parents[1]
PLAIN = "c.JupyterHub.concurrent_spawn_limit = 100\nc.Spawner.start_timeout = 600"


@dataclass
class Lesson:
    """What one class met: seconds each pupil waited, seconds the hub took to answer, who got no server."""

    waited: list[float] = field(default_factory=list)
    silent: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


async def arrive(hub: RunningHub, name: str, after: float, lesson: Lesson) -> None:
    """One pupil, from the sign-in to a server that is ready; what went wrong is noted."""
    await asyncio.sleep(after)
    begun = time.perf_counter()
    try:
        token = await asyncio.to_thread(hub.token, name)
        headers = {"Authorization": f"Bearer {token}", "Origin": hub.settings.site_origin}
        async with httpx.AsyncClient(base_url=hub.url, headers=headers, timeout=900, trust_env=False) as client:
            server = f"hub/api/users/{name}/servers/{COURSE}"
            await ask(client, server)
            await follow(client, f"{server}/progress", lesson)
        lesson.waited.append(time.perf_counter() - begun)
    except (httpx.HTTPError, AssertionError, RuntimeError) as error:
        lesson.failed.append(f"{name}: {error!r}")


async def ask(client: httpx.AsyncClient, server: str) -> None:
    """Ask for the server, again when the hub says so."""
    for _ in range(600):
        answer = await client.post(server, json={"profile": "standard"})
        if answer.status_code != 429:
            break
        await asyncio.sleep(float(answer.headers.get("Retry-After", 1)))
    answer.raise_for_status()


async def follow(client: httpx.AsyncClient, address: str, lesson: Lesson) -> None:
    """Read progress until the server is ready; the longest time without a word is noted."""
    heard, longest = time.perf_counter(), 0.0
    async with client.stream("GET", address) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data:"):
                longest, heard = max(longest, time.perf_counter() - heard), time.perf_counter()
                event = json.loads(line.removeprefix("data:"))
                if event.get("failed"):
                    raise RuntimeError(event["message"])
                if event.get("ready"):
                    lesson.silent.append(longest)
                    return
    raise RuntimeError("progress ended before the server was ready")


def ask_on(url: str, headers: dict[str, str], answers: Connection) -> None:
    """Ask the hub's API four times a second, until told to end; then send how long each answer took."""
    with suppress(PermissionError):
        os.nice(-10)  # what is measured is the hub's haste, not ours
    answered: list[float] = []
    with httpx.Client(base_url=url, headers=headers, timeout=60, trust_env=False) as client:
        while not answers.poll(0.25):
            begun = time.perf_counter()
            client.get("hub/api/user").raise_for_status()
            answered.append(time.perf_counter() - begun)
    answers.send(answered)


@contextmanager
def making_way() -> Iterator[None]:
    """The pupils' browsers are played on the hub's own machine: the hub goes first."""
    usual = os.getpriority(os.PRIO_PROCESS, 0)
    os.setpriority(os.PRIO_PROCESS, 0, usual + 10)
    try:
        yield
    finally:
        os.setpriority(os.PRIO_PROCESS, 0, usual)


async def hold_class(hub: RunningHub, pupils: list[str], within: float) -> Lesson:
    """All pupils, evenly over so many seconds."""
    lesson = Lesson()
    headers = {"Authorization": f"Bearer {hub.token('admin')}", "Origin": hub.settings.site_origin}
    here, there = multiprocessing.Pipe()
    context = multiprocessing.get_context("spawn")
    asking = context.Process(target=ask_on, args=(hub.url, headers, there), daemon=True)
    asking.start()
    with making_way():
        await asyncio.gather(*(arrive(hub, name, within * at / len(pupils), lesson) for at, name in enumerate(pupils)))
    here.send("end")
    lesson.answered = here.recv()
    asking.join()
    return lesson


def run_class(folder: Path, pupils: int, within: float, spawner: str | None, extra: str) -> Lesson:
    """One class with a fresh hub of its own, for the site in `folder`."""
    names = [f"eleve{number:03}" for number in range(pupils)]
    with tempfile.TemporaryDirectory(dir=folder) as state:
        toml = f"[servers]\nat_most = {pupils + 10}\n"
        Path(state).chmod(0o755)
        site, people = folder / "_site", ("admin", *names)
        with running_hub(Path(state), site, toml=toml, spawner=spawner, extra_config=extra, people=people) as hub:
            # The course's environment is built before the class.
            hub.start("admin", COURSE, hub.token("admin"), within=600, profile="standard")
            lesson = asyncio.run(hold_class(hub, names, within))
    if lesson.failed:
        print(json.dumps({"name": "bridge_class.failures", "spawner": spawner or "ours", "said": lesson.failed[:5]}))
    return lesson


def percentile(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20)[-1]


def main() -> None:
    """Print the figures of the class."""
    options = parse_options(__doc__)
    pupils, within, runs = (4, 2.0, 1) if options.quick else (100, 60.0, 2)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        folder.chmod(0o755)
        site = ["--contents", str(ROOT / "contents"), "--output", str(folder / "_site")]
        run_command([sys.executable, str(ROOT / "build.py"), "build", COURSE, *site], folder)
        ours, peer = take_turns(
            runs,
            lambda: run_class(folder, pupils, within, None, ""),
            lambda: run_class(folder, pupils, within, "simple", PLAIN),
        )
    figures: list[tuple[str, str, Callable[[Lesson], float]]] = [
        ("ready_median", "s", lambda lesson: statistics.median(lesson.waited)),
        ("ready_last", "s", lambda lesson: max(lesson.waited)),
        ("api_p95", "s", lambda lesson: percentile(lesson.answered)),
        ("silent_longest", "s", lambda lesson: max(lesson.silent)),
        ("served", "pupils", lambda lesson: float(len(lesson.waited))),
    ]
    for name, unit, value in figures:
        full = f"bridge_class.{pupils}_pupils.{name}"
        print_figure(full, unit, [value(one) for one in ours], [value(one) for one in peer])


if __name__ == "__main__":
    main()
