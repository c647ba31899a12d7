"""What the environment says of a build."""

import pytest

from lite_site.problems import BuildError
from lite_site.settings import DEFAULT_EPOCH, make_settings


def test_the_environment_names_time_and_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    monkeypatch.setenv("PASSERELLE_CACHE", "/somewhere/cache")
    monkeypatch.setenv("PASSERELLE_MIRROR", "https://a.example/ https://b.example/")
    settings = make_settings(mirrors=("https://first.example/",))
    assert settings.epoch == 1_000_000_000
    assert str(settings.cache) == "/somewhere/cache"
    assert settings.mirrors == ("https://first.example/", "https://a.example/", "https://b.example/")


def test_a_silent_environment_means_our_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert make_settings().epoch == DEFAULT_EPOCH


@pytest.mark.parametrize("text", ["yesterday", "-1", "1.5", "²", "9" * 30])
def test_a_time_that_is_none_gets_a_sentence(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)
    with pytest.raises(BuildError) as raised:
        make_settings()
    assert [(problem.place, problem.code) for problem in raised.value.problems] == [("SOURCE_DATE_EPOCH", "epoch")]
