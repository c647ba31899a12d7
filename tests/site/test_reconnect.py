import json
import os
import shutil
from pathlib import Path

import pytest

from lite_site.pipeline import Result, build_site
from lite_site.problems import BuildError
from lite_site.report import SilentReport
from lite_site.settings import make_settings
from lite_site.site import reconnect as module
from lite_site.site.connection import Hub
from lite_site.site.reconnect import Connection, read_connection, reconnect
from tests.small import files_of, is_whole, write_course

HUB, OTHER = Hub("https://hub.example/jupyter/"), Hub("http://127.0.0.1:8001/")


def build(contents: Path, site: Path, *only: str) -> Result:
    return build_site(make_settings(contents=contents, output=site, only=only), SilentReport())


def connected(site: Path, hub: Hub | None) -> Connection:
    return reconnect(site, hub, SilentReport())


def codes(site: Path, hub: Hub | None = HUB) -> list[str]:
    with pytest.raises(BuildError) as raised:
        connected(site, hub)
    assert all(problem.remedy for problem in raised.value.problems)
    return [problem.code for problem in raised.value.problems]


@pytest.fixture
def site(small_contents: Path, tmp_path: Path) -> Path:
    """A built site of one course."""
    (small_contents / "site.toml").write_text('title = "Cours"\n')
    build(small_contents, tmp_path / "_site")
    return tmp_path / "_site"


def name_hub(contents: Path, hub: Hub | None) -> None:
    named = f'hub_url = "{hub.url}"\n' if hub else ""
    (contents / "site.toml").write_text(f'title = "Cours"\n{named}')


def test_connecting_is_building_with_a_hub_and_back(site: Path, small_contents: Path, tmp_path: Path) -> None:
    plain = files_of(site)
    name_hub(small_contents, HUB)
    build(small_contents, tmp_path / "with-hub")

    made = connected(site, HUB)
    assert (made.hub, made.pages, made.changed) == (HUB.url, 2, 6)
    assert files_of(site) == files_of(tmp_path / "with-hub")
    assert is_whole(site)

    assert connected(site, HUB).changed == 0
    assert files_of(site) == files_of(tmp_path / "with-hub")

    connected(site, OTHER)
    assert read_connection(site).hub == OTHER.url
    assert connected(site, None).hub is None
    assert files_of(site) == plain
    assert {path.name for path in tmp_path.iterdir()} == {"contents", "_site", "with-hub", ".passerelle"}


def test_only_pages_that_run_code_and_header_files_change(site: Path) -> None:
    before = files_of(site)
    connected(site, HUB)
    after = files_of(site)

    assert before.keys() == after.keys()
    assert {path for path in before if before[path] != after[path]} == {
        "_headers", "_passerelle/hosting/Caddyfile", "_passerelle/hosting/nginx.conf", "calcul/lab/index.html",
        "calcul/notebooks/index.html", "manifest.json",
    }  # fmt: skip


def test_the_old_sites_files_are_not_written_to(site: Path, tmp_path: Path) -> None:
    """They are shared with the new site's: a page written in place would change under whoever is sending it."""
    page = site / "calcul" / "lab" / "index.html"
    kept = tmp_path / "kept.html"
    os.link(page, kept)
    before = kept.read_bytes()

    connected(site, HUB)

    assert kept.read_bytes() == before != page.read_bytes()


def test_rights_stay(site: Path) -> None:
    page = site / "calcul" / "lab" / "index.html"
    page.chmod(0o640)
    (site / "calcul").chmod(0o750)

    connected(site, HUB)

    assert page.stat().st_mode & 0o777 == 0o640
    assert (site / "calcul").stat().st_mode & 0o777 == 0o750


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_owners_stay(site: Path) -> None:
    for path in (site, *site.rglob("*")):
        os.chown(path, 4321, 4322)

    connected(site, HUB)

    assert {(path.stat().st_uid, path.stat().st_gid) for path in (site, *site.rglob("*"))} == {(4321, 4322)}


def test_a_link_to_the_site_leads_to_it(site: Path, tmp_path: Path) -> None:
    (tmp_path / "public").symlink_to(site)

    assert connected(tmp_path / "public", HUB).site == site
    assert (tmp_path / "public").is_symlink()


def test_the_next_build_does_what_site_toml_says_and_reuses_the_rest(site: Path, small_contents: Path) -> None:
    write_course(small_contents, "texte")
    build(small_contents, site)
    plain = files_of(site)
    connected(site, HUB)

    one = build(small_contents, site, "texte")  # the other course is kept as it stands, not taken for touched by hand
    assert (one.courses, one.reused) == (2, 2)
    (told,) = one.warnings
    assert (told.code, told.severity) == ("hub-left", "warning")
    assert HUB.url in told.problem
    assert files_of(site) == plain

    name_hub(small_contents, HUB)
    again = build(small_contents, site)
    assert again.warnings == ()
    assert read_connection(site).hub == HUB.url
    name_hub(small_contents, OTHER)
    build(small_contents, site, "calcul")
    pages = sorted(site.glob("*/lab/index.html"))
    assert [OTHER.url in page.read_text() for page in pages] == [True, True]
    assert not any("hub.example" in page.read_text() for page in pages)
    assert is_whole(site)


def test_folders_that_are_no_site(tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "index.html").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for name in ("thesis", "file", "nowhere"):
        assert codes(tmp_path / name) == ["site-not-built"]
    with pytest.raises(BuildError, match="isn't a site built by passerelle"):
        read_connection(tmp_path / "thesis")
    assert not (tmp_path / ".passerelle").exists()


@pytest.mark.parametrize("manifest", ["", "[]", '{"files": 3}', '{"files": {"a": {}}}', '{"files": {"a": null}}'])
def test_a_damaged_manifest(site: Path, manifest: str) -> None:
    (site / "manifest.json").write_text(manifest)
    before = files_of(site)

    assert codes(site) == ["site-damaged"]
    assert files_of(site) == before


def test_a_page_that_another_version_wrote(site: Path) -> None:
    page = site / "calcul" / "lab" / "index.html"
    page.write_text("<!doctype html>")
    before = files_of(site)

    assert codes(site) == ["site-damaged"]
    assert files_of(site) == before


def test_what_the_disk_refuses_leaves_the_old_site(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_of(site)

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(module, "_replace", full)

    assert codes(site) == ["disk"]
    assert files_of(site) == before
    assert not [path for path in site.parent.iterdir() if "_site." in path.name]


def test_a_build_under_way_is_waited_for(site: Path) -> None:
    from lite_site.site.swap import only_one_build

    with only_one_build(site, site.parent / ".passerelle"):
        assert codes(site) == ["site-busy"]


def test_a_copy_without_what_the_build_remembers(site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "srv" / "site"
    shutil.copytree(site, copy)

    connected(copy, HUB)

    assert is_whole(copy)
    assert json.loads((copy / "manifest.json").read_bytes())["files"]
    assert read_connection(copy).hub == HUB.url
