"""A command's options and operands, the GNU way: in any order, flags together, `--` before what only looks like one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

AS_NUMBER = re.compile(r"-\d+$")


class WrongOptionError(ValueError):
    """An option the command doesn't take, or one without its value."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a command was given: operands, flags by letter, values by letter."""

    operands: tuple[str, ...]
    flags: frozenset[str] = frozenset()
    values: Mapping[str, str] = field(default_factory=dict)

    def has(self, letters: str) -> bool:
        """Whether any of these flags is set."""
        return any(letter in self.flags for letter in letters)


def parse_options(words: Sequence[str], flags: str, values: str, long: Mapping[str, str]) -> Options:
    """Sort `words` into options and operands; `-5` is `-n 5` where `n` takes a value."""
    operands: list[str] = []
    given: set[str] = set()
    valued: dict[str, str] = {}
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            operands += waiting
            break
        if word.startswith("--"):
            name, has_value, value = word[2:].partition("=")
            word = f"-{long.get(name, '?')}{value if has_value and long.get(name, '?') in values else ''}"
        elif AS_NUMBER.match(word) and "n" in values:
            word = f"-n{word[1:]}"
        if not word.startswith("-") or word == "-":
            operands.append(word)
            continue
        for at, letter in enumerate(word[1:], start=1):
            if letter in values:
                valued[letter] = word[at + 1 :] or (waiting.pop(0) if waiting else "")
                if not valued[letter]:
                    raise WrongOptionError(word)
                break
            if letter not in flags:
                raise WrongOptionError(word)
            given.add(letter)
    return Options(tuple(operands), frozenset(given), valued)
