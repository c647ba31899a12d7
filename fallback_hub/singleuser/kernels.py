"""What a kernel says to nobody is kept for the notebook that left, whoever else of its page comes or goes.

Jupyter Server keeps it for whichever connection closed last, and drops it as soon as another comes. A page has several
to a kernel (the notebook's, the widgets'), and their order is chance. The notebook's are told by how their names begin.
"""

import asyncio
from contextlib import suppress
from typing import Any

from jupyter_client.manager import KernelManager
from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.websocket import WebSocketClosedError
from traitlets import Bool, Instance

from fallback_hub.singleuser.said import Said, SaidByKernels

NOTEBOOK = "notebook-"
"""How the page's `missed/index.ts` begins the name of a notebook's connection (its `session_id`)."""
SHOWN = "shown"
"""What a page that comes again says in the websocket's address: the `msg_id` of what it showed last."""
GAP = "passerelle_gap"
"""The message type that tells it, ahead of the rest, that some of what came after that is no longer kept."""


def is_notebook(session_key: str) -> bool:
    """Whether Jupyter Server's key of a connection, `<kernel>:<name>`, is a notebook's."""
    return session_key.partition(":")[2].startswith(NOTEBOOK)


class PageKernelManager(AsyncMappingKernelManager):
    """Keeps for a notebook what other connections would have dropped; without one, the first that comes gets it."""

    said = Instance(SaidByKernels, ())

    def start_buffering(self, kernel_id: str, session_key: str, channels: dict[str, Any]) -> None:
        """Keep what comes from now on, unless a notebook's is kept already and this isn't one."""
        if self._is_kept_from(kernel_id, session_key):
            for stream in channels.values():
                stream.close()
        else:
            super().start_buffering(kernel_id, session_key, channels)  # type: ignore[no-untyped-call]

    def get_buffer(self, kernel_id: str, session_key: str) -> Any:  # noqa: ANN401 - its class gives it no type
        """What was kept for this kernel, as if it were for `session_key`; None where nothing was, or a notebook's."""
        if self._is_kept_from(kernel_id, session_key):
            return None
        if kernel_id in self._kernel_buffers:
            self._kernel_buffers[kernel_id]["session_key"] = session_key
        return super().get_buffer(kernel_id, session_key)  # type: ignore[no-untyped-call]

    def kernel_model(self, kernel_id: str) -> dict[str, Any]:
        """The kernel as the API describes it; `kept_for` names the connections whose next one misses nothing.

        That is the one whose messages are kept, and notebooks' that are open, or look so: their pages may have gone.
        """
        model: dict[str, Any] = super().kernel_model(kernel_id)  # type: ignore[no-untyped-call]
        kept = self._kernel_buffers.get(kernel_id)
        keys = [] if kept is None else [kept["session_key"]]
        opened = PageConnection._open_sessions  # noqa: SLF001 - nowhere else are they
        keys += [key for key in opened if key.startswith(f"{kernel_id}:") and is_notebook(key)]
        return model | {"kept_for": [key.partition(":")[2] for key in keys]}

    def remove_kernel(self, kernel_id: str) -> KernelManager:
        """Of a kernel that has ended nothing is kept."""
        self.said.forget(kernel_id)
        return super().remove_kernel(kernel_id)

    def _is_kept_from(self, kernel_id: str, session_key: str) -> bool:
        kept = self._kernel_buffers.get(kernel_id)
        return kept is not None and is_notebook(kept["session_key"]) and not is_notebook(session_key)


class PageConnection(ZMQChannelsWebsocketConnection):
    """A page's connection to a kernel; what a notebook's page hasn't shown goes on to the next one of its name.

    That is what it was told and its page never had, and what comes once it has gone, though others stay.
    """

    _said = Instance(Said, ())
    _connected = Instance(asyncio.Future, allow_none=True)
    _counted = Bool(default_value=False)
    _left = Bool(default_value=False)

    async def prepare(self) -> None:
        """Take the place of a connection of this name that the server believes open: nothing is said in between."""
        key = f"{self.kernel_id}:{self.session.session}"
        stale = self._open_sessions.get(key)
        if stale is not None and is_notebook(key):
            stale.connection.disconnect()
            stale.close()
        await super().prepare()  # type: ignore[no-untyped-call]

    def connect(self) -> asyncio.Future[None] | None:  # type: ignore[override]  # as the class it inherits from
        """Begin with what the page hasn't shown; Jupyter Server goes on with what it kept since."""
        if self._left:  # while it was being opened, another took its place
            self.websocket_handler.close()
            return _done()
        if is_notebook(self.session_key):
            self._said = self.multi_kernel_manager.said.begin(self.kernel_id, self.session_key)
            self._tell_again()
        self._counted = True
        self._connected = super().connect()
        return self._connected

    def nudge(self) -> asyncio.Future[None]:
        """Wait for the kernel on new channels; on those that were kept, it would drop the next that is said."""
        return _done() if self.channels["iopub"].receiving() else super().nudge()

    @property
    def write_message(self) -> Any:  # noqa: ANN401 - its class gives it no type
        """Tells the page; what a notebook is told is kept, whether it gets there or not."""
        keeps = is_notebook(self.session_key) and self.subprotocol
        return self._tell if keeps else super().write_message

    def disconnect(self) -> Any:  # noqa: ANN401 - its class gives it no type
        """Go, once, and as the last one where this is a notebook's.

        One that goes while it waits for the kernel hands nothing on: that wait would end later, on another's channels.
        """
        if self._left:
            return None
        self._left = True
        if not self._counted:
            self.multi_kernel_manager.notify_connect(self.kernel_id)
        connections = self.multi_kernel_manager._kernel_connections  # noqa: SLF001 - as Jupyter Server's own does
        others = connections.get(self.kernel_id, 0) - 1
        if others < 0 or not is_notebook(self.session_key):
            return super().disconnect()  # type: ignore[no-untyped-call]
        connections[self.kernel_id] = 1 if self._connected is not None and self._connected.done() else 2
        try:
            return super().disconnect()  # type: ignore[no-untyped-call]
        finally:
            if self.kernel_id in connections:
                connections[self.kernel_id] = others

    def _tell(self, frame: bytes, *, binary: bool) -> None:
        self._said.add(frame)
        with suppress(WebSocketClosedError):
            self.websocket_handler.write_message(frame, binary=binary)

    def _tell_again(self) -> None:
        """A page that says nothing of what it has shown is told nothing twice."""
        shown = self.websocket_handler.get_argument(SHOWN, None)
        if shown is None:
            return
        missed, whole = self._said.after(shown)
        if not whole:
            gap = serialize_msg_to_ws_v1(self.session.msg(GAP), "iopub", self.session.pack)  # type: ignore[no-untyped-call]
            missed = [gap, *missed]
        for frame in missed:
            self.websocket_handler.write_message(frame, binary=True)


def _done() -> asyncio.Future[None]:
    done: asyncio.Future[None] = asyncio.Future()
    done.set_result(None)
    return done
