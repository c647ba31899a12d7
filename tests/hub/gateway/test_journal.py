import json
import logging
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from fallback_hub.gateway.journal import JsonLines


def told(message: str, **fields: object) -> list[str]:
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    record = logging.makeLogRecord({"name": "gateway", "levelname": "INFO", "msg": message, **fields})
    handler.handle(record)
    return stream.getvalue().split("\n")


@given(st.text(), st.text())
def test_a_record_is_one_line_whatever_stands_in_it(message: str, value: str) -> None:
    (line, end) = told(message, field=value)
    assert not end
    assert json.loads(line)["event"] == message
    assert json.loads(line)["field"] == value
    assert line.isascii()


def test_an_exception_is_its_kind_and_places_without_its_words() -> None:
    try:
        raise KeyError("token-of-alice")  # noqa: TRY301 the text is the point
    except KeyError as error:
        (line, _) = told("fault", exc_info=(KeyError, error, error.__traceback__))
    found = json.loads(line)
    assert found["error"] == "KeyError"
    assert "test_journal.py" in found["trace"][0]
    assert "alice" not in line


def test_fields_without_a_value_are_left_out() -> None:
    assert "code" not in json.loads(told("request", code=None)[0])
