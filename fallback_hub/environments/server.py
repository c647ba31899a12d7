"""What runs people's servers: the hub's own Python where their accounts may run it, else a copy that they may.

The copy needs no network: it takes the files of the installed packages, as their RECORDs list them. Our own few files
lie in a folder beside, so that a new version of ours doesn't copy everything again.
"""

import hashlib
import secrets
import shutil
import sys
import sysconfig
from functools import cache
from importlib.metadata import Distribution
from pathlib import Path

from fallback_hub.environments.build import BUILDING, Recipe, Tell, ensure_built
from fallback_hub.environments.copying import PYTHON, copy_file, copy_into, digest_of, needed, open_to_all
from fallback_hub.environments.ensure import check_open
from fallback_hub.environments.interpreters import find_interpreter, is_open

ROOTS = ("jupyterhub", "jupyterlab", "jupyterlab-language-pack-fr-FR", "jupyterlab-widgets", "psutil")
"""What a person's server runs; everything they need comes with them."""
_PACKAGE = Path(__file__).parents[1]
_OURS = ("__init__.py", "singleuser", "words")
_START = "from fallback_hub.singleuser.__main__ import main\n\nmain()\n"


async def ensure_server_command(folder: Path, tell: Tell, *, everyone: bool) -> tuple[str, ...]:
    """The command that starts a server; with `everyone` one that every account of the machine may run.

    Isolated (-I): nothing of the person's is imported before their limits are set.
    """
    if not everyone or _own_is_open():
        return (sys.executable, "-I", "-m", "fallback_hub.singleuser")
    distributions, digest = _installed()
    recipe = Recipe(folder, f"server-{digest}", find_interpreter(PYTHON, everyone=True))
    place = await ensure_built(recipe, tell, lambda beside: copy_into(distributions, beside))
    check_open(place)
    return (str(place / "bin/python"), "-I", str(ensure_own_code(folder)))


def ensure_own_code(folder: Path) -> Path:
    """A folder that Python runs as a program: our files that a server needs, readable by everybody."""
    files = [path for name in _OURS for path in _code_in(_PACKAGE / name)]
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(_PACKAGE)}\0".encode() + path.read_bytes())
    place = folder / f"code-{digest.hexdigest()[:24]}"
    if not place.is_dir():
        beside = folder / f".{place.name}.{secrets.token_hex(4)}{BUILDING}"
        for path in files:
            copy_file(path, beside / _PACKAGE.name / path.relative_to(_PACKAGE))
        (beside / "__main__.py").write_text(_START, encoding="utf-8")
        open_to_all(beside)
        try:
            beside.rename(place)
        except OSError:
            shutil.rmtree(beside)
            if not place.is_dir():  # else another start was quicker, with the same files
                raise
    return place


@cache
def _installed() -> tuple[tuple[Distribution, ...], str]:
    """The packages a server needs, and their digest: as they were when this process first asked, which takes long."""
    distributions = needed(ROOTS)
    return distributions, digest_of(distributions)


def _code_in(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return sorted(path for path in place.rglob("*") if path.suffix in {".py", ".po"})


def _own_is_open() -> bool:
    """Whether people may run the hub's Python and read every place it imports from."""
    places = [Path(sys.executable), Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("purelib")), _PACKAGE]
    return all(is_open(place) for place in places)
