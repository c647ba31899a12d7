"""The server's environment as files that other tools install from: pip's, uv's and Conda's."""

import json
import re
from collections.abc import Iterable, Iterator

from packaging.utils import canonicalize_name

from lite_site.courses.model import Declaration
from lite_site.environment.server.package import ServerPackage

CONDA_FORGE = "conda-forge"
_ALWAYS = {"python", "pip"}
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9._/-]*(?:(?:[=<>!~]=?|=)[A-Za-z0-9.*][A-Za-z0-9.*_+-]*)?")
_YAML_WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
_UNPRINTABLE = re.compile(r"[^ -~]")
_SPEC_NAME = re.compile(r"(?:[^\s:]+::)?\s*([A-Za-z0-9_.-]+)")


def as_requirements(packages: Iterable[ServerPackage], python: str) -> str:
    """A requirements file in which every file's hash is told: what `pip install --require-hashes` accepts.

    It names no index: pip's own configuration says where packages come from.
    """
    header = f"# For CPython {python} on Linux (x86-64), made by Passerelle: pip install --require-hashes -r FILE\n"
    return header + "".join(map(_requirement, sorted(packages)))


def as_conda(name: str, packages: Iterable[ServerPackage], declaration: Declaration, python: str) -> str:
    """The same environment as an `environment.yml`: what only Conda has from its channels, the rest from pip."""
    channels = declaration.channels if CONDA_FORGE in declaration.channels else (CONDA_FORGE, *declaration.channels)
    conda = {wanted.requirement for wanted in declaration.conda if _name_in(wanted.requirement) not in _ALWAYS}
    pins = [_pin(package) for package in sorted(packages)]
    lines = [
        "# The same packages as requirements.txt, for those who have Conda; made by Passerelle.",
        f"name: {_scalar(name)}",
        "channels:",
        *_listed(channels, 2),
        "dependencies:",
        *_listed([f"python={python}", "pip", *sorted(conda)], 2),
    ]
    if pins:
        lines += ["  - pip:", *_listed(pins, 6)]
    return "\n".join(lines) + "\n"


def _requirement(package: ServerPackage) -> str:
    hashes = "".join(f" \\\n    --hash=sha256:{digest}" for digest in sorted(package.sha256))
    needed_by = f"    # needed by {', '.join(package.needed_by)}\n" if package.needed_by else ""
    return f"{_pin(package)}{hashes}\n{needed_by}"


def _pin(package: ServerPackage) -> str:
    return f"{package.name}=={package.version}" + (f" ; {package.marker}" if package.marker else "")


def _name_in(spec: str) -> str:
    """The name a Conda MatchSpec begins with, its channel left out."""
    match = _SPEC_NAME.match(spec)
    return canonicalize_name(match[1]) if match else spec


def _listed(values: Iterable[str], indent: int) -> Iterator[str]:
    return (f"{' ' * indent}- {_scalar(value)}" for value in values)


def _scalar(text: str) -> str:
    """A text as YAML writes it: bare where nobody could take it for something else, quoted otherwise."""
    if _PLAIN.fullmatch(text) and text.lower() not in _YAML_WORDS:
        return text
    return _UNPRINTABLE.sub(lambda match: f"\\U{ord(match[0]):08x}", json.dumps(text, ensure_ascii=False))
