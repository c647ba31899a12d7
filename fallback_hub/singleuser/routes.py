"""The extension's routes, and what they start with."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from fallback_hub.singleuser.activity import watch_kernels
from fallback_hub.singleuser.course_folder import prepare_folder
from fallback_hub.singleuser.files import FileHandler, ListHandler
from fallback_hub.singleuser.handlers import Parts
from fallback_hub.singleuser.hashing import Hashes
from fallback_hub.singleuser.opening import OpenHandler
from fallback_hub.singleuser.surroundings import read_surroundings
from fallback_hub.singleuser.uploads import HIDDEN, Uploads
from fallback_hub.singleuser.usage import UsageHandler

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp


def add_routes(app: ServerApp) -> None:
    """Add them below the server's address."""
    surroundings = read_surroundings(os.environ)
    prepare_folder(surroundings)
    hidden = surroundings.folder / HIDDEN
    hidden.mkdir(mode=0o700, exist_ok=True)
    hashes = Hashes(hidden / "hashes.json")
    hashes.load()
    uploads = Uploads(surroundings.folder, hashes, surroundings.max_file_bytes)
    uploads.sweep()
    given = {"parts": Parts(surroundings, hashes, uploads)}
    app.io_loop.add_callback(watch_kernels, app)
    root = f"{app.web_app.settings['base_url'].rstrip('/')}/passerelle"
    handlers = [
        (f"{root}/files", ListHandler, given),
        (f"{root}/files/(.+)", FileHandler, given),
        (f"{root}/usage", UsageHandler, given),
        (f"{root}/open", OpenHandler, given),
    ]
    app.web_app.add_handlers(".*$", handlers)  # type: ignore[no-untyped-call]  # tornado's
