"""Sentences for people, by language."""

from fallback_hub.words.preference import preferred_language
from fallback_hub.words.translate import LANGUAGES, Language, said_in, translated

__all__ = ["LANGUAGES", "Language", "preferred_language", "said_in", "translated"]
