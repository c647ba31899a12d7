"""A browser from which somebody goes to the hub, and a lesson on its way there."""

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import Browser, BrowserContext, Locator, Page, WebSocket, expect

from lite_site.language import Language
from tests.bridge.world import World
from tests.browser.driving import KERNEL_READY, PANEL, RUN_CELL, SOON_MS, LessonPage, Window
from tests.browser.hosting import Recording

MESSAGES = Path(__file__).parents[2] / "lite_site" / "frontend" / "src" / "messages"
# A first server copies files, starts Python and JupyterLab; two cores are shared with a browser.
CROSS_MS = 120_000
LOCALES = {"fr": "fr-FR", "en": "en-GB"}
# What the bar says, in order; texts that stand for a moment only are missed by whoever looks now and then.
LISTEN = """() => {
  window.told = [];
  new MutationObserver(() => {
    for (const node of document.querySelectorAll('.passerelle-Banner-said')) {
      const text = node.innerText;
      if (text && window.told.at(-1) !== text) window.told.push(text);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
}"""
KERNEL_NAME = f"{PANEL}.sessionContext.session?.kernel?.name ?? null"


class Words:
    """The page's own catalogue in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._messages: dict[str, str] = json.loads((MESSAGES / f"{language}.json").read_text(encoding="utf-8"))

    def __call__(self, message: str, /, **values: str) -> str:
        """The text of that message, `{…}` filled in."""
        return self._messages[message].format(**values)


class BridgeWindow(Window):
    """One person's browser; `asked` are the addresses it went to, `sockets` those of its websockets."""

    def __init__(self, context: BrowserContext, world: World, trap: Recording, person: str, words: Words) -> None:
        super().__init__(context, world.host, trap)
        self.world, self.person, self.words = world, person, words
        self.sockets: list[str] = []
        context.on("page", lambda page: page.on("websocket", self._note_socket))
        context.add_init_script(f"({LISTEN})()")

    def _note_socket(self, socket: WebSocket) -> None:
        self.sockets.append(socket.url)

    @property
    def asked(self) -> list[str]:
        """Every address asked for, the hub's included."""
        return [*self._asked, *self.sockets]

    @property
    def abroad(self) -> list[str]:
        """Requests to neither site nor hub, those included that the page's policy refused."""
        hub = self.world.hub.settings.hub_origin
        own = (f"{hub}/", f"{hub.replace('http', 'ws', 1)}/")
        return [address for address in self.off_origin if not address.startswith(own)]

    @property
    def to_hub(self) -> list[str]:
        """Requests to the hub."""
        hub = self.world.hub.settings.hub_origin
        return [address for address in self.asked if address.startswith((hub, hub.replace("http", "ws", 1)))]

    def open(self, course: str, path: str, app: str = "notebooks") -> "BridgePage":
        """Open a lesson of the course named so, in this browser's language."""
        below = f"{course}/" if self.words.language == "fr" else f"{course}/en/"
        opened = self.open_lesson(f"{self.world.site}{below}", path, app)
        return BridgePage(opened.page, self)

    def fill_form(self, page: Page) -> None:
        """Sign in with the hub's form."""
        page.locator("#username_input").fill(self.person)
        page.locator("#password_input").fill(self.world.hub.passwords[self.person])
        page.locator("#login_submit").click()


def make_bridge_window(
    chromium: Browser,
    world: World,
    trap: Recording,
    stack: ExitStack,
    person: str,
    *,
    language: Language = "fr",
    **options: Any,
) -> BridgeWindow:
    """A fresh browser of one person, closed with `stack`; `options` are Playwright's for a context."""
    proxy = {"server": trap.origin, "bypass": "<-loopback>,127.0.0.1"}
    context = chromium.new_context(**{"proxy": proxy, "locale": LOCALES[language]} | options)
    stack.callback(context.close)
    return BridgeWindow(context, world, trap, person, Words(language))


