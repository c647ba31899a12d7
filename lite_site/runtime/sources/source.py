"""What every source can do, and how it says that it couldn't."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from lite_site.runtime.assets import Asset
from lite_site.runtime.store import Store

Cause = Literal["absent", "unreachable", "wrong-bytes", "failed"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a source didn't give a file; `words` follow the source's name and fit any file."""

    cause: Cause
    words: str


WRONG_BYTES = Refusal("wrong-bytes", "has other bytes under that name")
ABSENT = Refusal("absent", "doesn't have it")

Refusals = Mapping[str, Refusal]
"""By the sha256 of each file that wasn't given."""

OnFile = Callable[[Asset], None]


class Source(Protocol):
    """A place that may hold some of the files.

    A source that couldn't be reached remembers it: one object lives for one run.
    """

    @property
    def name(self) -> str:
        """What people call it, in a sentence."""

    def offers(self, asset: Asset) -> bool:
        """Whether it's worth asking."""

    def fetch(self, assets: Sequence[Asset], store: Store, jobs: int, on_file: OnFile) -> Refusals:
        """Put what it has into the store, up to `jobs` at once; a missing file raises nothing.

        `on_file` is called for each that came; may be called from several threads.
        """
