"""Sizes and durations as people write them: "4 GB", "90 min"."""

import re

SIZE_UNITS = {
    "B": 1,
    "kB": 10**3,
    "MB": 10**6,
    "GB": 10**9,
    "TB": 10**12,
    "KiB": 2**10,
    "MiB": 2**20,
    "GiB": 2**30,
    "TiB": 2**40,
}
DURATION_UNITS = {"s": 1, "min": 60, "h": 3600, "d": 86_400}

_QUANTITY = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,3}))?[ \u00a0\u202f]?([A-Za-z]{1,3})", re.ASCII)


def parse_size(text: str) -> int | None:
    """The size in bytes; None where the text is none. "1 kB" is 1000 bytes and "1 KiB" 1024 (IEC 80000-13)."""
    return _parse(text, SIZE_UNITS)


def parse_duration(text: str) -> int | None:
    """The duration in seconds; None where the text is none, or no whole number of seconds."""
    return _parse(text, DURATION_UNITS)


def _parse(text: str, units: dict[str, int]) -> int | None:
    found = _QUANTITY.fullmatch(text.strip())
    if not found or found[3] not in units:
        return None
    decimals = found[2] or ""
    scaled = int(found[1] + decimals) * units[found[3]]
    whole, rest = divmod(scaled, 10 ** len(decimals))
    return None if rest else whole
