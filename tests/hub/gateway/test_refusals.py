import pytest

from fallback_hub.gateway.refusals import REFUSALS, Refusal
from fallback_hub.gateway.replies import refuse


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_has_its_status_and_both_sentences(code: str) -> None:
    response = refuse(Refusal(code))
    assert 400 <= response.status_code < 600
    message = REFUSALS[code].message
    assert set(message) == {"fr", "en"}
    assert message["fr"] != message["en"]
    assert all(text.endswith(".") for text in message.values())


def test_waits_are_whole_seconds_and_never_none() -> None:
    assert [refuse(Refusal("too-many", wait)).headers["retry-after"] for wait in (0.01, 1.0, 1.2, 60)] == [
        "1",
        "1",
        "2",
        "60",
    ]
    assert "retry-after" not in refuse(Refusal("too-many")).headers
