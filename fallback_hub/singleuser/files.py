"""The routes for files: list, fetch, send in chunks, remove."""

from __future__ import annotations

import asyncio
import os
import shutil
from contextlib import AsyncExitStack
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from tornado import web

from fallback_hub.singleuser.answers import AnswerError
from fallback_hub.singleuser.handlers import PageHandler
from fallback_hub.singleuser.listing import list_files
from fallback_hub.singleuser.paths import PathError, find_file
from fallback_hub.singleuser.requests import Span, named_path, parse_expected, parse_range, parse_sha256, parse_upload
from fallback_hub.singleuser.uploads import Receiver, Upload

BLOCK = 256 * 1024


class ListHandler(PageHandler):
    """GET passerelle/files."""

    _one_at_a_time = asyncio.Lock()

    async def get(self) -> None:
        """The course folder's files; a second asker waits for the first, and finds the hashes known."""
        folder, largest = self.parts.surroundings.folder, self.parts.surroundings.max_file_bytes
        async with self._one_at_a_time:
            listed = await asyncio.to_thread(list_files, folder, self.parts.hashes, largest)
        free = shutil.disk_usage(folder).free
        self.reply({"files": [asdict(file) for file in listed], "free_bytes": free, "max_file_bytes": largest})


@web.stream_request_body
class FileHandler(PageHandler):
    """One file: GET, HEAD, PUT in chunks, DELETE."""

    upload: Upload | None = None
    receiver: Receiver | None = None
    refusal: AnswerError | None = None

    async def prepare(self) -> None:  # type: ignore[override]  # as APIHandler does
        """Sign-in first; then, of a PUT, what its headers say, before a byte of it is kept.

        A refused PUT is read to its end and let pass: a browser that is answered earlier sees a broken connection.
        """
        self._open = AsyncExitStack()
        if self.request.method != "PUT":
            await super().prepare()
            return
        try:
            await super().prepare()
            self.upload = parse_upload(self.path_args[0], self.request.headers)
            self.receiver = await self._open.enter_async_context(self.parts.uploads.receive(self.upload))
        except (AnswerError, PathError) as error:
            self.refusal = error if isinstance(error, AnswerError) else AnswerError("path")
        except web.HTTPError:
            self.refusal = AnswerError("signed-out")

    def data_received(self, chunk: bytes) -> None:
        """Bytes of a chunk, as they arrive; after a refusal they are let pass."""
        if self.receiver is not None and self.refusal is None:
            try:
                self.receiver.write(chunk)
            except AnswerError as error:
                self.refusal = error

    async def put(self, _path: str) -> None:
        """The chunk has arrived; the last one makes the file."""
        upload, uploads = self.upload, self.parts.uploads
        await self._open.aclose()
        if self.refusal is not None:
            raise self.refusal
        if upload is None:
            raise AnswerError("headers")
        offset = self.receiver.offset if self.receiver else upload.length
        self.set_header("Upload-Offset", str(offset))
        if offset < upload.length:
            self.set_status(204)
            self.finish(set_content_type="text/plain")
            return
        if self.receiver is not None:
            await uploads.finish(upload)
        self.set_header("ETag", f'"{upload.sha256}"')
        self.reply({"path": str(upload.path), "bytes": upload.length, "sha256": upload.sha256}, 201)

    async def head(self, path: str) -> None:
        """Of an upload (Upload-Sha256), how much of it is here; of a file, its size and hash."""
        if "Upload-Sha256" in self.request.headers:
            named = named_path(path, everywhere=True)
            self.set_header("Upload-Offset", str(self.parts.uploads.arrived(named, parse_sha256(self.request.headers))))
            self.finish(set_content_type="text/plain")
        else:
            await self.get(path)

    async def get(self, path: str) -> None:
        """The file's bytes, as they are: never a page of the hub's origin, whatever is in them."""
        place = find_file(self.parts.surroundings.folder, named_path(path))
        try:
            digest = await asyncio.to_thread(self.parts.hashes.of, place)
            stream = place.open("rb")
        except OSError as error:
            raise AnswerError("not-found") from error
        with stream:
            await self._send(stream, place, digest)

    async def delete(self, path: str) -> None:
        """Remove the file the page believes is there."""
        named, expected = named_path(path), parse_expected(self.request.headers)
        there = await self.parts.uploads.there(named)
        if there is None:
            raise AnswerError("not-found")
        if not expected.is_met_by(there):
            raise AnswerError("changed", sha256=there)
        find_file(self.parts.surroundings.folder, named).unlink(missing_ok=True)
        self.set_status(204)
        self.finish(set_content_type="text/plain")

    async def _send(self, stream: BinaryIO, place: Path, digest: str) -> None:
        size = os.fstat(stream.fileno()).st_size
        entity = f'"{digest}"'
        asked = self.request.headers.get("Range", "")
        if self.request.headers.get("If-Range", entity) != entity:
            asked = ""
        span = parse_range(asked, size)
        self.set_header("ETag", entity)
        self.set_header("Accept-Ranges", "bytes")
        self.set_header("Content-Disposition", f"attachment; filename*=utf-8''{quote(place.name, safe='')}")
        self.set_header("Content-Security-Policy", "sandbox; default-src 'none'")
        if span is not None:
            self.set_status(206)
            self.set_header("Content-Range", f"bytes {span.start}-{span.end - 1}/{size}")
        span = span or Span(0, size)
        self.set_header("Content-Length", str(span.end - span.start))
        if self.request.method != "HEAD":
            await self._write(stream, span)
        self.finish(set_content_type="application/octet-stream")

    async def _write(self, stream: BinaryIO, span: Span) -> None:
        """Block by block, no faster than the reader takes them; a file that shrinks meanwhile ends the connection."""
        self.set_header("Content-Type", "application/octet-stream")
        stream.seek(span.start)
        left = span.end - span.start
        while left and (block := stream.read(min(BLOCK, left))):
            self.write(block)
            left -= len(block)
            await self.flush()

    def on_connection_close(self) -> None:
        """A chunk that was cut stays as far as it came, and another may go on from there."""
        super().on_connection_close()
        if self.receiver is not None:
            self.receiver.partial.busy = False
            self.receiver.stream.close()
