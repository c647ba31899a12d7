"""Runs in the pupil's kernel before the first cell: what teachers' notebooks expect of Jupyter and Pyodide lacks.

pyodide-kernel loads a cell's packages from the imports it reads in it, and reads none where the cell has
IPython syntax (`%matplotlib inline` above the imports, the habit of a decade). Here the cell is first put in
plain Python, as IPython itself will.
"""

import re

from IPython import get_ipython
from pyodide_kernel import kernel

PLOTS = re.compile(r"^\s*%(?:matplotlib|pylab)\b", re.MULTILINE)
load_packages_from_imports = kernel._load_packages_from_imports


def plain(cell: str) -> str:
    """The cell as plain Python, with the import a plotting magic does unseen; as it was where it can't be read."""
    try:
        code = get_ipython().transform_cell(cell)
    except SyntaxError:
        return cell
    return f"import matplotlib.pyplot\n{code}" if PLOTS.search(cell) else code


async def load_packages_of(cell: str) -> None:
    """Load what the cell imports, IPython syntax or not."""
    await load_packages_from_imports(plain(cell))


kernel._load_packages_from_imports = load_packages_of
