"""A lesson that needs no cluster, on one all the same: by choice, and back."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect

from tests.bridge.conftest import OpenBridge
from tests.bridge.driving import BridgePage, make_bridge_window
from tests.bridge.world import World
from tests.browser.driving import UNANSWERED
from tests.browser.hosting import Recording

pytestmark = pytest.mark.browser

COURSE, LESSON, CELL = "python-premiers-pas", "01-variables.ipynb", 2
SPECS = (
    """() => [...document.querySelectorAll('.jp-Dialog select option')].map((option) => option.textContent.trim())"""
)
KERNELSPEC = "window.jupyterapp.shell.currentWidget.context.model.getMetadata('kernelspec')"
SLIDER = """import ipywidgets
glisse = ipywidgets.IntSlider(value=3, max=10)
entendu = ipywidgets.Label()
glisse.observe(lambda change: setattr(entendu, 'value', f'entendu : {change.new}'), 'value')
ipywidgets.VBox([glisse, entendu])"""
RESTART = "() => { window.restarted = window.jupyterapp.commands.execute('notebook:restart-kernel'); }"


@pytest.fixture(scope="module")
def person(world: World) -> str:
    """One person for these tests: their server runs on from one to the next."""
    return world.newcomer("leo")


@pytest.fixture(scope="module")
def crossed(chromium: Browser, world: World, trap: Recording, person: str) -> Iterator[BridgePage]:
    """A light lesson on the cluster, for tests that leave it as it was."""
    with ExitStack() as stack:
        window = make_bridge_window(chromium, world, trap, stack, person)
        yield window.open("genomique", "01-fasta.ipynb").cross_from_toolbar()


def test_both_kernels_are_offered_and_the_browsers_stays(open_bridge: OpenBridge, person: str) -> None:
    lesson = open_bridge(person).open(COURSE, LESSON)
    lesson.wait_for_kernel()
    before = lesson.kernel_name
    spec = lesson.page.evaluate(KERNELSPEC)
    lesson.command("notebook:change-kernel")
    expect(lesson.page.get_by_role("dialog")).to_be_visible()
    offered = lesson.page.evaluate(SPECS)
    assert [name for name in offered if name.endswith(("· navigateur", "· cluster"))] == [
        "Python, premiers pas · navigateur",
        "Python, premiers pas · cluster",
    ]
    lesson.page.keyboard.press("Escape")

    lesson.cross_from_toolbar()
    lesson.do_cell("import sys\nprint(sys.platform)", CELL)
    lesson.expect_output(CELL, "linux")
    lesson.go_back()
    assert lesson.kernel_name == before
    lesson.run_cell(CELL)
    lesson.expect_output(CELL, "emscripten")
    assert lesson.source(CELL) == "import sys\nprint(sys.platform)"
    kept = lesson.kept()[LESSON]
    assert kept["metadata"]["kernelspec"] == spec
    lesson.page.reload()
    lesson.wait_until_open()
    lesson.wait_for_kernel()
    assert lesson.kernel_name == before


def test_a_cell_is_interrupted(crossed: BridgePage) -> None:
    crossed.start_cell("import time\nprint('va', flush=True)\ntime.sleep(600)", CELL)
    crossed.expect_output(CELL, "va")
    crossed.command("notebook:interrupt-kernel")
    crossed.expect_output(CELL, "KeyboardInterrupt")
    crossed.await_idle()


def test_input_asks_in_the_page(crossed: BridgePage) -> None:
    crossed.start_cell("nom = input('Ton nom ? ')\nprint('Bonjour', nom)", CELL)
    crossed.page.locator(UNANSWERED).wait_for()
    crossed.type_answer("Ada")
    crossed.expect_output(CELL, "Bonjour Ada")


def test_completion_comes_from_the_cluster(crossed: BridgePage) -> None:
    crossed.await_idle()
    crossed.execute("attribut_fort_long = 1")
    found = crossed.page.evaluate(
        """() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel
          .requestComplete({ code: 'attribut_fo', cursor_pos: 11 }).then((reply) => reply.content.matches)"""
    )
    assert found == ["attribut_fort_long"]


def test_widgets_work_over_the_bridge(crossed: BridgePage) -> None:
    crossed.do_cell(SLIDER, CELL)
    handle = crossed.scroll_to(CELL).get_by_role("slider")
    handle.press("ArrowRight")
    expect(crossed.scroll_to(CELL).locator(".widget-readout")).to_have_text("4")
    expect(crossed.scroll_to(CELL)).to_contain_text("entendu : 4")
    assert crossed.execute("assert glisse.value == 4, glisse.value") == "ok"
    crossed.execute("glisse.value = 9")
    expect(crossed.scroll_to(CELL).locator(".widget-readout")).to_have_text("9")


def test_a_restart_forgets_variables_and_stays_on_the_cluster(crossed: BridgePage) -> None:
    crossed.execute("perdu = 1")
    crossed.page.evaluate(RESTART)
    crossed.page.locator(".jp-Dialog button.jp-mod-accept").click()
    assert crossed.page.evaluate("window.restarted") is True
    crossed.await_idle()
    crossed.do_cell("print('perdu' in dir())\nimport sys\nprint(sys.platform)", CELL)
    crossed.expect_output(CELL, "False")
    crossed.expect_output(CELL, "linux")


def test_the_lab_page_crosses_too(open_bridge: OpenBridge, person: str, crossed: BridgePage) -> None:
    lesson = open_bridge(person).open("genomique", "02-gc.ipynb", "lab").cross_from_toolbar()
    lesson.execute("ici = 2")
    assert crossed.execute("assert 'ici' not in dir()") == "ok", "two lessons share a kernel"
    assert lesson.execute("assert ici == 2") == "ok"
