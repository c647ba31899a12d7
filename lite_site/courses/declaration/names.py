"""What a package's name in Conda's world is elsewhere: on PyPI, nowhere, or nothing anybody need ask for."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import translate
from functools import cache
from importlib.resources import files
from itertools import chain

_SEPARATORS = re.compile(r"[-_.]+")


@dataclass(frozen=True, slots=True)
class _Table:
    pypi: tuple[tuple[re.Pattern[str], str], ...]
    conda: re.Pattern[str]
    server: re.Pattern[str]
    plumbing: re.Pattern[str]


def is_server_own(name: str) -> bool:
    """Whether every server has the package of its own, such as pip and JupyterLab (any spelling of the name)."""
    return _among(_table().server, name)


def is_plumbing(name: str) -> bool:
    """Whether it is a library that Conda's packages bring themselves, as exported environments list by the dozen."""
    return _among(_table().plumbing, name)


def pypi_name(name: str) -> str | None:
    """The package's name on PyPI, its own where no table knows better; None for what only Conda has."""
    for pattern, other in _table().pypi:
        if _among(pattern, name):
            return other
    return None if _among(_table().conda, name) else name


def _among(pattern: re.Pattern[str], name: str) -> bool:
    return bool(pattern.fullmatch(_plain(name)))


def _plain(name: str) -> str:
    """The name, or glob, in the one spelling that all its spellings share."""
    return _SEPARATORS.sub("-", name.lower())


@cache
def _table() -> _Table:
    data = tomllib.loads((files("lite_site.courses.declaration") / "data" / "conda.toml").read_text("utf-8"))
    pypi = tuple((_any_of([glob]), other) for glob, other in data["pypi"].items())
    conda, server, plumbing = (
        _any_of(chain.from_iterable(data[key].values())) for key in ("conda", "server", "plumbing")
    )
    return _Table(pypi, conda, server, plumbing)


def _any_of(globs: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(translate(_plain(glob)) for glob in globs))
