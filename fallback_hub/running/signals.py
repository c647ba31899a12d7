"""What the supervisor is asked to do: by signals, or by the end of whoever holds its leash."""

import os
import select
import signal
import socket
from types import FrameType
from typing import Literal

Wish = Literal["stop", "leave", "reload"]
STDIN = 0

WISHES: dict[int, Wish] = {
    signal.SIGTERM: "stop",
    signal.SIGINT: "stop",
    signal.SIGUSR1: "leave",
    signal.SIGUSR2: "reload",
    signal.SIGHUP: "reload",
}
"""`leave` ends the hub and lets people's servers stand; `reload` starts the hub anew with new settings.

SIGHUP is what service managers send to reload; to a process at a terminal it says that the terminal is gone.
"""


def hold_wishes() -> None:
    """Keep signals waiting until the next `Wishes` listens, in whatever this process becomes."""
    signal.pthread_sigmask(signal.SIG_BLOCK, WISHES)


class Wishes:
    """Listens from its making on; on the main thread only."""

    def __init__(self, *, leash: bool) -> None:
        self._leash = leash
        self._at_terminal = os.isatty(STDIN)
        self._wish: Wish | None = None
        self._heard, self._wakes = socket.socketpair()
        for end in (self._heard, self._wakes):
            end.settimeout(0)
        signal.set_wakeup_fd(self._wakes.fileno(), warn_on_full_buffer=False)
        for number in WISHES:
            signal.signal(number, self._note)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, WISHES)

    def wait(self, seconds: float) -> Wish | None:
        """The wish, as soon as there is one, or None after so long."""
        if self._wish is None:
            watched = [self._heard.fileno(), *([STDIN] if self._leash else [])]
            ready, _, _ = select.select(watched, [], [], seconds)
            if self._heard.fileno() in ready:
                self._heard.recv(64)
            if self._leash and STDIN in ready and not os.read(STDIN, 64):
                return "stop"
        wish, self._wish = self._wish, None
        return wish

    def _note(self, number: int, frame: FrameType | None) -> None:
        wish = "stop" if number == signal.SIGHUP and self._at_terminal else WISHES[number]
        if self._wish != "stop":
            self._wish = wish