@dataclass(frozen=True, slots=True)
class BridgePage(LessonPage):
    """A lesson that stands open and may cross."""

    window: BridgeWindow

    @property
    def words(self) -> Words:
        """The page's catalogue."""
        return self.window.words

    @property
    def bar(self) -> Locator:
        """The bar above the notebook that says where it runs."""
        return self.page.get_by_role("region", name=self.words("cluster.name"))

    @property
    def place(self) -> Locator:
        """The small place in the toolbar."""
        return self.page.locator(".passerelle-Place button")

    @property
    def told(self) -> list[str]:
        """Everything bars said in this page since it was loaded, in order."""
        told: list[str] = self.page.evaluate("window.told")
        return told

    @property
    def kernel_name(self) -> str | None:
        """The kernelspec that the notebook runs with now."""
        name: str | None = self.page.evaluate(KERNEL_NAME)
        return name

    def press(self, message: str) -> None:
        """Press the button of the bar with that message of the catalogue."""
        self.bar.get_by_role("button", name=self.words(message), exact=True).click()

    def expect_bar(self, message: str, timeout: float = SOON_MS) -> None:
        """Wait until the bar says the message."""
        expect(self.bar).to_contain_text(self.words(message), timeout=timeout)

    def sign_in(self, message: str = "bridge.action.start") -> Self:
        """Press what begins a crossing, and fill in the form of the window that opens."""
        with self.page.expect_popup() as opened:
            self.press(message)
        self.window.fill_form(opened.value)
        return self

    def sign_in_instead(self) -> Self:
        """Fill in the form that took the page's own place, and wait for the lesson to come back."""
        self.page.wait_for_url(f"{self.window.world.hub.url}**")
        self.window.fill_form(self.page)
        self.page.wait_for_url(f"{self.window.world.site}**")
        self.wait_until_open()
        return self

    def await_crossed(self, timeout: float = CROSS_MS) -> Self:
        """Wait until the notebook runs on the cluster."""
        here = self.words("bridge.place.here")
        self.page.wait_for_function(
            """([here, failed]) => {
              const place = document.querySelector('.passerelle-Place:not(.lm-mod-hidden) button');
              const bar = document.querySelector('.passerelle-Banner-said')?.innerText ?? '';
              return place?.textContent.startsWith(here) || bar.includes(failed);
            }""",
            arg=[here, self.words("bridge.untouched")],
            timeout=timeout,
        )
        assert self.place.inner_text().startswith(here), self.bar.inner_text()
        return self

    def cross(self, message: str = "bridge.action.start") -> Self:
        """The whole way: press, sign in, wait."""
        return self.sign_in(message).await_crossed()

    def cross_signed_in(self, message: str = "bridge.action.start") -> Self:
        """The whole way for somebody whom the hub still knows: the window opens and closes by itself."""
        self.press(message)
        return self.await_crossed()

    def cross_from_toolbar(self) -> Self:
        """The whole way from a lesson that is placed in the browser: *Run on the cluster* stands in its toolbar."""
        with self.page.expect_popup() as opened:
            self.place.click()
        self.window.fill_form(opened.value)
        return self.await_crossed()

    def go_back(self) -> None:
        """Choose the browser's kernel again, and wait until the notebook runs with it."""
        self.choose("bridge.menu.browser")
        self.page.wait_for_function(f"({KERNEL_NAME} ?? 'hub:').startsWith('hub:') === false", timeout=CROSS_MS)
        self.wait_for_kernel()

    def start_cell(self, text: str, number: int) -> None:
        """Write `text` into a cell and run it, not waiting for its end."""
        self.edit(text, number)
        self.page.evaluate(f"number => {{ void ({RUN_CELL})(number); }}", number)

    def do_cell(self, text: str, number: int) -> None:
        """Write `text` into a cell and run it to its end."""
        self.edit(text, number)
        self.run_cell(number)

    def await_idle(self) -> None:
        """Wait until nothing runs any more, whatever began it."""
        self.page.wait_for_function(KERNEL_READY, timeout=CROSS_MS)

    def command(self, name: str) -> None:
        """Do one of JupyterLab's own commands."""
        self.page.evaluate("name => { void window.jupyterapp.commands.execute(name); }", name)

    def choose(self, command: str) -> None:
        """Open the menu of the place, and choose a command by its message."""
        self.place.click()
        self.page.get_by_role("menuitem", name=self.words(command), exact=True).click()

    def output_of(self, number: int) -> str:
        """What a cell shows, as text."""
        return self.scroll_to(number).locator(".jp-Cell-outputArea").inner_text()

    def expect_output(self, number: int, text: str, timeout: float = SOON_MS) -> None:
        """Wait until a cell shows the text."""
        expect(self.scroll_to(number).locator(".jp-Cell-outputArea")).to_contain_text(text, timeout=timeout)


def is_in_order(parts: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether the parts are said one after another."""
    rest = iter(texts)
    return all(any(part in text for text in rest) for part in parts)
