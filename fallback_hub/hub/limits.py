"""How much people may ask of the hub: servers, and the time they may take to start."""

from tornado.httpserver import HTTPServer
from traitlets.config import Config

from fallback_hub.settings import HubSettings

SERVERS_PER_PERSON = 100
"""Names a person may have servers by; only courses' names start one, any name is remembered."""

ANSWER_SECONDS = 120
"""Until a server has to answer that listens, or that a hub finds starting as it starts itself: a class that begins
makes a machine slow, and JupyterHub's 30 s would end its servers after a restart."""

LARGEST_BODY = 1_000_000
BODY_SECONDS = 60.0


def set_limits(c: Config, settings: HubSettings) -> None:
    """Named servers only, one per course; the spawner has its own queue, so JupyterHub's refusals are off."""
    c.JupyterHub.allow_named_servers = True
    c.JupyterHub.named_server_limit_per_user = SERVERS_PER_PERSON
    c.JupyterHub.concurrent_spawn_limit = 0
    c.JupyterHub.active_server_limit = settings.servers.at_most
    c.JupyterHub.redirect_to_server = False
    # The proxy takes an open page's pings for activity, so that no server would ever be idle; servers say what they do.
    c.JupyterHub.last_activity_interval = 0
    c.CourseSpawner.settings = settings
    c.Spawner.start_timeout = settings.servers.start_seconds
    c.Spawner.http_timeout = ANSWER_SECONDS
    # JupyterHub reads up to 100 MB of a request, from anybody, and has no setting for it; Tornado has
    HTTPServer.configure(None, max_body_size=LARGEST_BODY, body_timeout=BODY_SECONDS)
