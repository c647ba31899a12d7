"""The real sources, once: the kernel's closure and numpy into an empty cache."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lite_site.courses.model import Wanted
from lite_site.environment.browser import resolve
from lite_site.environment.catalogue import catalogue
from lite_site.environment.own import ensure_own_wheel
from lite_site.runtime.distribution import runtime_assets
from lite_site.runtime.sources.order import sources_in_order
from lite_site.runtime.store import Store
from lite_site.runtime.supply import supply


@pytest.mark.registry
@pytest.mark.timeout(600)
def test_a_first_build_gets_its_runtime(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    lock = resolve([Wanted("numpy", "contents/a/01.ipynb")], catalogue())
    ensure_own_wheel(Store(tmp_path))
    began = time.monotonic()
    found = supply([*runtime_assets(), *lock.assets()], Store(tmp_path), sources_in_order())
    record_property("seconds", time.monotonic() - began)
    assert set(found) == {asset.sha256 for asset in (*runtime_assets(), *lock.assets())}
    offline = supply([*runtime_assets(), *lock.assets()], Store(tmp_path), [], offline=True)
    assert offline == found
