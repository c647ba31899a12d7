import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from tests.alive import is_alive

LEASH = [sys.executable, "-m", "fallback_hub.running.leash"]
FAMILY = (
    "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "print('up', flush=True); time.sleep(60)"
)
POLITE = "import time\nprint('up', flush=True)\ntry: time.sleep(60)\nexcept KeyboardInterrupt: print('bye', flush=True)"
STUBBORN = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


@contextmanager
def leashed(code: str) -> Iterator[tuple["subprocess.Popen[str]", list[psutil.Process]]]:
    """The leash's process, and everything below it."""
    command = [*LEASH, sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as leash:
        assert leash.stdout is not None
        assert leash.stdout.readline() == "up\n"
        family = psutil.Process(leash.pid).children(recursive=True)
        try:
            yield leash, family
        finally:
            leash.kill()
            for member in family:
                if member.is_running():
                    member.kill()


def assert_gone(family: list[psutil.Process], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while any(is_alive(member) for member in family) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [member for member in family if is_alive(member)]


def test_letting_go_ends_the_command_gently() -> None:
    with leashed(POLITE) as (leash, family):
        assert leash.stdin is not None
        assert leash.stdout is not None
        leash.stdin.close()
        assert leash.stdout.readline() == "bye\n"
        assert leash.wait(20) == 0
        assert_gone(family)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_all_that_the_command_started(number: int) -> None:
    with leashed(FAMILY) as (leash, family):
        assert len(family) == 2
        leash.send_signal(number)
        leash.wait(20)
        assert_gone(family)


def test_who_does_not_listen_is_ended_all_the_same() -> None:
    with leashed(STUBBORN) as (leash, family):
        assert leash.stdin is not None
        leash.stdin.close()
        assert leash.wait(30) != 0
        assert_gone(family)


@pytest.mark.skipif(sys.platform != "linux", reason="the system tells nobody elsewhere")
def test_a_leash_that_is_killed_takes_the_command_with_it() -> None:
    with leashed("import time; print('up', flush=True); time.sleep(60)") as (leash, family):
        leash.send_signal(signal.SIGKILL)
        assert_gone(family)


def test_the_exit_code_is_the_commands() -> None:
    command = [*LEASH, sys.executable, "-c", "raise SystemExit(7)"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as leash:
        assert leash.wait(20) == 7
