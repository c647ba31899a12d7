"""Rules on the network: what the code fetches, and what its displays load."""

import posixpath
from collections.abc import Iterator

from lite_site.courses.model import Reason
from lite_site.placement.case import Case

_LONGEST = 70
_SCHEMES = ("http://", "https://", "ftp://", "s3://", "gs://")


def network(case: Case) -> Iterator[Reason]:
    """Addresses and data sets that the code fetches."""
    for seen in case.of("address"):
        if case.calls_replaced(seen) or case.paths.spares(seen):
            continue
        if seen.fact.subject == seen.fact.manner:
            yield seen.reason("network.call", manner=seen.fact.manner)
        elif seen.fact.subject.startswith(_SCHEMES):
            yield seen.reason("network", address=short_address(seen.fact.subject))
        else:
            yield seen.reason("network.data", manner=seen.fact.manner, address=seen.fact.subject)


def other_sites(case: Case) -> Iterator[Reason]:
    """Addresses that only the page would load: films, maps, pictures."""
    for seen in case.of("shows"):
        yield seen.reason("shows-other-site", address=short_address(seen.fact.subject))


def short_address(url: str) -> str:
    """An address without its query, cut in the middle where it is long: the site and the file's name stay."""
    plain = url.partition("?")[0].partition("#")[0]
    if len(plain) <= _LONGEST:
        return plain
    scheme, _, rest = plain.partition("://")
    site = f"{scheme}://{rest.partition('/')[0]}"
    return f"{site}/…/{posixpath.basename(plain)[-_LONGEST // 2 :]}"[: 2 * _LONGEST]
