"""Rules on languages: the notebook's kernel, and cells that are in another language than it says."""

from collections.abc import Iterator

from lite_site.courses.model import Reason
from lite_site.placement.case import Case
from lite_site.placement.words import reason

_NAMES = {
    "bash": "Bash", "cython": "Cython", "fortran": "Fortran", "javascript": "JavaScript", "julia": "Julia",
    "octave": "Octave", "sage": "SageMath", "sql": "SQL",
}  # fmt: skip


def kernel_language(case: Case) -> Iterator[Reason]:
    """A kernel that no browser runs here."""
    if case.lesson.kernel not in case.around.kernels:
        yield reason("kernel-language", case.lesson.kernel, name=language_name(case.lesson.kernel))


def code_language(case: Case) -> Iterator[Reason]:
    """Cells in another language: by a magic, or under a kernelspec that tells otherwise."""
    for seen in case.of("language"):
        key = "kernel-language.magic" if seen.fact.manner.startswith("%") else "kernel-language.code"
        yield seen.reason(key, name=language_name(seen.fact.subject))


def language_name(language: str) -> str:
    """A programming language as it is written in a sentence."""
    return _NAMES.get(language, language)
