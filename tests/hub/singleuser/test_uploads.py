import asyncio
import errno
import hashlib
import os
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallback_hub.singleuser.answers import AnswerError
from fallback_hub.singleuser.hashing import Hashes
from fallback_hub.singleuser.uploads import HIDDEN, KEPT_SECONDS, Expected, Upload, Uploads
from tests.disks import mounted

PATH = PurePosixPath("data/reads.fastq")
NOTHING, WHATEVER = Expected(None), Expected("*")


def uploads_in(folder: Path) -> Uploads:
    folder.mkdir(exist_ok=True)
    return Uploads(folder, Hashes(folder.parent / "hashes.json"), 1_000)


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


async def put(uploads: Uploads, data: bytes, offset: int, end: int, expected: Expected = NOTHING) -> bool:
    """One chunk of `data` as the handler takes it; whether the file is there after it."""
    upload = Upload(PATH, offset, len(data), sha(data), expected)
    async with uploads.receive(upload) as receiver:
        if receiver is None:
            return True
        receiver.write(data[offset:end])
    if end == len(data):
        await uploads.finish(upload)
    return end == len(data)


def refused(uploads: Uploads, *args: object) -> AnswerError:
    with pytest.raises(AnswerError) as caught:
        asyncio.run(put(uploads, *args))  # type: ignore[arg-type]
    return caught.value


def partials(uploads: Uploads) -> list[Path]:
    return sorted(uploads.hidden.iterdir()) if uploads.hidden.exists() else []


@given(data=st.binary(max_size=200), cuts=st.lists(st.integers(0, 200), max_size=5), restarts=st.booleans())
def test_whatever_the_chunks_the_file_is_whole(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, cuts: list[int], restarts: bool
) -> None:
    folder = tmp_path_factory.mktemp("upload") / "rna"
    uploads = uploads_in(folder)
    ends = sorted({min(cut, len(data)) for cut in cuts} | {len(data)})
    for start, end in zip([0, *ends], ends, strict=False):
        if restarts:
            uploads = uploads_in(folder)
        asyncio.run(put(uploads, data, start, end))
    assert (folder / PATH).read_bytes() == data
    assert partials(uploads) == []


def test_nothing_is_seen_until_all_of_it_is_there(tmp_path: Path) -> None:
    uploads = uploads_in(tmp_path / "rna")
    asyncio.run(put(uploads, b"0123456789", 0, 4))
    assert [path.name for path in (tmp_path / "rna").iterdir()] == [HIDDEN]
    assert uploads.arrived(PATH, sha(b"0123456789")) == 4
    assert uploads.arrived(PATH, sha(b"other")) == 0


def test_a_chunk_that_doesnt_follow_hears_where_to_go_on(tmp_path: Path) -> None:
    uploads = uploads_in(tmp_path / "rna")
    asyncio.run(put(uploads, b"0123456789", 0, 4))
    for offset in (0, 5, 10):
        error = refused(uploads, b"0123456789", offset, 10)
        assert (error.code, error.headers["Upload-Offset"]) == ("offset", "4")
    assert asyncio.run(put(uploads, b"0123456789", 4, 10))


def test_a_file_somebody_changed_isnt_written_over(tmp_path: Path) -> None:
    uploads = uploads_in(tmp_path / "rna")
    file = tmp_path / "rna" / PATH
    file.parent.mkdir()
    file.write_bytes(b"mine")
    for expected in (NOTHING, Expected(sha(b"older"))):
        error = refused(uploads, b"new", 0, 3, expected)
        assert (error.code, error.facts["sha256"]) == ("changed", sha(b"mine"))
    assert file.read_bytes() == b"mine"
    asyncio.run(put(uploads, b"new", 0, 3, Expected(sha(b"mine"))))
    assert file.read_bytes() == b"new"
    asyncio.run(put(uploads, b"newer", 0, 5, WHATEVER))
    assert file.read_bytes() == b"newer"


def test_a_file_that_appears_while_another_arrives_isnt_written_over_either(tmp_path: Path) -> None:
    uploads = uploads_in(tmp_path / "rna")
    asyncio.run(put(uploads, b"0123456789", 0, 4))
    (tmp_path / "rna" / "data").mkdir()
    (tmp_path / "rna" / PATH).write_bytes(b"of the kernel")
    assert refused(uploads, b"0123456789", 4, 10).code == "changed"
    assert (tmp_path / "rna" / PATH).read_bytes() == b"of the kernel"
    assert asyncio.run(put(uploads, b"0123456789", 4, 10, WHATEVER))  # on request, without sending all again


def test_what_is_there_already_needs_no_bytes(tmp_path: Path) -> None:
    uploads = uploads_in(tmp_path / "rna")
    asyncio.run(put(uploads, b"0123", 0, 4))
    assert asyncio.run(put(uploads, b"0123", 0, 2))  # said to be there, whatever the chunk


def test_damaged_bytes_are_dropped(tmp_path: Path) -> None:
    uploads = uploads_in(tmp_path / "rna")

    async def damaged() -> None:
        upload = Upload(PATH, 0, 4, sha(b"0123"), NOTHING)
        async with uploads.receive(upload) as receiver:
            assert receiver is not None
            receiver.write(b"0x23")
        await uploads.finish(upload)

    with pytest.raises(AnswerError) as caught:
        asyncio.run(damaged())
    assert caught.value.code == "wrong-hash"
    assert partials(uploads) == []
    assert not (tmp_path / "rna" / PATH).exists()


