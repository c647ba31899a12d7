"""Conda's package specifications (MatchSpec), and what pip would write for them.

https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/pkg-specs.html
"""

import re
from dataclasses import dataclass

from packaging.specifiers import InvalidSpecifier, SpecifierSet

_LONGEST = 300
_BRACKETS = re.compile(r"^([^\[]*)\[([^\]]*)\]\s*$")
_PAIR = re.compile(r"(\w+)\s*=\s*(?:'([^']*)'|\"([^\"]*)\"|([^,\s]+))")
_NAME = re.compile(r"^(?:(?P<channel>[^\s:]+(?:://[^\s:]+)?)::)?(?P<name>\w[\w.-]*)\s*(?P<rest>.*)$", re.ASCII)
_CLAUSE = re.compile(r"^(===|==|=|!=|>=|<=|~=|>|<)?\s*(?=[^\d]*\d|\*$)([\w.*+!-]+)$", re.ASCII)
_WITH_BUILD = re.compile(r"^(=?=?)([^=<>!~,|]+)=([^=<>!~,|]+)$")


@dataclass(frozen=True, slots=True)
class MatchSpec:
    """A package in Conda's words: `version` with its operators ("" for any), one `build` of it, from one channel.

    A version that stands alone is exact; behind a single `=` it is a prefix.
    """

    name: str
    version: str = ""
    build: str = ""
    channel: str = ""

    def __str__(self) -> str:
        """The specification without its build, which is one computer's."""
        channel = f"{self.channel}::" if self.channel else ""
        alone = self.version[:1].isalnum()
        return f"{channel}{self.name}{'==' if alone else ''}{self.version}"


def parse_spec(text: str) -> MatchSpec | None:
    """The specification in the text; None where it is none."""
    if len(text) > _LONGEST:
        return None
    pairs: dict[str, str] = {}
    if found := _BRACKETS.match(text):
        text = found[1]
        pairs = {key: quoted or doubly or bare for key, quoted, doubly, bare in _PAIR.findall(found[2])}
    named = _NAME.match(text.strip())
    if named is None:
        return None
    version, build = _version_and_build(named["rest"])
    version = pairs.get("version", version)
    channel = (named["channel"] or pairs.get("channel", "")).partition("::")[0]
    if any(_CLAUSE.match(clause) is None for clause in re.split("[,|]", version) if version):
        return None
    channel = "" if "/t/" in channel else channel  # an address with a token: the package's name is enough
    version = "" if version.lstrip("=") == "*" else version
    return MatchSpec(named["name"].lower(), version, pairs.get("build", build), channel)


def pip_versions(version: str) -> SpecifierSet | None:
    """The versions in pip's words (PEP 440); None where it has none, as for alternatives."""
    if "|" in version:
        return None
    clauses = [_pip_clause(clause) for clause in version.split(",") if clause]
    try:
        return SpecifierSet(",".join(clauses))
    except InvalidSpecifier:
        return None


def _version_and_build(rest: str) -> tuple[str, str]:
    """`=1.2=py_0`, `==1.2`, `>=1,<2 py*`, `1.2 py_0`: the version with its operators, and the build."""
    rest = re.sub(r"\s*([,|])\s*", r"\1", rest.strip())
    rest = re.sub(r"([=<>!~])\s+", r"\1", rest)
    rest = re.sub(r"^=(?=[<>!~])", "", rest)
    version, _, build = rest.partition(" ")
    if found := _WITH_BUILD.match(version):
        is_prefix = found[3] == "*" or "*" in found[2]
        return (found[1] if is_prefix else "") + found[2], found[3]  # a version with its build is exact
    return version, build.strip()


def _pip_clause(clause: str) -> str:
    found = _CLAUSE.match(clause)
    if found is None:
        return clause
    operator, version = found[1] or "==", found[2]
    bare = version.rstrip("*").rstrip(".")
    if not bare:
        return ""
    if version.endswith("*") or operator == "=":
        prefix = {"=": "==", "==": "==", "!=": "!="}.get(operator)
        if prefix is None:  # pip has no wildcard behind an order
            return f"{operator}{bare}"
        try:
            return str(SpecifierSet(f"{prefix}{bare}.*"))
        except InvalidSpecifier:  # `1.0rc1` has no longer versions
            return f"{prefix}{bare}"
    return f"{operator}{version}"
