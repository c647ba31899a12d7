"""A lesson of the site, opened in the hub's own JupyterLab: for browsers in which the page can't do its part."""

from __future__ import annotations

import asyncio
import os
import secrets
from pathlib import Path
from urllib.parse import quote

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from fallback_hub.singleuser.answers import AnswerError
from fallback_hub.singleuser.handlers import Parts
from fallback_hub.singleuser.paths import find_file
from fallback_hub.singleuser.published import Published, PublishedFile, missing_files
from fallback_hub.singleuser.uploads import HIDDEN


class OpenHandler(JupyterHandler):
    """GET passerelle/open?lesson=…: brings what isn't there yet, then goes to JupyterLab."""

    def initialize(self, parts: Parts) -> None:
        """Take what all handlers work with."""
        self.parts = parts

    @web.authenticated
    async def get(self) -> None:
        """Redirect to the lesson; nothing of the person's is written over."""
        known, lesson = self.parts.surroundings, self.get_argument("lesson", "")
        if lesson:
            try:
                await self._bring(lesson)
            except AnswerError as error:
                raise web.HTTPError(error.status, error.as_json()["message"]["en"]) from error  # type: ignore[index]
        where = f"{known.course}/{lesson}" if lesson else known.course
        self.redirect(f"{self.base_url}lab/tree/{quote(where)}")

    async def _bring(self, lesson: str) -> None:
        published, folder = Published(self.parts.surroundings), self.parts.surroundings.folder
        course = await published.course()
        for file in missing_files(course, lesson, folder):
            data = await published.bytes_of(file)
            await asyncio.to_thread(put_new, folder, file, data)


def put_new(folder: Path, file: PublishedFile, data: bytes) -> None:
    """Write a file whole where nothing is; what somebody put there meanwhile stays (link(2) never replaces)."""
    place = find_file(folder, file.path)
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = folder / HIDDEN / f"opened.{secrets.token_hex(8)}"
    beside.write_bytes(data)
    try:
        os.link(beside, place)
    except FileExistsError:
        return
    finally:
        beside.unlink()
