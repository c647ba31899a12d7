"""The rules on calls, of all themes, by the name called."""

from collections.abc import Iterator

from lite_site.notebooks.code import data, hardware, imports, magics, network, processes, programs
from lite_site.notebooks.code.called import Called, Found, Rule
from lite_site.notebooks.code.hardware import names_card

_THEMES = (imports, data, network, processes, programs, hardware)
_RULES: dict[str, Rule] = {name: rule for theme in _THEMES for name, rule in theme.RULES.items()}
_METHODS: dict[str, Rule] = {
    **data.METHODS,
    **network.METHODS,
    **processes.METHODS,
    **programs.METHODS,
    **hardware.METHODS,
    **magics.METHODS,
}

# The functions and methods that are given paths and addresses.
TAKES_PLACES = frozenset((*data.RULES, *data.METHODS, *network.RULES, *network.METHODS))


def found_in(called: Called) -> Iterator[Found]:
    """What a call to a function known by its full name asks for."""
    rule = _RULES.get(called.name) or _below(called.name) or network.METHODS.get(called.name.rpartition(".")[2])
    if rule:
        yield from rule(called)
    if "." in called.name:
        yield from imports.needs_of(called)
    if called.node.keywords:
        yield from _on_card(called)


def found_in_method(called: Called) -> Iterator[Found]:
    """What a call to a method asks for, its object unknown."""
    rule = _METHODS.get(called.name)
    if rule and network.OWNERS.get(called.name, "") in {"", *called.scope.packages}:
        yield from rule(called)
    yield from imports.needs_of_method(called)
    if called.node.keywords:
        yield from _on_card(called)


def _below(name: str) -> Rule | None:
    """The rule on everything below a package or class."""
    while "." in name:
        name = name.rpartition(".")[0]
        rule = _RULES.get(f"{name}.*")
        if rule:
            return rule
    return None


def _on_card(called: Called) -> Iterator[Found]:
    """`device="cuda:0"` in any call."""
    for keyword in called.node.keywords:
        if keyword.arg in {"device", "device_map", "accelerator", "tree_method", "device_type"}:
            for text in called.texts(-1, keyword.arg):
                if names_card(text):
                    yield Found("gpu", f'{keyword.arg}="{text}"')
