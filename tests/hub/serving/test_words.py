from fallback_hub.problems import Problem
from fallback_hub.serving.words import build_line, problems_of

BUILT = {
    "ok": True,
    "output": "/srv/_site",
    "courses": 2,
    "unchanged": 1,
    "lessons": 1,
    "on_cluster": 1,
    "files": 10,
    "bytes": 2_500_000,
    "seconds": 1.234,
    "problems": [],
}


def test_a_build_in_a_line() -> None:
    assert build_line(BUILT) == (
        "/srv/_site: 2 courses (1 unchanged), 1 lesson (1 on the cluster), 10 files, 2.5 MB, in 1.2 s."
    )
    plain = build_line({**BUILT, "courses": 1, "unchanged": 0, "on_cluster": 0, "lessons": 3})
    assert plain == "/srv/_site: 1 course, 3 lessons, 10 files, 2.5 MB, in 1.2 s."


def test_the_line_is_the_one_that_build_says() -> None:
    """The two rooms don't import each other: this holds their words together."""
    from pathlib import Path

    from lite_site.pipeline import Result

    result = Result(Path("/srv/_site"), 3, 2, 7, 1, 20, 1_234_567, 2.5, ())
    assert build_line(result.as_dict()) == result.summary


def test_problems_are_those_that_were_said() -> None:
    problem = Problem("a.ipynb", "It is odd.", "Mend it.", "odd", "warning")
    assert list(problems_of({"problems": [problem.as_dict()]})) == [problem]
    assert list(problems_of({})) == []
