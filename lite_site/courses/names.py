"""Names: slugs for URLs, titles from file names, natural order, and names some computers can't hold."""

import hashlib
import re
import unicodedata
from pathlib import PurePosixPath

from lite_site.language import LANGUAGES, Language

RESERVED_COURSES = frozenset(("passerelle", "assets", "index", *LANGUAGES))
# What stands in a course's folder on the site beside its lessons.
RESERVED_LESSONS = frozenset(
    ("api", "course", "files", "index", "lab", "lessons", "notebooks", "repl", "static", *LANGUAGES)
)

_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i"}
)
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_DIGITS = re.compile(r"([0-9]+)")
_ORDER_PREFIX = re.compile(r"^\d+(?:[.\-_ ]+)(?=\S)")
_WORD_SEPARATORS = re.compile(r"[-_\s]+")
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?")
_REFUSED_CHARACTERS = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_ADDRESS_CHARACTERS = re.compile("[#%]")


def slug_of(text: str) -> str:
    """The text in letters a to z, digits and single dashes: URL-safe and idempotent.

    Empty where nothing of the text can be written so.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)).casefold().translate(_LETTERS)
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NOT_SLUG.sub("-", letters).strip("-")


def lesson_slug(path: PurePosixPath) -> str:
    """The slug of a lesson by its path in the course, without its suffix: folders joined by dashes.

    A name with no Latin letter or digit gets a short hash; one that the site needs itself gets a prefix.
    """
    named = slug_of("-".join(path.with_suffix("").parts))
    if not named:
        return f"lesson-{hashlib.sha256(nfc(str(path)).encode('utf-8', 'replace')).hexdigest()[:8]}"
    return f"lesson-{named}" if named in RESERVED_LESSONS else named


def twin_slug(original: str, language: Language) -> str:
    """The slug of a lesson's twin; no other lesson can have it, as only twins' slugs hold a dot."""
    return f"{original}.{language}"


def language_suffix(path: PurePosixPath) -> tuple[str, Language | None]:
    """The path without suffix and language, and the language: `a/x.en.ipynb` is (`a/x`, `en`)."""
    bare = path.with_suffix("")
    for language in LANGUAGES:
        if bare.suffix.lower() == f".{language}" and bare.stem:
            return nfc(str(bare.with_suffix(""))), language
    return nfc(str(bare)), None


def readable(name: str) -> str:
    """A file or folder name as a title: `02-gc_content` is `Gc content`."""
    words = _WORD_SEPARATORS.sub(" ", _ORDER_PREFIX.sub("", nfc(name))).strip() or name
    return words[:1].upper() + words[1:]


def natural_key(text: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """A sort key that puts 2 before 10 and ignores case; the text itself settles ties."""
    parts = _DIGITS.split(nfc(text).casefold())
    key = tuple(
        (0, len(part.lstrip("0")), part.lstrip("0")) if number % 2 else (1, 0, part)
        for number, part in enumerate(parts)
        if part
    )
    return key, text


def path_key(
    path: PurePosixPath,
) -> tuple[tuple[int, tuple[tuple[tuple[int, int, str], ...], str]], ...]:
    """A sort key for paths: in each folder its files in natural order, then its folders."""
    *folders, name = path.parts or ("",)
    return (*((1, natural_key(folder)) for folder in folders), (0, natural_key(name)))


def unportable(name: str) -> str | None:
    """Why a file of this name can't be kept on some computers, None where it can."""
    if found := _DEVICE.fullmatch(name):
        return f"“{found[1]}” is the name of a device on Windows"
    if found := _REFUSED_CHARACTERS.search(name):
        return f"Windows allows no {found[0]!r} in names"
    if found := _ADDRESS_CHARACTERS.search(name):
        return f"{found[0]} has a meaning of its own in web addresses, so JupyterLite can't open a name with it"
    if name.endswith((".", " ")):
        return "Windows drops a dot or a space at the end of names"
    return None


def nfc(text: str) -> str:
    """The text with accents in one piece, as keyboards and web pages write them (macOS files may not)."""
    return unicodedata.normalize("NFC", text)
