from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallback_hub.courses import HubCourse
from fallback_hub.hub.admission import Asker, admit, may_read_log
from fallback_hub.hub.refused import SENTENCES, RefusedError
from fallback_hub.settings import HubSettings, ServerProfile, read_settings

PROFILES = (ServerProfile("standard", memory=1, cpus=1, minutes=10), ServerProfile("memory", memory=32, cpus=4))
COURSES = {slug: HubCourse(slug, {}, "fr", PROFILES, (), None, "", "", Path()) for slug in ("open", "closed")}
ALICE = Asker("alice", admin=False)


@pytest.fixture
def settings(tmp_path: Path) -> HubSettings:
    (tmp_path / "hub.toml").write_text(
        'site_url = "http://127.0.0.1:8000/"\nurl = "http://127.0.0.1:8001/"\n'
        '[profiles.memory]\nmemory = "8 GB"\n'
        '[courses.closed]\nopen = false\nteachers = ["durand"]\nstudents = ["bob"]\n'
    )
    return read_settings(tmp_path / "hub.toml")


def refusal(settings: HubSettings, asker: Asker, slug: str, options: object) -> str:
    with pytest.raises(RefusedError) as caught:
        admit(asker, slug, options, settings, COURSES)
    return caught.value.code


def test_an_open_course_is_everybodys_with_its_first_profile(settings: HubSettings) -> None:
    admission = admit(ALICE, "open", {}, settings, COURSES)
    assert (admission.course.slug, admission.profile) == ("open", PROFILES[0])


def test_the_hubs_profile_goes_before_the_courses(settings: HubSettings) -> None:
    assert admit(ALICE, "open", {"profile": "memory"}, settings, COURSES).profile.memory == 8_000_000_000


def test_a_closed_course_is_its_members(settings: HubSettings) -> None:
    assert refusal(settings, ALICE, "closed", {}) == "not-in-course"
    assert refusal(settings, Asker("eve", admin=False, groups=("open:teacher",)), "closed", {}) == "not-in-course"
    for asker in (
        Asker("bob", admin=False),
        Asker("durand", admin=False),
        Asker("root", admin=True),
        Asker("eve", admin=False, groups=("closed:assistant",)),
    ):
        assert admit(asker, "closed", {}, settings, COURSES)


@pytest.mark.parametrize(
    ("slug", "options", "code"),
    [
        ("", {}, "server-without-course"),
        ("rna", {}, "unknown-course"),
        ("../open", {}, "unknown-course"),
        ("open", {"profile": "huge"}, "unknown-profile"),
        ("open", {"profile": ["standard"]}, "unknown-profile"),
        ("open", {"profile": None}, "unknown-profile"),
        ("open", {"profile": "standard", "cmd": "x"}, "unknown-option"),
        ("open", {"environment": {"PATH": "x"}}, "unknown-option"),
        ("open", [], "unknown-option"),
    ],
)
def test_nothing_but_a_course_and_one_of_its_profiles(
    settings: HubSettings, slug: str, options: object, code: str
) -> None:
    assert refusal(settings, ALICE, slug, options) == code


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9), st.lists, max_leaves=4)


@given(st.dictionaries(st.sampled_from(["profile", "cmd", "env"]) | st.text(max_size=5), JSON | st.just("standard")))
def test_no_options_grant_what_isnt_offered(options: dict[str, object]) -> None:
    settings = HubSettings.__new__(HubSettings)
    object.__setattr__(settings, "profiles", {})
    object.__setattr__(settings, "courses", {})
    try:
        profile = admit(ALICE, "open", options, settings, COURSES).profile
    except RefusedError:
        return
    assert profile in PROFILES
    assert set(options) <= {"profile"}


def test_logs_are_for_teachers_and_administrators(settings: HubSettings) -> None:
    assert may_read_log(Asker("durand", admin=False), "closed", settings)
    assert may_read_log(Asker("eve", admin=False, groups=("closed:teacher",)), "closed", settings)
    assert may_read_log(Asker("root", admin=True), "closed", settings)
    for asker in (Asker("bob", admin=False), Asker("eve", admin=False, groups=("closed:assistant", "open:teacher"))):
        assert not may_read_log(asker, "closed", settings)


@pytest.mark.parametrize("code", SENTENCES)
def test_every_refusal_has_its_sentence_in_both_languages(code: str) -> None:
    error = RefusedError(code, profiles="standard")
    assert error.texts["fr"] != error.texts["en"]
    assert error.said_in("fr").message == error.texts["fr"]
    assert error.headers == {"Passerelle-Code": code}
    assert "%(" not in error.texts["fr"]
