"""Which language a notebook's kernel speaks, and the kernelspec we publish for it."""

import re
from dataclasses import dataclass, replace

from lite_site.notebooks.code import parses
from lite_site.notebooks.document import JsonObject, Notebook

PYTHON = "python"

# Names of languages as Jupyter kernels spell them, by the spellings found in the wild.
_LANGUAGES = {
    **{name: name for name in ("bash", "c", "clojure", "fortran", "gap", "go", "groovy", "haskell", "java")},
    **{name: name for name in ("javascript", "julia", "kotlin", "lua", "matlab", "maxima", "ocaml", "octave", "perl")},
    **{name: name for name in ("php", "prolog", "python", "ruby", "rust", "sage", "scala", "sql", "stata")},
    **{name: name for name in ("elixir", "powershell", "sas", "scheme", "swift", "typescript")},
    "c#": "C#", "f#": "F#", "r": "R", "c++": "C++", "cpp": "C++", "ipython": "python", "python2": "python",
    "python3": "python", "sh": "bash", "shell": "bash", "js": "javascript", "node": "javascript",
    "sqlite": "sql", "postgresql": "sql", "sagemath": "sage", "ts": "typescript",
}  # fmt: skip
# Kernel names that tell the language where the kernelspec doesn't.
_NAMES = (
    (re.compile(r"(x?python|ipykernel|pyodide|py)[\d.]*([-_. ].*)?|conda-(env|root)\b.*-py"), "python"),
    (re.compile(r"\.?venv.*"), "python"),
    (re.compile(r"(ir|x?r|webr)[-_.\d]*|conda-(env|root)\b.*-i?r"), "R"),
    (re.compile(r"(calysto_)?(bash|sh|shell|terminal)"), "bash"),
    (re.compile(r"julia[-_.\d]*(-.*)?"), "julia"),
    (re.compile(r"x?javascript|deno|jslab|ijavascript|p5js"), "javascript"),
    (re.compile(r"x?sql(ite)?"), "sql"),
    (re.compile(r"x?(octave|lua|ruby|scala|go|rust|java|stata|ocaml)([-_.\d].*)?"), ""),
    (re.compile(r"x?(cpp|c\+\+|cling)[-_.\d]*"), "C++"),
    (re.compile(r"sagemath.*"), "sage"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kernel:
    """The language a notebook runs in; `guessed` when the file doesn't say, `declared` is what it says."""

    language: str | None
    name: str
    display_name: str
    declared: str
    guessed: bool = False


def kernel_of(notebook: Notebook) -> Kernel:
    """The kernel from kernelspec, language_info or, where both are silent, the code itself.

    `language` is None where the file names a language we don't know, or names none and isn't Python.
    """
    spec = _object(notebook.metadata.get("kernelspec"))
    name, display = _word(spec.get("name")), _word(spec.get("display_name"))
    declared = _word(spec.get("language")) or _word(_object(notebook.metadata.get("language_info")).get("name"))
    if declared:
        language = _LANGUAGES.get(declared.lower())
        return Kernel(language, name or declared, display or declared, declared)
    language = _language_named(name) or (PYTHON if "python" in display.lower() else None)
    if language:
        return Kernel(language, name, display or name, name or display)
    guessed = PYTHON if _reads_as_python(notebook) else None
    return Kernel(guessed, name, display or name, name or display, guessed=True)


def with_kernel(notebook: Notebook, kernel: Kernel) -> Notebook:
    """The notebook with the kernelspec pupils' browsers know: one Python for all of its aliases."""
    language = kernel.language or PYTHON
    spec: JsonObject = {"display_name": kernel.display_name, "language": language, "name": kernel.name}
    if language == PYTHON:
        spec = {"display_name": "Python (Pyodide)", "language": PYTHON, "name": PYTHON}
    named: JsonObject = {"name": language}
    return replace(notebook, metadata={**notebook.metadata, "kernelspec": spec, "language_info": named})


def _language_named(name: str) -> str | None:
    for pattern, language in _NAMES:
        if found := pattern.fullmatch(name.lower()):
            return language or found[1]
    return None


def _reads_as_python(notebook: Notebook) -> bool:
    """Whether most code cells parse (exercises with blanks to fill don't)."""
    sources = [cell.source for cell in notebook.cells if cell.kind == "code" and cell.source.strip()]
    return 2 * sum(map(parses, sources)) >= len(sources)


def _object(value: object) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _word(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
