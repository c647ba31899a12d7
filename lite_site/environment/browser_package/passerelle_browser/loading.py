"""Loads what a cell needs before it runs, beyond the imports that pyodide-kernel sees.

It reads none where the cell has IPython syntax (`%matplotlib inline` above the imports, the habit of a decade;
`%%time` over a whole cell). It doesn't look into the course's own modules (`import tools`, where tools.py imports
numpy) and notebooks (`%run`), nor for what a call needs unseen (`df.plot()`, `read_excel`), nor at pip.
"""

import ast
import json
import os
import re
import sys
from pathlib import Path

from IPython import get_ipython
from pyodide_kernel import kernel

from .magics import unwrapped

PLOTS = re.compile(r"^\s*%(?:matplotlib|pylab)\b", re.MULTILINE)
RUNS = re.compile(r"^\s*%run\s+(?:-\w+\s+)*['\"]?([^\s'\"]+)", re.MULTILINE)
BY_NAME = re.compile(r"\b(?:import_module|__import__)\(\s*['\"]([A-Za-z_]\w*)")
load_packages_from_imports = kernel._load_packages_from_imports


def plain(cell: str) -> str:
    """The cell as plain Python, with the imports it does unseen; as it was where it can't be read."""
    try:
        code = get_ipython().transform_cell(unwrapped(cell))
    except SyntaxError:
        return cell
    from .implied import implied_modules  # noqa: PLC0415 - its table would slow the kernel's start

    unseen = sorted({*implied_modules(code), *BY_NAME.findall(code)} - sys.modules.keys())
    if PLOTS.search(cell):
        unseen.insert(0, "matplotlib.pyplot")
    return f"import {', '.join(unseen)}\n{code}" if unseen else code


def modules_in(code: str) -> set[str]:
    """The top-level modules that code imports; none where it doesn't parse."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return set()
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }
    return {name.partition(".")[0] for name in named}


def source_of(module: str) -> str | None:
    """The source of a module of the course, beside the notebook; None for any other."""
    for path in (Path(f"{module}.py"), Path(module, "__init__.py")):
        if (source := read_source(path)) is not None:
            return source
    return None


def read_source(path: Path) -> str | None:
    """A file's Python, a notebook's cells one after the other; None where there is no such file."""
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".ipynb":
            return "\n".join(code_cells(text))
    except (OSError, ValueError):
        return None
    return text


def code_cells(notebook: str) -> list[str]:
    """The sources of a notebook's code cells (nbformat 4)."""
    cells = json.loads(notebook).get("cells", [])
    return ["".join(cell["source"]) for cell in cells if cell.get("cell_type") == "code"]


def own_sources(code: str, seen: set[str]) -> list[str]:
    """The sources of the course's modules that `code` imports, and of those they import; `seen` grows."""
    found = []
    for module in modules_in(code) - seen - sys.modules.keys() - sys.stdlib_module_names:
        seen.add(module)
        if (source := source_of(module)) is not None:
            found += [plain(source), *own_sources(source, seen)]
    return found


def run_sources(cell: str) -> list[str]:
    """The sources of the scripts and notebooks that a cell runs."""
    named = (Path(name) for name in RUNS.findall(cell)) if "%run" in cell else ()
    return [plain(source) for path in named if (source := read_source(path)) is not None]


def see_new_modules() -> None:
    """Have modules found that were written since: a folder of this file system keeps its date."""
    finder = sys.path_importer_cache.get(os.getcwd())  # noqa: PTH109 - as importlib spells it
    if finder is not None:
        finder.invalidate_caches()


async def load_packages_of(cell: str) -> None:
    """Load what the cell imports and installs, and what the course's modules that it imports do."""
    see_new_modules()
    if "install" in cell:
        from .packages import load_installed  # noqa: PLC0415 - most lessons never need it

        await load_installed(cell)
    code = plain(cell)
    seen: set[str] = set()
    for source in (code, *run_sources(cell)):
        for text in (source, *own_sources(source, seen)):
            await load_packages_from_imports(text)


def replace_loading() -> None:
    """Have the kernel load this way; `%pip` becomes a magic like others."""
    kernel._load_packages_from_imports = load_packages_of
    get_ipython().kernel.lite_transform_manager.line_transforms = []
