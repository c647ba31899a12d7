"""What people may do: sign in on the site's pages, and what their place in a course gives them."""

from traitlets.config import Config

from fallback_hub.courses import examine_courses
from fallback_hub.hub.admission import COURSE_ROLES
from fallback_hub.settings import SERVICE, HubSettings


def set_roles(c: Config, settings: HubSettings) -> None:
    """Three groups per course, for admins to put people into; hub.toml's own lists are read where rights are asked.

    JupyterHub only ever adds to groups from its configuration: a teacher taken out of hub.toml would stay one.
    A group gives no scope: `read:servers!group=` would show its members' servers of every course.
    """
    slugs = sorted({*examine_courses(settings.site).courses, *settings.courses})
    c.JupyterHub.load_groups = {f"{slug}:{role}": {"users": []} for slug in slugs for role in COURSE_ROLES}
    c.JupyterHub.extra_user_scopes = {f"access:services!service={SERVICE}"}
