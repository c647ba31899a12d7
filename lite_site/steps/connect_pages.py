"""Step: the pages that run code know the hub, and no page taken over from the old site knows another."""

from lite_site.problems import Problem
from lite_site.site.connection import connect, hub_named_in, is_app_page
from lite_site.steps.build import Build


def connect_pages(build: Build) -> None:
    """Connect what was taken over; what this build wrote is connected already."""
    hub, before = build.site.hub, hub_of_old_site(build)
    for path in [path for path in sorted(build.tree.files) if is_app_page(path)]:
        page = build.tree.read(path).decode()
        if (connected := connect(path, page, hub)) != page:
            build.tree.write(path, connected.encode())
    if before and hub is None:
        problem = f"was connected to {before}, and isn't any more."
        remedy = f"Set hub_url in site.toml, or connect it again: passerelle connect {before}"
        build.warnings.append(Problem(str(build.settings.output), problem, remedy, "hub-left", "warning"))


def hub_of_old_site(build: Build) -> str | None:
    """The hub that the site this build replaces is connected to."""
    page = next((build.settings.output / path for path in sorted(build.memory.files) if is_app_page(path)), None)
    try:
        return hub_named_in(page.read_text(encoding="utf-8")) if page else None
    except (OSError, UnicodeDecodeError):
        return None
