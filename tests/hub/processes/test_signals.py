import os
import pty
import signal
import subprocess
import sys

import pytest

LISTEN = (
    "from fallback_hub.running.signals import Wishes\n"
    "wishes = Wishes(leash={leash})\n"
    "print('up', flush=True)\n"
    "print(wishes.wait(30), flush=True)\n"
)


def wish(number: int, *, stdin: int = subprocess.DEVNULL) -> str:
    """What a process that listens understands by the signal."""
    command = [sys.executable, "-c", LISTEN.format(leash=False)]
    with subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, text=True) as listening:
        assert listening.stdout is not None
        assert listening.stdout.readline() == "up\n"
        listening.send_signal(number)
        return listening.stdout.readline().strip()


@pytest.mark.parametrize(
    ("number", "meant"),
    [
        (signal.SIGTERM, "stop"),
        (signal.SIGINT, "stop"),
        (signal.SIGUSR1, "leave"),
        (signal.SIGUSR2, "reload"),
        (signal.SIGHUP, "reload"),
    ],
)
def test_what_signals_mean(number: int, meant: str) -> None:
    assert wish(number) == meant


def test_when_the_terminal_goes_the_hub_in_it_goes() -> None:
    ours, theirs = pty.openpty()
    try:
        assert wish(signal.SIGHUP, stdin=theirs) == "stop"
        assert wish(signal.SIGUSR2, stdin=theirs) == "reload"
    finally:
        os.close(ours)
        os.close(theirs)


def test_letting_go_of_the_leash_is_a_wish_to_stop() -> None:
    command = [sys.executable, "-c", LISTEN.format(leash=True)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as listening:
        assert listening.stdout is not None
        assert listening.stdin is not None
        assert listening.stdout.readline() == "up\n"
        listening.stdin.close()
        assert listening.stdout.readline() == "stop\n"


def test_a_signal_that_comes_between_two_listeners_waits() -> None:
    """As when the supervisor becomes a new one: the signal's own effect would end it."""
    code = (
        "import os, signal\nfrom fallback_hub.running.signals import Wishes, hold_wishes\n"
        "hold_wishes()\nos.kill(os.getpid(), signal.SIGUSR2)\nprint(Wishes(leash=False).wait(30))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "reload\n"
