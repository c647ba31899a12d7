from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.environment.server.conflict import RUNS, Trials, conflict_among, fewest_failing
from lite_site.environment.server.search import Search, ServerWish
from lite_site.problems import BuildError
from lite_site.runtime.uv import Asked, UvRun

from .recorded import Recorded, resolve


def conflict_in(scenario: str) -> str:
    with pytest.raises(BuildError) as caught:
        resolve(scenario)
    (problem,) = caught.value.problems
    assert problem.code == "package-conflict"
    return str(problem)


def test_a_conflict_names_the_two_that_have_it_and_what_each_wants() -> None:
    told = conflict_in("conflict")
    assert told.startswith('requirements.txt, line 1: "tensorflow==2.15" needs numpy>=1.23.5,<2.0.0, and "numpy>=2.3"')
    assert "(requirements.txt, line 2): no version is both." in told
    assert "pandas" not in told
    assert '"numpy" without a version (1.26.4 goes with the other)' in told
    assert "\n" not in told


def test_a_package_asked_for_twice_may_contradict_itself() -> None:
    told = conflict_in("contradiction")
    assert '"numpy<2" is asked for, and "numpy>2" is asked for (requirements.txt, line 3): no version is both' in told
    assert "Drop one of the two" in told


def test_the_search_for_a_conflict_is_short() -> None:
    run = Recorded("conflict")
    with pytest.raises(BuildError):
        resolve("conflict", run)
    assert len(run.asked) < 12


def wishes_of(names: Sequence[str]) -> tuple[ServerWish, ...]:
    return tuple(ServerWish(name, name, name) for name in names)


def trials_of(culprits: frozenset[str], said: str) -> Trials:
    """An index where these can't be had together."""

    def run(asked: Asked, /) -> UvRun:
        return UvRun("unsatisfiable", said=said) if culprits <= set(asked.requirements) else UvRun("done")

    return Trials(Search(run, "3.11", {}), UvRun("unsatisfiable", said=said))


@given(st.sets(st.sampled_from("abcdefgh"), min_size=1, max_size=3), st.booleans())
def test_what_is_left_is_just_what_conflicts(culprits: set[str], named: bool) -> None:
    said = " and ".join(sorted(culprits)) if named else "nobody"
    left = fewest_failing(wishes_of("abcdefgh"), trials_of(frozenset(culprits), said))
    assert {wish.name for wish in left} == culprits


def test_a_hard_search_stops_and_what_is_left_still_conflicts() -> None:
    names = [f"{one}{other}" for one, other in combinations("abcdefghijklmnop", 2)]
    culprits = frozenset(names[::9])
    trials = trials_of(culprits, "nobody")
    left = fewest_failing(wishes_of(names), trials)
    assert trials.left == 0
    assert RUNS > 0
    assert culprits <= {wish.name for wish in left}


def test_three_that_conflict_are_listed() -> None:
    trials = trials_of(frozenset("abc"), "nobody")
    problem = conflict_among(trials.search, wishes_of("abcdef"), trials.failed)
    assert '"a" (a), "b" (b), "c" (c)' in problem.problem


def test_one_that_needs_what_is_not_there_is_told_alone() -> None:
    said = "Because gone was not found in the package registry and a==1 depends on gone>=2, we can conclude"
    trials = trials_of(frozenset("a"), said)
    problem = conflict_among(trials.search, wishes_of("ab"), trials.failed)
    assert problem.code == "package-impossible"
    assert "it needs gone>=2, which the Python package index doesn't have" in problem.problem
