import asyncio
import hashlib
import json
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from fallback_hub.singleuser.answers import AnswerError
from fallback_hub.singleuser.published import Published, PublishedFile, missing_files
from fallback_hub.singleuser.surroundings import Surroundings
from tests.hub.singleuser.conftest import Served

LESSON, DATA = b'{"cells": []}', b"ACGT"


def write_published(site: Path, course: str = "rna") -> None:
    (site / course / "files/data").mkdir(parents=True, exist_ok=True)
    (site / course / "files/01-lire.ipynb").write_bytes(LESSON)
    (site / course / "files/data/été.fasta").write_bytes(DATA)
    sha = {"d": hashlib.sha256(DATA).hexdigest()}
    facts = {
        "lessons": [{"published": "01-lire.ipynb", "sha256": "of what the teacher wrote"}],
        "files": [{"path": "data/été.fasta", "bytes": 4, "sha256": sha["d"]}],
    }
    (site / course / "course.json").write_text(json.dumps(facts))


def test_lesson_and_data_are_brought_and_jupyterlab_opened(empty: Served) -> None:
    write_published(empty.folder.parent / "site")
    answer = empty.client.get("passerelle/open", params={"lesson": "01-lire.ipynb"})
    assert answer.status_code == 302
    assert answer.headers["location"] == "/user/alice/rna/lab/tree/rna/01-lire.ipynb"
    assert (empty.folder / "01-lire.ipynb").read_bytes() == LESSON
    assert (empty.folder / "data/été.fasta").read_bytes() == DATA


def test_a_persons_own_version_stays(empty: Served) -> None:
    write_published(empty.folder.parent / "site")
    (empty.folder / "01-lire.ipynb").write_text("mine")
    assert empty.client.get("passerelle/open", params={"lesson": "01-lire.ipynb"}).status_code == 302
    assert (empty.folder / "01-lire.ipynb").read_text() == "mine"


@pytest.mark.parametrize(
    "lesson", ["../secret.ipynb", "02.ipynb", "https://evil.example/", "//evil.example", "data/été.fasta"]
)
def test_only_the_courses_lessons_are_opened(empty: Served, lesson: str) -> None:
    write_published(empty.folder.parent / "site")
    answer = empty.client.get("passerelle/open", params={"lesson": lesson})
    assert answer.status_code == 404
    assert "location" not in answer.headers


def test_a_lesson_isnt_opened_for_strangers(empty: Served) -> None:
    import httpx

    answer = httpx.get(f"{empty.url}passerelle/open?lesson=01-lire.ipynb", trust_env=False)
    assert answer.status_code in {302, 403}
    assert "lab/tree" not in answer.headers.get("location", "").split("next=")[0]


def test_without_a_folder_the_site_is_asked(tmp_path: Path) -> None:
    write_published(tmp_path)

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(tmp_path))  # type: ignore[arg-type]

        def log_message(self, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        published = Published(Surroundings("rna", tmp_path, "", f"http://127.0.0.1:{server.server_port}/"))

        async def ask() -> tuple[bytes, list[PublishedFile]]:
            course = await published.course()
            return await published.bytes_of(course.files[0]), missing_files(course, "01-lire.ipynb", tmp_path / "new")

        data, missing = asyncio.run(ask())
        server.shutdown()
    assert data == DATA
    assert [str(file.path) for file in missing] == ["01-lire.ipynb", "data/été.fasta"]


def test_a_site_that_isnt_there_or_has_other_bytes_is_an_answer(tmp_path: Path) -> None:
    away = Published(Surroundings("rna", tmp_path, "", "http://127.0.0.1:9/"))
    with pytest.raises(AnswerError) as caught:
        asyncio.run(away.course())
    assert caught.value.code == "site-unreachable"
    write_published(tmp_path)
    (tmp_path / "rna/files/data/été.fasta").write_bytes(b"other")
    here = Published(Surroundings("rna", tmp_path, "", "http://127.0.0.1:9/", site=tmp_path))

    async def fetch() -> bytes:
        return await here.bytes_of((await here.course()).files[0])

    with pytest.raises(AnswerError):
        asyncio.run(fetch())


@pytest.mark.parametrize(
    "facts",
    [
        '{"lessons": [{"published": "../../etc/x.ipynb", "sha256": "0"}]}',
        "[]",
        "{",
        '{"lessons": 3}',
        '{"lessons": [3]}',
    ],
)
def test_a_course_json_that_leads_elsewhere_is_not_followed(tmp_path: Path, facts: str) -> None:
    (tmp_path / "rna").mkdir()
    (tmp_path / "rna/course.json").write_text(facts)
    published = Published(Surroundings("rna", tmp_path, "", "http://127.0.0.1:9/", site=tmp_path))
    with pytest.raises(AnswerError):
        asyncio.run(published.course())
