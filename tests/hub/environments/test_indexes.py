import tomllib
from pathlib import Path

from fallback_hub.environments.indexes import certificates_in, uv_settings

CONFIGURATION = """:env:.cert='/etc/ssl/ours.pem'
global.index-url='https://user:secret@packages.example/simple'
global.extra-index-url='https://one.example/simple https://two.example/simple'
install.trusted-host='one.example'
not a setting
"""


def test_pips_indexes_become_uvs() -> None:
    said = tomllib.loads(uv_settings(CONFIGURATION))
    assert said["allow-insecure-host"] == ["one.example"]
    assert said["pip"]["index-url"] == "https://user:secret@packages.example/simple"
    assert said["pip"]["extra-index-url"] == ["https://one.example/simple", "https://two.example/simple"]
    assert said["pip"]["index-strategy"] == "unsafe-best-match"
    assert certificates_in(CONFIGURATION) == "/etc/ssl/ours.pem"


def test_the_main_index_alone_leaves_the_further_ones_out() -> None:
    said = tomllib.loads(uv_settings(CONFIGURATION, further=False))
    assert said["pip"]["extra-index-url"] == []
    assert "index-url" in said["pip"]


def test_the_environment_goes_before_files_and_missing_folders_are_passed_over(tmp_path: Path) -> None:
    configuration = f"global.no-index='no'\n:env:.no-index='yes'\nglobal.find-links='{tmp_path} {tmp_path / 'gone'}'\n"
    said = tomllib.loads(uv_settings(configuration))
    assert said["pip"]["no-index"] is True
    assert said["pip"]["find-links"] == [str(tmp_path)]


def test_without_pip_uvs_own_settings_hold() -> None:
    assert tomllib.loads(uv_settings(""))["pip"]["no-index"] is False
    assert certificates_in("") is None
