from pathlib import Path

import pytest

from fallback_hub.gateway.settings import read_gateway_settings
from fallback_hub.problems import HubError
from tests.hub.gateway.conftest import PREFIX, environment, write_toml


def test_jupyterhubs_environment_is_read(tmp_path: Path) -> None:
    write_toml(tmp_path)
    settings = read_gateway_settings(environment(tmp_path, "http://127.0.0.1:18001", "secret"))
    assert settings.listen == ("127.0.0.1", 8999)
    assert settings.prefix == PREFIX
    assert settings.api_url == "http://127.0.0.1:18001/hub/api"
    assert settings.client_id == "service-passerelle"
    assert settings.access_scopes == {"access:services", "access:services!service=passerelle"}
    assert settings.hub.redirect_uri == "http://site.test/_passerelle/signed-in.html"
    assert "secret" not in repr(settings)


def test_everything_that_is_missing_is_told_at_once() -> None:
    with pytest.raises(HubError) as caught:
        read_gateway_settings({"JUPYTERHUB_API_URL": "ftp://x", "JUPYTERHUB_SERVICE_PREFIX": "services"})
    assert [problem.place for problem in caught.value.problems] == [
        "environment, JUPYTERHUB_API_TOKEN",
        "environment, JUPYTERHUB_API_URL",
        "environment, JUPYTERHUB_SERVICE_PREFIX",
        "environment, JUPYTERHUB_SERVICE_URL",
        "environment, PASSERELLE_HUB_CONFIG",
    ]
    assert {problem.code for problem in caught.value.problems} == {"gateway-environment"}
    assert all("passerelle hub start" in problem.remedy for problem in caught.value.problems)


def test_the_faults_of_hub_toml_are_told(tmp_path: Path) -> None:
    (tmp_path / "hub.toml").write_text("sight = 1")
    with pytest.raises(HubError, match="sight"):
        read_gateway_settings(environment(tmp_path, "http://127.0.0.1:1", "x"))


@pytest.mark.parametrize("said", ["", "{", "[]", '"access:services"', "[1]", '["inherit"]'])
def test_odd_scopes_never_open_the_door_wider(tmp_path: Path, said: str) -> None:
    write_toml(tmp_path)
    told = environment(tmp_path, "http://127.0.0.1:1", "x") | {"JUPYTERHUB_OAUTH_ACCESS_SCOPES": said}
    assert read_gateway_settings(told).access_scopes == {"access:services", "access:services!service=passerelle"}
