"""Lessons rendered for tests, and read as a browser would."""

from collections.abc import Mapping
from html.parser import HTMLParser

from lite_site.language import Language
from lite_site.markdown.model import Prose, Rendered
from lite_site.markdown.render import render_prose

PUBLISHED = {"02.ipynb": "02.html", "images/dna.png": "../files/images/dna.png", "a%20b.png": "../files/a%20b.png"}


def address(target: str) -> str | None:
    path, sign, fragment = target.partition("#")
    return PUBLISHED[path] + sign + fragment if path in PUBLISHED else None


def lesson(*sources: str, language: Language = "en", attachments: Mapping[str, str] | None = None) -> Rendered:
    return render_prose([Prose(source, attachments or {}) for source in sources], language, address)


def html_of(*sources: str, language: Language = "en", attachments: Mapping[str, str] | None = None) -> str:
    return "\n".join(lesson(*sources, language=language, attachments=attachments).cells)


class Page(HTMLParser):
    """What a reader finds in HTML: its elements with their attributes, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def find(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def page_of(*sources: str, language: Language = "en", attachments: Mapping[str, str] | None = None) -> Page:
    return Page(html_of(*sources, language=language, attachments=attachments))


def words_of(*sources: str, language: Language = "en") -> str:
    return " ".join(page_of(*sources, language=language).words.split())
