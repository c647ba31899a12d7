"""What JupyterHub reads: hub.toml's settings, handed to one setter per concern."""

import os
from pathlib import Path

from fallback_hub.hub.headers import set_headers
from fallback_hub.hub.identity import set_identity
from fallback_hub.hub.limits import set_limits
from fallback_hub.hub.opening import add_opening_page
from fallback_hub.hub.roles import set_roles
from fallback_hub.hub.services import set_services
from fallback_hub.hub.storage import set_addresses, set_storage
from fallback_hub.hub.tokens import set_tokens
from fallback_hub.problems import HubError
from fallback_hub.running.addresses import HUB_CONFIG, SUPERVISOR_TOKEN, addresses_in
from fallback_hub.settings import read_settings

try:
    settings = read_settings(Path(os.environ[HUB_CONFIG]))
except HubError as error:
    raise SystemExit(str(error)) from None

addresses = addresses_in(os.environ)
c = get_config()  # type: ignore[name-defined]  # noqa: F821 - JupyterHub runs this file with it
set_addresses(c, settings, addresses)
set_services(c, settings, addresses, os.environ.get(SUPERVISOR_TOKEN, ""))
for configure in (set_storage, set_identity, set_roles, set_limits, set_headers, set_tokens, add_opening_page):
    configure(c, settings)
c.JupyterHub.spawner_class = "fallback_hub.hub.spawner.CourseSpawner"
