import os
from pathlib import Path

from fallback_hub.environments.prune import DAY, remove_environments, unused_environments


def test_what_nobody_used_for_long_is_found_and_removed_and_nothing_else(tmp_path: Path) -> None:
    now = 1_000 * DAY
    kept = {".locks": 40, "code-1": 40, "jupyter": 40, "new": 2}
    for name, days in {"old": 40, ".half.1234.building": 40, **kept}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text("x")
        os.utime(tmp_path / name, (now - days * DAY,) * 2)
    found = list(unused_environments(tmp_path, 30, now=now))
    assert [path.name for path in found] == [".half.1234.building", "old"]
    remove_environments(found)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept)


def test_no_folder_has_no_environments(tmp_path: Path) -> None:
    assert list(unused_environments(tmp_path / "gone", 1)) == []
