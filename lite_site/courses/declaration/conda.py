"""Conda's environment.yml: packages, channels, Python's version, and pip's part."""

import re
from collections.abc import Iterator
from pathlib import Path

from lite_site.courses.declaration.lines import logical_lines
from lite_site.courses.declaration.part import Part
from lite_site.courses.declaration.requirements import MOST_LINES, Requirements
from lite_site.courses.declaration.specs import sort_specs
from lite_site.courses.declaration.text import read_text
from lite_site.courses.declaration.yamlfile import Items, Keys, Leaf, Tree, parse_yaml
from lite_site.courses.model import Wanted
from lite_site.problems import Problem

_SECRET = re.compile(r"://[^/]*@|/t/")


def read_environment(path: Path, place: str, outermost: Path) -> Part:
    """The environment.yml at `path`, known as `place`; its pip part may include files from within `outermost`."""
    text, problems = read_text(path, place, outermost)
    if text is None:
        return Part(place, problems=tuple(problems))
    tree = parse_yaml(text, place)
    if isinstance(tree, Problem):
        return Part(place, problems=(*problems, tree))
    if not isinstance(tree, Keys):
        if tree != Leaf(1, ""):
            problems.append(_no_table(place))
        return Part(place, problems=tuple(problems))
    reading = Requirements(outermost, problems=problems)
    specs = sort_specs(_dependencies(tree.get("dependencies"), path, place, reading))
    channels = tuple(_channels(tree.get("channels"), place, problems))
    pip = reading.part(place)
    return Part(
        place,
        packages=(*specs.packages, *pip.packages),
        conda=(*specs.conda, *pip.conda),
        channels=tuple(dict.fromkeys((*channels, *_named_channels(specs.conda)))),
        python=specs.python,
        problems=(*pip.problems, *specs.problems),
    )


def _dependencies(tree: Tree | None, path: Path, place: str, pip: Requirements) -> Iterator[Wanted]:
    """Conda's own specifications; what pip is to install goes to `pip`, and the faults too."""
    if not isinstance(tree, Items):
        if tree is not None and tree != Leaf(tree.line, ""):
            pip.problems.append(_no_list(f"{place}, line {tree.line}", "dependencies"))
        return
    if len(tree.items) > MOST_LINES:
        remedy = "Name only the packages that the lessons import."
        problem = f"It lists more than {MOST_LINES:,} packages; the rest isn't read."
        pip.problems.append(Problem(place, problem, remedy, "declaration-size"))
    for item in tree.items[:MOST_LINES]:
        where = f"{place}, line {item.line}"
        if isinstance(item, Leaf):
            if item.text:
                yield Wanted(item.text, where)
        elif isinstance(item, Keys) and [key.text for key, _ in item.pairs] == ["pip"]:
            pip.read_lines(_pip_lines(item.pairs[0][1], place), path, place, pip.packages)
        else:
            problem = "This is neither a package nor the part of pip."
            remedy = 'Write "- numpy=2.1", without a colon; only “- pip:” has a list of its own.'
            pip.problems.append(Problem(where, problem, remedy, "declaration-line"))


def _pip_lines(tree: Tree, place: str) -> Iterator[tuple[str, str]]:
    for item in tree.items if isinstance(tree, Items) else (tree,):
        if isinstance(item, Leaf):
            for _, line in logical_lines(item.text):
                yield f"{place}, line {item.line}", line
        else:
            yield f"{place}, line {item.line}", "a list within the list of pip"


def _channels(tree: Tree | None, place: str, problems: list[Problem]) -> Iterator[str]:
    for item in tree.items if isinstance(tree, Items) else (tree,):
        if not isinstance(item, Leaf) or not item.text:
            continue
        if _SECRET.search(item.text):
            problem = "The address of this channel holds a password or a token, which a site would publish."
            remedy = "Take the secret out of the file; the channel is left out."
            problems.append(Problem(f"{place}, line {item.line}", problem, remedy, "declaration-channel", "warning"))
        else:
            yield item.text


def _named_channels(conda: list[Wanted]) -> Iterator[str]:
    for one in conda:
        channel, separator, _ = one.requirement.partition("::")
        if separator:
            yield channel if "://" in channel else channel.partition("/")[0]


def _no_table(place: str) -> Problem:
    problem, remedy = "It has no `dependencies:`.", "Begin the list of packages with a line “dependencies:”."
    return Problem(place, problem, remedy, "declaration-shape")


def _no_list(place: str, key: str) -> Problem:
    return Problem(place, f"`{key}` isn't a list.", "Put “- ” before each package.", "declaration-shape")
