"""`/hub/passerelle/open/<course>`: the way into a lesson in the hub's own JupyterLab, server started on the way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jupyterhub.handlers.base import BaseHandler
from jupyterhub.utils import url_escape_path, url_path_join
from tornado import web
from tornado.httputil import url_concat

from fallback_hub.courses import HubCourse, HubLesson, examine_courses
from fallback_hub.hub.sign_in_page import language_of
from fallback_hub.settings import HubSettings
from fallback_hub.words import said_in

if TYPE_CHECKING:
    from traitlets.config import Config


def add_opening_page(c: Config, settings: HubSettings) -> None:
    """Put the page under the hub's address, beside the handlers there are."""
    c.JupyterHub.extra_handlers.append((r"/passerelle/open/([^/]+)", OpeningHandler, {"site": settings.site}))


class OpeningHandler(BaseHandler):  # type: ignore[misc] # jupyterhub is untyped
    """Sends whoever is signed in to their server of the course, by way of the hub's waiting page."""

    def initialize(self, site: Path) -> None:
        """Take the built site's folder."""
        self.site = site

    @web.authenticated
    async def get(self, slug: str) -> None:
        """Redirect; course and lesson have to be of the site, so that nothing else gets into an address."""
        course = examine_courses(self.site).courses.get(slug)
        if course is None:
            raise web.HTTPError(404, said_in(language_of(self), "The site has no such course."))
        lesson = self._lesson(course)
        user = self.current_user
        server = url_path_join(self.base_url, "user", user.escaped_name, slug)
        asked = {"lesson": str(lesson.published)} if lesson else {}
        target = url_concat(url_path_join(server, "passerelle/open"), asked)
        spawner = user.spawners.get(slug)
        if spawner is not None and spawner.ready:
            self.redirect(target)
            return
        spawn = url_path_join(self.hub.base_url, "spawn", user.escaped_name, url_escape_path(slug))
        profile = {"profile": lesson.profile} if lesson and lesson.profile else {}
        self.redirect(url_concat(spawn, {"next": target, **profile}))

    def _lesson(self, course: HubCourse) -> HubLesson | None:
        asked = self.get_argument("lesson", "")
        if not asked:
            return None
        for lesson in course.lessons:
            if str(lesson.published) == asked:
                return lesson
        raise web.HTTPError(404, said_in(language_of(self), "The course has no such lesson."))
