"""Rule: whoever doesn't see an image is told what it shows."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from lite_site.notebooks.accessibility.page import Page, quoted
from lite_site.notebooks.accessibility.tree import Node
from lite_site.problems import Problem

_FILE_NAME = re.compile(r"[\w%.()\[\]/\\: -]*\.(?:apng|avif|bmp|gif|ico|jpe?g|png|svg|tiff?|webp)", re.IGNORECASE)
# What editors and copied examples leave where the text goes.
_STAND_INS = frozenset(
    ["alt", "alt text", "alternate text", "alternative text", "caption", "capture", "capture d'écran", "drawing",
     "figure", "graphic", "image", "img", "légende", "photo", "picture", "screen shot", "screenshot",
     "texte alternatif", "title", "titre", "untitled"]
)  # fmt: skip
_DIRECTIVE = re.compile(r"(?::{3,})?\{(?:figure|image)\}[ \t]*(\S+)[ \t]*")
_OPTION = re.compile(r"\s*:?alt:\s*\S")


def problems_in_images(page: Page) -> Iterator[Problem]:
    """Images without a text, and those whose text is a file's name or says nothing."""
    for node in page.find("img"):
        yield from _problems_of(node, page)
    for node in (*page.find("pre"), *page.find("p")):
        if target := _drawn_without_text(node):
            yield Problem(
                page.place_of(node),
                f"The image {quoted(target)} has no text for those who don't see it.",
                "Add a line :alt: that says what it shows.",
                "image-no-alt",
                "warning",
            )


def _problems_of(image: Node, page: Page) -> Iterator[Problem]:
    alt, target = image.attrs.get("alt"), unquote(image.attrs.get("src", ""))
    if (image.written == "markdown" and not (alt or "").strip()) or (alt is None and not _is_silent(image)):
        write = "![what it shows](…)" if image.written == "markdown" else 'alt="what it shows"'
        yield Problem(
            page.place_of(image),
            f"The image {quoted(_short(target))} has no text for those who don't see it.",
            f'Say in a few words what it shows: {write}. If it only decorates: <img src="…" alt="">.',
            "image-no-alt",
            "warning",
        )
    elif alt and _says_nothing(alt.strip(), target):
        yield Problem(
            page.place_of(image),
            f"The text of the image {quoted(_short(target))} is {quoted(alt.strip())}, "
            "which tells those who don't see it nothing.",
            "Say in a few words what it shows.",
            "image-alt-useless",
            "warning",
        )


def _is_silent(image: Node) -> bool:
    """Whether HTML names the image another way, or says that it only decorates."""
    named = any(image.attrs.get(name, "").strip() for name in ("aria-label", "aria-labelledby", "title"))
    apart = image.attrs.get("role") in {"none", "presentation"} or image.attrs.get("aria-hidden") == "true"
    return named or apart or any(node.attrs.get("aria-hidden") == "true" for node in image.ancestors())


def _says_nothing(alt: str, target: str) -> bool:
    plain = " ".join(alt.replace("’", "'").casefold().split()).strip(".:")
    return bool(_FILE_NAME.fullmatch(alt)) or plain in _STAND_INS or plain == PurePosixPath(target).name.casefold()


def _short(target: str) -> str:
    return "data:…" if target.startswith("data:") else target


def _drawn_without_text(node: Node) -> str | None:
    """What a MyST directive, in a fence of backticks or colons, shows without the option `alt`."""
    if node.tag == "pre":
        opening, body = node.attrs.get("info", ""), node.text
    elif not node.children or not node.children[0].text.startswith(":::"):
        return None
    else:
        written = "".join("\n" if child.tag == "br" else child.text for child in node.children)
        opening, _, body = written.partition("\n")
    found = _DIRECTIVE.match(opening.strip())
    if not found or any(map(_OPTION.match, body.splitlines())):
        return None
    return found[1]
