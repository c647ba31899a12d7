"""What Python code cells ask for, as facts: modules, files, addresses, programs, hardware, a person's answers."""

from lite_site.notebooks.code.imports import imports_in
from lite_site.notebooks.code.notebook import facts_in
from lite_site.notebooks.code.syntax import parses

__all__ = ["facts_in", "imports_in", "parses"]
