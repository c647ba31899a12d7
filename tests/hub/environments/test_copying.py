import asyncio
import os
import subprocess
import sys
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from fallback_hub.courses import read_courses
from fallback_hub.environments.build import Recipe, ensure_built
from fallback_hub.environments.copying import copy_into, needed, target_of
from fallback_hub.environments.ensure import ensure_environment
from fallback_hub.environments.interpreters import find_interpreter
from fallback_hub.environments.progress import BuildStep
from fallback_hub.settings import HubSettings
from tests.hub.sites import write_course_json

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


def ignore(_step: BuildStep) -> None:
    return None


def test_what_a_package_needs_comes_with_it() -> None:
    names = {distribution.metadata["Name"] for distribution in needed(["jupyter-client"])}
    assert {"jupyter_client", "pyzmq", "tornado", "traitlets", "jupyter_core"} <= names
    assert "pytest" not in names


def test_a_copy_imports_without_the_original(tmp_path: Path) -> None:
    recipe = Recipe(tmp_path / "e", "copy", find_interpreter(PYTHON, everyone=False))
    packages = needed(["psutil", "traitlets"])
    place = asyncio.run(ensure_built(recipe, ignore, lambda beside: copy_into(packages, beside)))
    code = "import psutil, traitlets; print(psutil.__file__, psutil.cpu_count() > 0)"
    said = subprocess.run([place / "bin/python", "-I", "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.startswith(str(place))


@example("../")
@given(st.text(alphabet="./ab\\", min_size=1, max_size=30))
def test_no_record_leads_out_of_the_environment(recorded: str) -> None:
    library, environment = Path("/e/lib/python3.11/site-packages"), Path("/e")
    target = target_of(recorded, library, environment)
    if target is not None:
        assert os.path.normpath(target).startswith("/e/")


def test_programs_and_caches_are_left_out() -> None:
    library, environment = Path("/e/lib/python3.11/site-packages"), Path("/e")
    assert target_of("../../../bin/jupyter", library, environment) is None
    assert target_of("a/__pycache__/b.cpython-311.pyc", library, environment) is None
    assert target_of("../../../share/jupyter/lab/x.json", library, environment) == Path("/e/share/jupyter/lab/x.json")
    assert target_of("a/b.py", library, environment) == library / "a/b.py"


def test_a_course_that_needs_no_package_gets_python_and_its_kernel(tmp_path: Path, settings: HubSettings) -> None:
    write_course_json(tmp_path / "_site" / "calcul", packages=[])
    course = read_courses(tmp_path / "_site")["calcul"]
    place = asyncio.run(ensure_environment(course, settings, ignore, everyone=False))
    code = "import ipykernel; print(ipykernel.__file__)"
    said = subprocess.run([place / "bin/python", "-I", "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.startswith(str(place))
