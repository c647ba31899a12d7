"""The rule on memory: what the data a lesson reads take once in Python, and the arrays it makes."""

from collections.abc import Iterator
from dataclasses import dataclass

from lite_site.courses.model import Reason
from lite_site.placement.case import Case
from lite_site.placement.seen import Seen
from lite_site.placement.words import MEGA, amount

CLUSTER_FROM = 1_000 * MEGA
NOTE_FROM = 300 * MEGA
_LAZY = frozenset((
    "glob.glob", "glob.iglob", "h5py.File", "numpy.memmap", "os.chdir", "os.listdir", "os.scandir", "os.walk",
    "pathlib.Path.glob", "pathlib.Path.iterdir", "pathlib.Path.rglob", "sqlite3.connect",
))  # fmt: skip
_BY_LINE = frozenset((
    "bz2.open", "codecs.open", "gzip.open", "io.open", "lzma.open", "open", "pathlib.Path.open", "tarfile.open",
    "zipfile.ZipFile",
))  # fmt: skip
_TIMES = {
    ".bed": 6, ".csv": 6, ".fa": 3, ".fasta": 3, ".fastq": 3, ".feather": 4, ".fna": 3, ".fq": 3, ".gff": 6,
    ".gtf": 6, ".jpeg": 10, ".jpg": 10, ".json": 8, ".jsonl": 8, ".parquet": 6, ".pkl": 2, ".png": 5, ".tab": 6,
    ".tsv": 6, ".txt": 6, ".vcf": 6, ".xls": 12, ".xlsx": 12,
}  # fmt: skip
_PACKED = frozenset((".bz2", ".gz", ".xz", ".zip"))
_PACKED_TIMES = 25
_OTHER_TIMES = 1.2


@dataclass(frozen=True, slots=True)
class Estimate:
    """Bytes of memory the data of a lesson take, and where most of them come from."""

    size: int = 0
    largest: Seen | None = None


def estimate(case: Case) -> Estimate:
    """What files and literal shapes add up to, roughly; each file counts once, whatever reads it."""
    shares: dict[str, tuple[int, Seen]] = {}
    for seen in case.of("reads"):
        place = case.paths.place(seen)
        if place.path and place.size:
            share = round(place.size * times(place.path.name.lower(), seen.fact.manner))
            if share > shares.get(str(place.path), (-1, seen))[0]:
                shares[str(place.path)] = (share, seen)
    for seen in case.of("memory"):
        if seen.fact.subject.isdecimal():
            shares[f"{seen.cell} {seen.fact.manner} {seen.fact.subject}"] = (int(seen.fact.subject), seen)
    if not shares:
        return Estimate()
    return Estimate(sum(size for size, _seen in shares.values()), max(shares.values(), key=lambda each: each[0])[1])


def memory(case: Case) -> Iterator[Reason]:
    """Data that a page has no room for, or that a modest computer hasn't."""
    found = estimate(case)
    if found.largest is None or found.size < NOTE_FROM:
        return
    key = "memory" if found.size > CLUSTER_FROM else "memory.note"
    fact = found.largest.fact
    subject = fact.manner if fact.kind == "memory" else fact.subject
    yield found.largest.reason(key, subject, amount=amount(found.size), limit=amount(CLUSTER_FROM))


def times(name: str, manner: str) -> float:
    """How much larger a file is in memory than on disk, by its name (in small letters) and what reads it."""
    if manner in _LAZY:
        return 0
    suffix = name[name.rfind(".") :] if "." in name else ""
    if manner in _BY_LINE:
        return 1
    return _PACKED_TIMES if suffix in _PACKED else _TIMES.get(suffix, _OTHER_TIMES)
