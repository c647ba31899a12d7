"""Says, where a cell would run a program of the operating system, that a browser has none.

Left to itself, `%%bash` fails in asyncio's depths and leaves the kernel waiting for ever.
"""

import os

from IPython import get_ipython

SENTENCES = {
    "fr": "Cette cellule lance « {} » : un navigateur n’a pas de programmes, seul Python s’y exécute.",
    "en": "This cell runs “{}”: a browser has no programs, only Python runs in it.",
}
CELL_MAGICS = ("bash", "cmd", "perl", "ruby", "script", "sh", "system", "sx", "!")
LINE_MAGICS = ("system", "sx")


class NoProgramsError(NotImplementedError):
    """A program was asked for; IPython shows the sentence alone, without our frames."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def refuse(command: str) -> None:
    """Refuse to run `command`, in the language of the lesson."""
    sentence = SENTENCES.get(os.environ.get("PASSERELLE_LANGUAGE", "en"), SENTENCES["en"])
    raise NoProgramsError(sentence.format(command.strip()))


def refuse_programs() -> None:
    """Put the refusal in the place of everything in IPython that starts a program."""
    shell = get_ipython()
    for name in CELL_MAGICS:
        shell.register_magic_function(lambda _line, _cell, name=name: refuse(f"%%{name}"), "cell", name)
    for name in LINE_MAGICS:
        shell.register_magic_function(lambda line, name=name: refuse(f"%{name} {line}"), "line", name)
    shell.system = lambda command: refuse(f"!{command}")
    shell.getoutput = lambda command, **_options: refuse(f"!{command}")
