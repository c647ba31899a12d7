"""What runs of a hub, as its state folder and this machine say."""

import time
from dataclasses import asdict, dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from fallback_hub.running.health import ask
from fallback_hub.running.processes import crowd_of
from fallback_hub.running.state import Record, StateFolder
from fallback_hub.settings import SERVICE


@dataclass(frozen=True, slots=True)
class Status:
    """`record` is None where no supervisor runs; `answers` and `gateway`: who does when asked; `servers`: how many."""

    record: Record | None
    answers: bool = False
    gateway: bool = False
    servers: int = 0

    def as_dict(self) -> dict[str, object]:
        """The status as JSON-ready values; times in epoch seconds."""
        if self.record is None:
            return {"running": False, "answers": False, "gateway": False, "servers": self.servers}
        parts = {
            name: {key: value for key, value in asdict(part).items() if key != "mark"}
            for name, part in self.record.parts.items()
        }
        return {
            "running": True,
            "answers": self.answers,
            "gateway": self.gateway,
            "servers": self.servers,
            "url": self.record.url,
            "config": self.record.config,
            "since": round(self.record.since),
            "seconds": round(time.time() - self.record.since),
            "parts": parts,
        }


def read_status(state: StateFolder) -> Status:
    """The state of things now."""
    record, addresses = state.read(), state.addresses()
    if record is None or addresses is None:
        return Status(None)
    servers = len(crowd_of(addresses.hub).addresses)
    if not state.is_held():
        return Status(None, servers=servers)
    path = urlsplit(record.url).path
    stands = all(part.state == "running" for part in record.parts.values()) and bool(record.parts)
    return Status(
        record,
        answers=stands and ask(f"{addresses.hub}{path}hub/api/") == HTTPStatus.OK,
        gateway=ask(f"{addresses.gateway}{path}services/{SERVICE}/health") == HTTPStatus.OK,
        servers=servers,
    )
