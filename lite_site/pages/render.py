"""Lays data out as HTML: portal, course page, lesson to read, notice. Data in, text out; same data, same text."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlsplit

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from lite_site.language import LANGUAGES, Language
from lite_site.pages.model import CoursePage, LessonPage, NoticePage, SignedInPage, SitePage, name_page
from lite_site.pages.quantities import duration, language_name, own_name, size
from lite_site.pages.typography import UNPRINTABLE, plain, typeset
from lite_site.words.translate import Voice, translator

Asset = Callable[[str], str]
"""Where a file of `STATIC` stands on the site: name -> path from the site's root, as content-addressed."""

Page = SitePage | CoursePage | LessonPage | NoticePage | SignedInPage

TEMPLATES = Path(__file__).with_name("templates")
STATIC = Path(__file__).with_name("static")


def render_portal(page: SitePage, asset: Asset) -> str:
    """Write the portal: the site's courses. An href that isn't relative raises ValueError."""
    return _write("portal.html", page, asset, slugs=[course.slug for course in page.courses])


def render_course(page: CoursePage, asset: Asset) -> str:
    """Write a course's page: its lessons in order. An href that isn't relative raises ValueError."""
    return _write("course.html", page, asset, slugs=page.slugs)


def render_lesson(page: LessonPage, asset: Asset) -> str:
    """Write a lesson's page to read, which runs no script. An href that isn't relative raises ValueError."""
    return _write("lesson-page.html", page, asset)


def render_notice(page: NoticePage, asset: Asset) -> str:
    """Write the notice for an address that leads nowhere (404.html), in every language."""
    return _write("notice.html", page, asset, voices=_voices(page.language))


def render_signed_in(page: SignedInPage, asset: Asset) -> str:
    """Write the page a sign-in ends on, in every language; its script is the asset `signed-in.js`."""
    return _write("signed-in.html", page, asset, voices=_voices(page.language))


def relative(href: str) -> str:
    """Give `href` back if it stays on the site; none, a scheme, a host or a leading slash raises ValueError."""
    parts = urlsplit(href)
    if not href or parts.scheme or parts.netloc or href.startswith(("/", "\\")) or UNPRINTABLE.search(href):
        message = f"A page of the site may only link to a relative address, not to {href!r}."
        raise ValueError(message)
    return href


def _voices(first: Language) -> list[tuple[Language, Callable[..., str]]]:
    """Every language with its voice, `first` before the others."""
    others = [language for language in LANGUAGES if language != first]
    return [(language, Voice(translator(language)).gettext) for language in (first, *others)]


def _write(template: str, page: Page, asset: Asset, **more: object) -> str:
    return (
        _environment(page.language)
        .get_template(template)
        .render(page=page, asset=lambda name: f"{page.root}/{asset(name)}", **more)
    )


class Compiled(BytecodeCache):
    """Templates compiled once for all languages, in which only globals and filters differ; those are looked up late."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja the template's code, if it has been compiled."""
        if (code := self._code.get(bucket.key)) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what Jinja compiled."""
        self._code[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@cache
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=COMPILED,
    )
    voice = Voice(translator(language))
    environment.globals.update(gettext=voice.gettext, ngettext=voice.ngettext, name_page=name_page, own_name=own_name)
    environment.filters.update(
        plain=plain,
        relative=relative,
        quote=quote,
        duration=lambda minutes: duration(minutes, language),
        typeset=typeset,
        size=lambda megabytes: size(megabytes, language),
        language_name=lambda named: language_name(named, language),
    )
    return environment
