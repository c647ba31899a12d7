"""Which of our languages a browser's user would rather read."""

import re

from fallback_hub.words.translate import LANGUAGES, Language

_WISH = re.compile(r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9]{1,8})*\s*(?:;\s*[qQ]\s*=\s*([01](?:\.[0-9]{0,3})?)\s*)?")


def preferred_language(accept_language: str, usual: Language = "en") -> Language:
    """The best of `Accept-Language` (RFC 9110, section 12.5.4), `usual` where it names none of ours."""
    best, weight_of_best = usual, 0.0
    for wish in accept_language.split(",")[:20]:
        found = _WISH.fullmatch(wish)
        if not found:
            continue
        weight = float(found[2] or 1)
        for language in LANGUAGES:
            if found[1].lower() == language and weight > weight_of_best:
                best, weight_of_best = language, weight
    return best
