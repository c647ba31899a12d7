"""Rule: a link says where it leads, also to those who hear links one after another."""

import re
from collections.abc import Iterator

from lite_site.notebooks.accessibility.page import Page, quoted
from lite_site.notebooks.accessibility.tree import TEXT, Node
from lite_site.problems import Problem

_VAGUE = frozenset(
    ["ici", "cliquez ici", "clique ici", "cliquer ici", "en cliquant ici", "là", "par ici", "voir ici", "c'est ici",
     "lien", "le lien", "ce lien", "lien ici", "ce lien-ci", "cliquez sur ce lien", "suivez ce lien", "cette page",
     "cliquez", "cliquer", "en savoir plus", "lire la suite", "la suite", "plus", "plus d'infos", "url",
     "here", "click here", "click", "right here", "see here", "over here", "this", "this link", "this page", "link",
     "the link", "follow this link", "learn more", "more", "more info", "more information", "read more"]
)  # fmt: skip
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"”»]+", re.IGNORECASE)
# An address that is a name in itself: a site's front page, a document's identifier as references give it, a pattern.
_A_NAME = re.compile(
    r"(?:https?://)?(?:[\w.:-]+/?|(?:(?:dx\.)?doi\.org|hdl\.handle\.net|arxiv\.org/abs)/\S+)|.*[{}\[\]*…].*",
    re.IGNORECASE,
)
_CODE = ("pre", "code", "kbd", "samp", "script", "style", "textarea")
_ENDS = ".,;:!?)]}'*_"


def problems_in_links(page: Page) -> Iterator[Problem]:
    """Links without a name, with one that says nothing, and addresses that stand for one."""
    for node in page.find("a"):
        yield from _problems_of(node, page)
    for node in page.find(TEXT):  # Jupyter makes links of the addresses in Markdown's text
        if node.written == "markdown" and ("/" in node.text or "www." in node.text) and not node.is_in("a", *_CODE):
            for address in _ADDRESS.findall(node.text):
                yield from _address_problem(address, node, page)


def _problems_of(link: Node, page: Page) -> Iterator[Problem]:
    if "href" not in link.attrs or link.attrs.get("aria-hidden") == "true" or link.is_in(*_CODE):
        return
    named = any(link.attrs.get(name, "").strip() for name in ("aria-label", "aria-labelledby", "title"))
    name, target = link.said(), link.attrs["href"].strip()
    if named:
        return
    if not name:
        if not _is_named_elsewhere(link, target):
            yield Problem(
                page.place_of(link),
                f"The link to {quoted(target)} has no text, so nobody can tell or reach it." if target else
                "A link has neither text nor address.",
                "Write what it leads to: [the page's name](address), or the image's text if it is one.",
                "link-empty",
                "warning",
            )  # fmt: skip
    elif (plain := _plain(name)) in _VAGUE:
        yield Problem(
            page.place_of(link),
            f"The link {quoted(name)} doesn't say where it leads; read out of its sentence, it says nothing.",
            f"Put the link on words that do: not “{plain}”, but what is found there.",
            "link-vague",
            "warning",
        )
    elif _ADDRESS.fullmatch(name):
        yield from _address_problem(name, link, page)


def _is_named_elsewhere(link: Node, target: str) -> bool:
    """Whether the link gets its text where the lesson is shown, or holds what may have a name of its own.

    MyST fills `[](#label)` with what the label names; an image without a text is told as such.
    """
    filled = link.written == "markdown" and target.startswith("#")
    return filled or any(link.find("img", "svg", "object", "video", "button", "input"))


def _address_problem(address: str, node: Node, page: Page) -> Iterator[Problem]:
    shown = address.rstrip(_ENDS)
    if not _A_NAME.fullmatch(shown):
        yield Problem(
            page.place_of(node),
            f"The link {quoted(shown)} is an address, which a screen reader spells out letter by letter.",
            "Name the page it leads to: [its name](address).",
            "link-address",
            "warning",
        )


def _plain(name: str) -> str:
    """The name in lower case, without what is no letter at its ends."""
    words = " ".join(name.replace("’", "'").casefold().split())
    letters = [place for place, sign in enumerate(words) if sign.isalnum()]
    return words[letters[0] : letters[-1] + 1] if letters else words
