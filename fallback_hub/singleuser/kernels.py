"""What a kernel says to nobody is kept for the notebook that left, whoever else of its page comes or goes.

Jupyter Server keeps it for whichever connection closed last, and drops it as soon as another comes. A page has several
to a kernel (the notebook's, the widgets'), and their order is chance. The notebook's are told by how their names begin.
"""

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

NOTEBOOK = "notebook-"
"""How the page's `missed/index.ts` begins the name of a notebook's connection (its `session_id`)."""


def is_notebook(session_key: str) -> bool:
    """Whether Jupyter Server's key of a connection, `<kernel>:<name>`, is a notebook's."""
    return session_key.partition(":")[2].startswith(NOTEBOOK)


class PageKernelManager(AsyncMappingKernelManager):
    """Keeps for a notebook what other connections would have dropped; without one, the first that comes gets it."""

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
        """The kernel as the API describes it; `kept_for` names the connection whose messages are kept, if one's are."""
        model: dict[str, Any] = super().kernel_model(kernel_id)  # type: ignore[no-untyped-call]
        kept = self._kernel_buffers.get(kernel_id)
        return model | ({} if kept is None else {"kept_for": kept["session_key"].partition(":")[2]})

    def _is_kept_from(self, kernel_id: str, session_key: str) -> bool:
        kept = self._kernel_buffers.get(kernel_id)
        return kept is not None and is_notebook(kept["session_key"]) and not is_notebook(session_key)


class PageConnection(ZMQChannelsWebsocketConnection):
    """A page's connection to a kernel; once a notebook's has gone, what it misses is kept though others stay."""

    def disconnect(self) -> Any:  # noqa: ANN401 - its class gives it no type
        """Go, as the last one where this is a notebook's."""
        connections = self.multi_kernel_manager._kernel_connections  # noqa: SLF001 - as Jupyter Server's own does
        others = connections.get(self.kernel_id, 0) - 1
        if others <= 0 or not is_notebook(self.session_key):
            return super().disconnect()  # type: ignore[no-untyped-call]
        connections[self.kernel_id] = 1
        try:
            return super().disconnect()  # type: ignore[no-untyped-call]
        finally:
            if self.kernel_id in connections:
                connections[self.kernel_id] = others
