from pathlib import Path

import pytest

from fallback_hub.problems import HubError
from fallback_hub.running.launch import launch
from fallback_hub.settings import read_settings


def test_the_supervisor_looks_for_the_proxy_in_the_cache_it_was_given(tmp_path: Path) -> None:
    (tmp_path / "hub.toml").write_text('site_url = "http://127.0.0.1:8000/"\nurl = "http://127.0.0.1:8001/"\n')
    cache = tmp_path / "cache"
    cache.write_text("a file, where no proxy can be")
    launched = launch(read_settings(tmp_path / "hub.toml"), cache, leash=True)
    try:
        with pytest.raises(HubError) as told:
            launched.await_ready()
    finally:
        launched.end()
        for stream in (launched.process.stdin, launched.process.stdout):
            assert stream is not None
            stream.close()
    (problem,) = told.value.problems
    assert problem.code == "cache-unwritable"
    assert problem.place.startswith(str(cache))