def test_two_tabs_with_one_file_dont_mix_their_bytes(tmp_path: Path) -> None:
    uploads = uploads_in(tmp_path / "rna")
    upload = Upload(PATH, 0, 4, sha(b"0123"), NOTHING)

    async def race() -> None:
        async with uploads.receive(upload) as first:
            assert first is not None
            first.write(b"01")
            with pytest.raises(AnswerError) as caught:
                async with uploads.receive(upload):
                    pass
            assert (caught.value.code, caught.value.headers["Upload-Offset"]) == ("offset", "2")
            first.write(b"23")
        await uploads.finish(upload)

    asyncio.run(race())
    assert (tmp_path / "rna" / PATH).read_bytes() == b"0123"


def test_two_tabs_with_two_files_of_one_name_the_later_one_is_told(tmp_path: Path) -> None:
    uploads = uploads_in(tmp_path / "rna")
    asyncio.run(put(uploads, b"of tab A", 0, 4))
    asyncio.run(put(uploads, b"of tab B", 0, 8))
    error = refused(uploads, b"of tab A", 4, 8)
    assert (error.code, error.facts["sha256"]) == ("changed", sha(b"of tab B"))


def test_too_big_is_refused_before_a_byte(tmp_path: Path) -> None:
    uploads = uploads_in(tmp_path / "rna")
    error = refused(uploads, b"x" * 1_001, 0, 1)
    assert (error.code, error.facts["max_file_bytes"]) == ("too-big", 1_000)
    assert partials(uploads) == []


def test_more_bytes_than_were_announced_are_refused(tmp_path: Path) -> None:
    uploads = uploads_in(tmp_path / "rna")

    async def too_many() -> None:
        async with uploads.receive(Upload(PATH, 0, 4, sha(b"0123"), NOTHING)) as receiver:
            assert receiver is not None
            receiver.write(b"01234")

    with pytest.raises(AnswerError):
        asyncio.run(too_many())


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "no-space"), (errno.EDQUOT, "no-space"), (errno.EFBIG, "too-big")]
)
def test_a_full_disk_is_an_answer_and_what_arrived_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    uploads = uploads_in(tmp_path / "rna")
    asyncio.run(put(uploads, b"0123456789", 0, 4))

    def full(*_args: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fallback_hub.singleuser.uploads.Receiver.store", full)
    assert refused(uploads, b"0123456789", 4, 10).code == code
    monkeypatch.undo()
    assert uploads.arrived(PATH, sha(b"0123456789")) == 4
    assert asyncio.run(put(uploads, b"0123456789", 4, 10))


def test_no_room_is_told_before_the_bytes_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    uploads = uploads_in(tmp_path / "rna")
    facts = list(os.statvfs(tmp_path))
    facts[4] = 0  # free blocks for us
    monkeypatch.setattr(os, "statvfs", lambda _path: os.statvfs_result(facts))
    assert refused(uploads, b"0123", 0, 4).code == "no-space"


def test_a_disk_that_fills_while_a_file_arrives(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=1m,mode=700") as disk:
        uploads = Uploads(disk, Hashes(tmp_path / "hashes.json"), 1_000_000)
        upload = Upload(PATH, 0, 900_000, sha(b""), NOTHING)

        async def fill() -> None:
            async with uploads.receive(upload) as receiver:
                assert receiver is not None
                (disk / "of the kernel").write_bytes(b"x" * 600_000)
                for _ in range(9):
                    receiver.write(b"y" * 100_000)

        with pytest.raises(AnswerError) as caught:
            asyncio.run(fill())
        assert caught.value.code == "no-space"
        assert 0 < uploads.arrived(PATH, upload.sha256) < 500_000  # the upload can go on once there is room


def test_a_partial_file_that_was_cut_is_hashed_anew(tmp_path: Path) -> None:
    uploads = uploads_in(tmp_path / "rna")
    asyncio.run(put(uploads, b"0123456789", 0, 6))
    [partial] = partials(uploads)
    os.truncate(partial, 3)
    assert asyncio.run(put(uploads, b"0123456789", 3, 10))
    assert (tmp_path / "rna" / PATH).read_bytes() == b"0123456789"


def test_old_partial_files_are_swept_and_new_ones_stay(tmp_path: Path) -> None:
    uploads = uploads_in(tmp_path / "rna")
    asyncio.run(put(uploads, b"0123456789", 0, 6))
    uploads.sweep()
    [partial] = partials(uploads)
    os.utime(partial, (partial.stat().st_mtime - KEPT_SECONDS - 60,) * 2)
    uploads.sweep()
    assert partials(uploads) == []


def test_nothing_is_put_through_a_link(tmp_path: Path) -> None:
    uploads = uploads_in(tmp_path / "rna")
    (tmp_path / "outside").mkdir()
    (tmp_path / "rna/data").symlink_to(tmp_path / "outside")
    with pytest.raises(ValueError, match="reads"):
        asyncio.run(put(uploads, b"0123", 0, 4))
    assert not any((tmp_path / "outside").iterdir())
