"""A kernel that is up before the page is: brought up at build, and made the page's own when its memory is restored.

Between the two, `pyodide_kernel` counts as not imported: importing it is the last part of a start, when the course's
files are in reach, and what JupyterLite does then makes the kernel whole, here as in a plain start.
"""

import gc
import importlib
import locale
import os
import random
import sys
import time
from collections.abc import Mapping
from importlib.machinery import ModuleSpec
from importlib.metadata import MetadataPathFinder
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

import pyodide_js

KERNEL = "pyodide_kernel"
BEFORE = ("piplite.piplite",)
"""What JupyterLite imports before the kernel."""
AFTER = (".drive", ".jupyter", ".loading", ".programs")
"""Our modules that a start needs, save the one that puts them to work."""


class HeldKernel:
    """Finds and loads the kernel that is up already, once; importlib's protocols of both."""

    def __init__(self, kernel: ModuleType, spec: ModuleSpec | None, pupil: ModuleType) -> None:
        self.kernel = kernel
        self.spec = spec
        self.pupil = pupil

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        """Find the kernel, nothing else."""
        return spec_from_loader(name, self) if name == KERNEL else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Give what is held."""
        return self.kernel

    def exec_module(self, kernel: ModuleType) -> None:
        """Do what a start does last: the pupil's namespace, the streams, what IPython runs first."""
        sys.meta_path.remove(self)
        kernel.__spec__ = self.spec
        shell = kernel.ipython_shell
        shell.starting_dir = os.getcwd()  # noqa: PTH109 - as IPython has it
        shell.user_ns["_dh"][:] = [Path.cwd()]
        sys.modules["__main__"] = self.pupil
        sys.stdout, sys.stderr = kernel.stdout_stream, kernel.stderr_stream
        kernel.ipython_shell_app.init_code()


def prepare() -> None:
    """Bring the kernel up, and leave Python as Pyodide had it."""
    main, streams = sys.modules["__main__"], (sys.stdout, sys.stderr)
    for module in BEFORE:
        importlib.import_module(module)
    kernel = importlib.import_module(KERNEL)
    for module in AFTER:
        importlib.import_module(module, __package__)
    sys.meta_path.insert(0, HeldKernel(sys.modules.pop(KERNEL), kernel.__spec__, sys.modules["__main__"]))
    sys.modules["__main__"] = main
    sys.stdout, sys.stderr = streams
    sys.path.remove("")  # Pyodide puts it there at every start
    MetadataPathFinder.invalidate_caches()
    gc.collect()


def set_time_zone() -> None:
    """Set what `time` reads from C when it is first imported (CPython's timemodule.c); C knows it anew."""
    year = time.localtime().tm_year
    half_years = (time.localtime(time.mktime((year, month, 1, 0, 0, 0, 0, 0, -1))) for month in (1, 7))
    standard, daylight = sorted(half_years, key=lambda moment: moment.tm_gmtoff)
    time.timezone = -standard.tm_gmtoff
    time.altzone = time.timezone - 3600
    time.daylight = int(standard.tm_gmtoff != daylight.tm_gmtoff)
    time.tzname = standard.tm_zone, daylight.tm_zone


def read_lock() -> None:
    """Have micropip know the course's packages, which it reads when it is imported."""
    layer = sys.modules["micropip._compat"].compatibility_layer
    layer.lockfile_packages = pyodide_js.lockfile.packages.to_py()
    layer.lockfile_info = pyodide_js.lockfile.info.to_py()
    layer.lockfile_base_url = pyodide_js.lockfileBaseUrl


def complete(environment: Mapping[str, str]) -> None:
    """Take what belongs to this browser and this moment: settings, language, time zone, chance, packages, files."""
    os.environ.update(environment)
    locale.setlocale(locale.LC_CTYPE, "")
    set_time_zone()
    random.seed()
    read_lock()
    importlib.invalidate_caches()
