import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallback_hub.singleuser.answers import SENTENCES, AnswerError
from fallback_hub.singleuser.requests import Span, parse_expected, parse_range, parse_upload
from fallback_hub.singleuser.uploads import CHUNK, Expected

SHA = "a" * 64
WHOLE = {
    "Upload-Offset": "0",
    "Upload-Length": "10",
    "Content-Length": "10",
    "Upload-Sha256": SHA,
    "If-None-Match": "*",
}


def code_of(headers: dict[str, str]) -> str:
    with pytest.raises(AnswerError) as caught:
        parse_upload("a.txt", headers)
    return caught.value.code


def test_a_chunk_is_what_its_headers_say() -> None:
    upload = parse_upload("data/a.txt", WHOLE)
    assert (str(upload.path), upload.offset, upload.length, upload.sha256) == ("data/a.txt", 0, 10, SHA)
    assert upload.expected == Expected(None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Upload-Offset": "-1"}, "headers"),
        ({"Upload-Offset": "1e3"}, "headers"),
        ({"Upload-Offset": "٣"}, "headers"),
        ({"Upload-Length": ""}, "headers"),
        ({"Upload-Length": "9"}, "headers"),
        ({"Content-Length": str(CHUNK + 1), "Upload-Length": str(CHUNK * 2)}, "too-big"),
        ({"Upload-Sha256": "a" * 63}, "headers"),
        ({"If-None-Match": ""}, "precondition"),
        ({"If-Match": "*"}, "headers"),
        ({"If-None-Match": "", "If-Match": SHA}, "headers"),
        ({"If-None-Match": "", "If-Match": f'W/"{SHA}"'}, "headers"),
    ],
)
def test_a_chunk_that_says_too_little_is_refused(changes: dict[str, str], code: str) -> None:
    assert code_of(WHOLE | changes) == code


def test_what_is_expected() -> None:
    assert parse_expected({"If-Match": f'"{SHA}"'}).is_met_by(SHA)
    assert not parse_expected({"If-Match": f'"{SHA}"'}).is_met_by(None)
    assert parse_expected({"If-Match": "*"}).is_met_by("b" * 64)
    assert not parse_expected({"If-None-Match": "*"}).is_met_by(SHA)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("bytes=0-3", Span(0, 4)),
        ("bytes=5-", Span(5, 10)),
        ("bytes=-4", Span(6, 10)),
        ("bytes=-40", Span(0, 10)),
        ("bytes=8-99", Span(8, 10)),
        ("", None),
        ("bytes=-", None),
        ("bytes=3-2", None),
        ("bytes=0-1,3-4", None),
        ("lines=0-1", None),
    ],
)
def test_ranges(text: str, span: Span | None) -> None:
    assert parse_range(text, 10) == span


@pytest.mark.parametrize("text", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_bytes_there_are_none_of(text: str) -> None:
    with pytest.raises(AnswerError) as caught:
        parse_range(text, 10)
    assert caught.value.headers == {"Content-Range": "bytes */10"}


@given(st.text(max_size=30), st.integers(0, 100))
def test_any_range_lies_within_the_file(text: str, size: int) -> None:
    try:
        span = parse_range(text, size)
    except AnswerError as error:
        assert error.code == "range"  # noqa: PT017 - either outcome is sound
        return
    assert span is None or 0 <= span.start < span.end <= size


def test_every_answer_is_said_in_both_languages() -> None:
    for code in SENTENCES:
        said = AnswerError(code).as_json()
        message = said["message"]
        assert isinstance(message, dict)
        assert message["fr"] != message["en"]
        assert said["code"] == code
        assert AnswerError(code).status >= 400
