"""The built site as a person's server reads it: from its folder where we may read it, else over HTTP."""

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from tornado.httpclient import AsyncHTTPClient, HTTPError

from fallback_hub.singleuser.answers import AnswerError
from fallback_hub.singleuser.paths import PathError, parse_path
from fallback_hub.singleuser.surroundings import Surroundings

_TIMEOUT = 60.0


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file below the course's `files/` on the site, and what its bytes hash to, "" where nobody says."""

    path: PurePosixPath
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class PublishedCourse:
    """A course's lessons and the files they read."""

    lessons: Mapping[str, PublishedFile]
    files: tuple[PublishedFile, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """The site's copy of one course."""

    surroundings: Surroundings

    async def course(self) -> PublishedCourse:
        """What course.json lists; `AnswerError` "site-unreachable" where it can't be read."""
        try:
            table = json.loads(await self._read("course.json"))
            # a lesson's own sha256 is that of what its teacher wrote, before the build
            lessons = [PublishedFile(_path(item, "published")) for item in table["lessons"]]
            files = tuple(PublishedFile(_path(item, "path"), str(item["sha256"])) for item in table.get("files", ()))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise AnswerError("site-unreachable") from error
        return PublishedCourse({str(lesson.path): lesson for lesson in lessons}, files)

    async def bytes_of(self, file: PublishedFile) -> bytes:
        """The file's bytes, which are those that course.json lists where it says."""
        data = await self._read(f"files/{file.path}")
        if file.sha256 and hashlib.sha256(data).hexdigest() != file.sha256:
            raise AnswerError("site-unreachable", path=str(file.path))
        return data

    async def _read(self, path: str) -> bytes:
        known = self.surroundings
        if known.site is not None:
            with contextlib.suppress(OSError):
                return (known.site / known.course / path).read_bytes()
        address = f"{known.site_url}{known.course}/{quote(path)}"
        try:
            reply = await AsyncHTTPClient(max_body_size=known.max_file_bytes).fetch(address, request_timeout=_TIMEOUT)
        except (HTTPError, OSError) as error:
            raise AnswerError("site-unreachable", path=path) from error
        return reply.body


def _path(item: Mapping[str, object], key: str) -> PurePosixPath:
    try:
        return parse_path(str(item[key]))
    except PathError as error:
        raise ValueError(str(error)) from error


def missing_files(course: PublishedCourse, lesson: str, folder: Path) -> list[PublishedFile]:
    """The lesson and the course's files that nothing stands in the place of, in the person's folder."""
    if lesson not in course.lessons:
        raise AnswerError("no-lesson")
    wanted = (course.lessons[lesson], *course.files)
    return [file for file in wanted if not os.path.lexists(folder / file.path)]
