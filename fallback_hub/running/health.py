"""Asks the hub's parts on this machine whether they answer."""

import http.client
from typing import Literal
from urllib.parse import urlsplit

SECONDS = 5.0


def ask(address: str, token: str = "", method: Literal["GET", "POST"] = "GET") -> int:
    """The status of the answer; 0 where there is none.

    Never through a proxy of the environment: these are addresses of this machine.
    """
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS)
    try:
        connection.request(method, parts.path, headers={"Authorization": f"token {token}"} if token else {})
        with connection.getresponse() as answer:
            return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
