"""Starts the gateway as JupyterHub does: `python -m fallback_hub.gateway`."""

import logging
import os
import sys

from fallback_hub.gateway.app import make_app
from fallback_hub.gateway.journal import start_journal
from fallback_hub.gateway.serving import end_when_told, make_server, open_socket
from fallback_hub.gateway.settings import read_gateway_settings
from fallback_hub.problems import HubError

LOG = logging.getLogger("fallback_hub.gateway")


def main() -> int:
    """Serve until told to end; 0 then, 2 where the settings don't hold, 1 where the port is taken."""
    end_when_told()
    start_journal()
    try:
        settings = read_gateway_settings(os.environ)
    except HubError as error:
        for problem in error.problems:
            LOG.error("settings", extra={"problem": problem.as_dict()})  # noqa: TRY400 a person's mistake has no trace
        return 2
    try:
        listener = open_socket(settings.listen)
    except OSError as error:
        LOG.error("port", extra={"listen": settings.listen, "reason": error.strerror})  # noqa: TRY400 says it all
        return 1
    make_server(make_app(settings)).run([listener])
    return 0


if __name__ == "__main__":
    sys.exit(main())
