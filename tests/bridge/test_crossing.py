"""The main path: from a static page to results of a computation on the cluster, in the page one was in."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from lite_site.language import Language
from tests.bridge.conftest import OpenBridge
from tests.bridge.driving import is_in_order
from tests.bridge.world import World
from tests.browser.comparing import differences, read_authored, read_outputs
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

COURSE, LESSON = "genomique", "07-alignement.ipynb"
WHY = {
    "fr": "Cette leçon lance bowtie2 et samtools, deux programmes qui ne tournent pas dans un navigateur.",
    "en": "This lesson runs bowtie2 and samtools, two programs that cannot run in a browser.",
}
STAGES = ("signing-in", "asking", "starting", "files", "kernel")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_pupil_aligns_real_reads_on_the_cluster(
    open_bridge: OpenBridge, world: World, person: str, language: Language, tmp_path: Path
) -> None:
    window = open_bridge(person, language=language)
    calls = world.cable.calls
    lesson = window.open(COURSE, LESSON)
    words = lesson.words
    lesson.expect_bar("bridge.needs")
    expect(lesson.bar).to_contain_text(WHY[language])
    expect(lesson.page.get_by_role("heading", name="Aligner des lectures")).to_be_visible()
    lesson.page.wait_for_timeout(1500)
    assert lesson.kernel_name is None
    assert not any("pyodide.js" in address or "pyodide.mjs" in address for address in window.asked)
    assert world.cable.calls == calls, "somebody called the hub before the press"

    lesson.cross()
    assert is_in_order([words(f"bridge.stage.{stage}") for stage in STAGES], lesson.told), lesson.told
    lesson.expect_bar("bridge.ready")
    folder = world.course_folder(person, COURSE)
    assert (folder / "data" / "lambda.fa").read_bytes() == (ROOT / "contents/genomique/data/lambda.fa").read_bytes()

    cells = lesson.run_all()
    authored = read_authored(ROOT / "contents" / COURSE / LESSON)
    assert authored is not None
    told = [
        difference
        for number, (cell, before) in enumerate(zip(cells, authored, strict=True))
        for difference in differences(number, before, read_outputs(cell.outputs))
    ]
    assert told == []
    expect(lesson.scroll_to(19).locator("img")).to_be_visible()

    lesson.execute("open('profondeur.csv', 'w').write('position,profondeur\\n1,2\\n')")
    lesson.choose("bridge.menu.files")
    dialog = lesson.page.get_by_role("dialog")
    with lesson.page.expect_download() as download:
        dialog.get_by_role("button", name=words("files.list.downloadOf", name="profondeur.csv")).click()
    assert download.value.path().read_text() == "position,profondeur\n1,2\n"
    dialog.get_by_role("button", name=words("files.list.bring")).click()
    expect(dialog).to_contain_text(words("files.list.brought", count="1"))
    dialog.get_by_role("button", name=words("files.list.close")).click()
    lesson.go_back()
    read = (
        "import sys\nassert sys.platform == 'emscripten'\nassert open('profondeur.csv').read()[9:20] == 'profondeur\\n'"
    )
    assert lesson.execute(read) == "ok"
    assert window.abroad == []
    assert window.said == []
