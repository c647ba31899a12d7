from dataclasses import replace
from pathlib import Path, PurePosixPath

from lite_site.courses.model import Course, Profile, Word
from lite_site.language import Text
from lite_site.placement.profiles import DEFAULT_PROFILES, problems_in_profiles, profile_for, profiles_of
from lite_site.placement.words import reason
from tests.placement.samples import a_lesson

GPU = reason("gpu", "cuda")
SMALL, LARGE = Profile("small", cpus=1, memory=2_000_000_000), Profile("large", cpus=8, memory=64_000_000_000)


def a_course(*profiles: Profile, word: Word | None = None) -> Course:
    text = Text({"en": "A course"})
    lesson = a_lesson(path="week 1/a.ipynb", word=word)
    return Course("a", Path("contents/a"), text, text, "en", (lesson,), profiles=profiles)


def test_every_course_has_the_usual_profiles() -> None:
    assert profiles_of(a_course()) == DEFAULT_PROFILES
    own = Profile("gpu", gpus=4)
    assert profiles_of(a_course(own)) == (own, *DEFAULT_PROFILES[:2])


def test_the_smallest_that_will_do_is_taken() -> None:
    assert profile_for(Word(), [], 0, ()).name == "standard"
    assert profile_for(Word(), [], 0, (LARGE, SMALL)).name == "small"
    assert profile_for(Word(), [], 1_500_000_000, (LARGE, SMALL)).name == "standard"
    assert profile_for(Word(), [], 10_000_000_000, ()).name == "memory"
    assert profile_for(Word(), [], 30_000_000_000, (LARGE, SMALL)).name == "large"
    assert profile_for(Word(), [], 10**12, ()).name == "memory"


def test_a_graphics_card_is_only_taken_where_it_is_asked_for() -> None:
    assert profile_for(Word(), [GPU], 0, ()).name == "gpu"
    assert profile_for(Word(), [GPU], 0, (Profile("cards", memory=1, gpus=2),)).name == "cards"
    assert profile_for(Word(), [], 0, (Profile("cards", memory=1, gpus=2),)).name == "standard"


def test_the_teachers_profile_is_taken_where_there_is_one() -> None:
    assert profile_for(Word(profile="large"), [GPU], 0, (LARGE, SMALL)).name == "large"
    assert profile_for(Word(profile="nowhere"), [GPU], 0, (LARGE, SMALL)).name == "gpu"


def test_a_profile_nobody_has_is_a_problem_with_the_nearest_names() -> None:
    [problem] = problems_in_profiles(a_course(LARGE, word=Word(profile="larg")))
    assert (problem.code, problem.place) == ("profile-unknown", "contents/a/week 1/a.ipynb")
    assert "“larg”" in problem.problem
    assert "large" in problem.remedy
    [problem] = problems_in_profiles(a_course(word=Word(profile="xyz")))
    assert "standard, memory, gpu" in problem.remedy
    assert list(problems_in_profiles(a_course(LARGE, word=Word(profile="large")))) == []
    assert list(problems_in_profiles(a_course(word=Word(profile="gpu")))) == []


def test_lessons_are_named_one_by_one() -> None:
    course = a_course(word=Word(profile="xyz"))
    course = replace(course, lessons=(*course.lessons, replace(course.lessons[0], path=PurePosixPath("b.ipynb"))))
    assert [problem.place for problem in problems_in_profiles(course)] == [
        "contents/a/week 1/a.ipynb",
        "contents/a/b.ipynb",
    ]
