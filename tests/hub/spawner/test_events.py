import asyncio
import time

from fallback_hub.environments.progress import BuildStep
from fallback_hub.hub.events import Event, Events, environment_event, failure_event, queue_event, starting_event
from fallback_hub.hub.refused import RefusedError


def test_late_followers_hear_the_latest_and_all_hear_what_follows() -> None:
    async def walk() -> list[list[object]]:
        events = Events()
        heard: list[list[object]] = [[], []]

        async def follow(into: list[object]) -> None:
            async for event in events.follow():
                into.append(event["n"])  # noqa: PERF401 - seen while it grows

        events.tell({"n": 0})
        early = asyncio.ensure_future(follow(heard[0]))
        await asyncio.sleep(0)
        events.tell({"n": 1})
        events.tell({"n": 1})
        events.tell({"n": 2})
        await asyncio.sleep(0.01)
        late = asyncio.ensure_future(follow(heard[1]))
        await asyncio.sleep(0.01)
        events.tell({"n": 3})
        await asyncio.sleep(0.01)
        early.cancel()
        late.cancel()
        await asyncio.gather(early, late, return_exceptions=True)
        return heard

    assert asyncio.run(walk()) == [[0, 1, 2, 3], [2, 3]]


def test_a_failure_waits_for_somebody_to_hear_it_but_not_for_long() -> None:
    async def walk(comes_after: float, waits: float) -> tuple[list[Event], float]:
        events, heard = Events(), list[Event]()

        async def follow() -> None:
            await asyncio.sleep(comes_after)
            async for event in events.follow():
                heard.append(event)

        follower = asyncio.ensure_future(follow())
        began = time.monotonic()
        events.tell({"failed": True})
        await events.heard(waits)
        took = time.monotonic() - began
        follower.cancel()
        await asyncio.gather(follower, return_exceptions=True)
        return heard, took

    heard, _ = asyncio.run(walk(0.3, 20))
    assert heard == [{"failed": True}]
    heard, took = asyncio.run(walk(20, 0.2))
    assert heard == []
    assert took < 10


def test_every_event_is_said_in_both_languages_and_to_jupyterhubs_own_page() -> None:
    events: list[Event] = [
        environment_event(BuildStep("packages")),
        environment_event(BuildStep("packages", "numpy", 3, 24, 44)),
        environment_event(BuildStep("installing")),
        queue_event(4, 20),
        starting_event(),
        failure_event(RefusedError("start-failed")),
    ]
    for event in events:
        texts = event["texts"]
        assert isinstance(texts, dict)
        assert set(texts) == {"fr", "en"}
        assert event["message"] == texts["en"]
        assert isinstance(event["progress"], int)
    assert [event.get("stage") for event in events] == ["environment"] * 3 + ["queue", "starting", None]
    assert events[3]["position"] == 4
    assert isinstance(events[3]["reason"], dict)
    assert (events[5]["failed"], events[5]["code"]) == (True, "start-failed")


def test_the_log_is_in_a_failure_only_where_it_is_given() -> None:
    assert "log" not in failure_event(RefusedError("start-failed"))
    assert failure_event(RefusedError("start-failed"), ("Traceback",))["log"] == ["Traceback"]
