"""The hub of a laptop: its own hub.toml, one account, whose password only its owner reads."""

import json
from dataclasses import dataclass
from pathlib import Path

from fallback_hub.problems import HubError
from fallback_hub.running.state import StateFolder, unusable, write_private
from fallback_hub.settings import HubSettings, read_settings

ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Laptop:
    """Where the hub of this folder keeps what it needs."""

    folder: Path
    site: Path

    @property
    def config(self) -> Path:
        """Its hub.toml."""
        return self.folder / "hub.toml"

    @property
    def password_file(self) -> Path:
        """Where the first password is kept; whoever can read it could read all of the hub anyway."""
        return self.folder / "password"

    def write_settings(self, site_url: str, url: str) -> HubSettings:
        """hub.toml for these two addresses, and what it says; HubError where it can't be written."""
        text = (
            "# Written by `passerelle hub serve` at each start: what is changed here is lost.\n"
            "# A hub with settings of your own: passerelle hub new, then passerelle hub start.\n"
            f"site = {json.dumps(str(self.site))}\nsite_url = {json.dumps(site_url)}\nurl = {json.dumps(url)}\n"
            f'state = "state"\n\n[sign_in]\nadmins = ["{ADMIN}"]\n'
        )
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.folder.chmod(0o700)
            write_private(self.folder / ".gitignore", "*\n")
            write_private(self.config, text)
        except OSError as error:
            raise HubError([unusable(self.folder, error)]) from error
        return read_settings(self.config)

    def ensure_admin(self, settings: HubSettings) -> str | None:
        """Make the one account, at the first start; its password then, None later."""
        from fallback_hub.hub.first_admin import ensure_first_admin  # noqa: PLC0415 - it takes a second to load

        StateFolder(settings.state).ensure()
        password = ensure_first_admin(settings)
        if password:
            write_private(self.password_file, f"{password}\n")
        return password
