"""The languages pages speak, and a short text in one or both of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """A short text in one or both languages; asking for a missing one gives the other."""

    by_language: Mapping[Language, str]

    def in_language(self, language: Language) -> str:
        """The text in `language`, else in the language there is, else the empty string."""
        if language in self.by_language:
            return self.by_language[language]
        return next((self.by_language[known] for known in LANGUAGES if known in self.by_language), "")
