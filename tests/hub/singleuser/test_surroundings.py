from pathlib import Path

import pytest

from fallback_hub.singleuser.arguments import server_arguments
from fallback_hub.singleuser.surroundings import read_surroundings

SAID = {
    "HOME": "/home/alice",
    "PASSERELLE_COURSE": "rna",
    "PASSERELLE_SITE_ORIGIN": "https://cours.example.org",
    "PASSERELLE_SITE": "",
    "PASSERELLE_ENDS": "1700000000",
    "PASSERELLE_MAX_FILE_BYTES": "1000",
    "MEM_LIMIT": "4000000000",
}


def test_what_the_spawner_says_is_read() -> None:
    surroundings = read_surroundings(SAID)
    assert surroundings.folder == Path("/home/alice/rna")
    assert (surroundings.site, surroundings.data, surroundings.ends) == (None, None, 1_700_000_000)
    assert (surroundings.max_file_bytes, surroundings.memory, surroundings.cpus) == (1000, 4_000_000_000, 0)
    assert read_surroundings({**SAID, "PASSERELLE_ENDS": ""}).ends is None


@pytest.mark.parametrize("gone", ["HOME", "PASSERELLE_COURSE"])
def test_without_home_or_course_there_is_no_server(gone: str) -> None:
    with pytest.raises(KeyError, match=gone):
        read_surroundings({name: value for name, value in SAID.items() if name != gone})


def test_one_origin_no_news_and_no_open_door() -> None:
    arguments = server_arguments(read_surroundings(SAID))
    assert "--ServerApp.allow_origin=https://cours.example.org" in arguments
    assert "--LabApp.extension_manager=readonly" in arguments
    assert "--LabApp.news_url=None" in arguments
    assert "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate" in arguments
    assert "--KernelManager.transport=ipc" in arguments
    assert "--MappingKernelManager.buffer_offline_messages=True" in arguments
    for forbidden in ("disable_check_xsrf", "allow_origin_pat", "allow_credentials", "allow-root", "token"):
        assert not any(forbidden in argument for argument in arguments)
