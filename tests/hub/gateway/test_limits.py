import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallback_hub.gateway.limits import Limits, Rate


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_then_the_pace_counts() -> None:
    clock = Clock()
    limits = Limits(Rate(3, 0.5), Rate(100, 100), clock=clock)
    assert [limits.knock("a") for _ in range(3)] == [0, 0, 0]
    assert limits.knock("a") == pytest.approx(2)
    assert limits.knock("b") == 0
    clock.now += 1
    assert limits.knock("a") == pytest.approx(1)
    clock.now += 1
    assert limits.knock("a") == 0
    assert limits.knock("a") == pytest.approx(2)


def test_all_together_are_bounded_and_who_waits_costs_the_others_nothing() -> None:
    clock = Clock()
    limits = Limits(Rate(2, 0.001), Rate(5, 0.001), clock=clock)
    for _ in range(50):
        limits.knock("greedy")
    assert [limits.knock(name) for name in "abc"] == [0, 0, 0]
    assert limits.knock("d") > 0
    clock.now += 1_000
    assert limits.knock("d") == 0


def test_memory_is_bounded_and_those_heard_lately_are_kept() -> None:
    clock = Clock()
    limits = Limits(Rate(1, 0.001), Rate(10_000, 1), remembered=10, clock=clock)
    for number in range(1_000):
        limits.knock("regular")
        limits.knock(f"address {number}")
    assert limits.known == 10
    assert limits.knock("regular") > 0
    assert limits.knock("address 0") == 0


def test_a_clock_that_goes_back_takes_nothing_away() -> None:
    clock = Clock()
    limits = Limits(Rate(2, 1), Rate(10, 10), clock=clock)
    limits.knock("a")
    clock.now -= 500
    assert limits.knock("a") == 0
    assert 0 < limits.knock("a") <= 1


@given(st.lists(st.floats(0, 10), max_size=100))
def test_never_more_than_burst_and_pace(steps: list[float]) -> None:
    clock = Clock()
    limits = Limits(Rate(5, 2), Rate(1_000, 1_000), clock=clock)
    passed = 0
    for step in steps:
        clock.now += step
        passed += limits.knock("a") == 0
    assert passed <= 5 + 2 * sum(steps) + 1e-6
