"""Runs in the pupil's kernel before the first cell: what teachers' notebooks expect of Jupyter and Pyodide lacks.

pyodide-kernel loads a cell's packages from the imports it reads in it. It reads none where the cell has
IPython syntax (`%matplotlib inline` above the imports, the habit of a decade), and doesn't look into the
course's own modules (`import tools`, where tools.py imports numpy). Here both are read too.
Programs, which a browser doesn't have, are refused in a sentence (`programs`).
"""

import ast
import re
import sys
from pathlib import Path

from IPython import get_ipython
from pyodide_kernel import kernel

from passerelle_browser.programs import refuse_programs

PLOTS = re.compile(r"^\s*%(?:matplotlib|pylab)\b", re.MULTILINE)
load_packages_from_imports = kernel._load_packages_from_imports


def plain(cell: str) -> str:
    """The cell as plain Python, with the import a plotting magic does unseen; as it was where it can't be read."""
    try:
        code = get_ipython().transform_cell(cell)
    except SyntaxError:
        return cell
    return f"import matplotlib.pyplot\n{code}" if PLOTS.search(cell) else code


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
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
    return None


def own_sources(code: str, seen: set[str]) -> list[str]:
    """The sources of the course's modules that `code` imports, and of those they import; `seen` grows."""
    found = []
    for module in modules_in(code) - seen - sys.modules.keys() - sys.stdlib_module_names:
        seen.add(module)
        if (source := source_of(module)) is not None:
            found += [source, *own_sources(source, seen)]
    return found


async def load_packages_of(cell: str) -> None:
    """Load what the cell imports, and what the course's modules that it imports do."""
    code = plain(cell)
    for source in (code, *own_sources(code, set())):
        await load_packages_from_imports(source)


kernel._load_packages_from_imports = load_packages_of
refuse_programs()
