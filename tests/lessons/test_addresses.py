from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.lessons.addresses import Shelf

SHELF = Shelf(
    {"01-début.ipynb": "01-debut.html", "plus loin/étude de cas.ipynb": "plus-loin-etude-de-cas.html"},
    frozenset(["data/manchots.csv", "images/un schéma.svg"]),
)


@pytest.mark.parametrize(
    ("folder", "target", "address"),
    [
        (".", "01-début.ipynb", "01-debut.html"),
        (".", "01-d%C3%A9but.ipynb#Les-listes", "01-debut.html#Les-listes"),
        (".", "01-de\u0301but.ipynb", "01-debut.html"),
        ("plus loin", "../01-début.ipynb?download", "01-debut.html"),
        (".", "plus%20loin/étude de cas.ipynb", "plus-loin-etude-de-cas.html"),
        (".", "./data/manchots.csv", "../files/data/manchots.csv"),
        ("plus loin", "../images/un schéma.svg", "../files/images/un%20sch%C3%A9ma.svg"),
        (".", "#À-retenir", "#%C3%80-retenir"),
        (".", "https://www.python.org/", "https://www.python.org/"),
        (".", "mailto:prof@lycee.example", "mailto:prof@lycee.example"),
        (".", "data/absent.csv", None),
        (".", "data", None),
        (".", "../data/manchots.csv", None),
        (".", "/data/manchots.csv", None),
        (".", "", None),
        (".", "//evil.example/x.js", None),
        (".", "java\nscript:alert(1)", None),
        (".", "file:///home/prof/x.csv", None),
        (".", "http://[", None),
    ],
)
def test_a_link_leads_to_the_page_the_file_or_nowhere(folder: str, target: str, address: str | None) -> None:
    assert SHELF.address(target, PurePosixPath(folder)) == address


@given(st.text())
def test_no_target_leads_out_of_the_site_but_by_a_plain_link(target: str) -> None:
    address = SHELF.address(target, PurePosixPath())
    allowed = ("#", "../files/", "01-debut.html", "plus-loin", "http:", "https:", "mailto:")
    assert address is None or address.lower().startswith(allowed)
