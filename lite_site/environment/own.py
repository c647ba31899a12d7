"""Our own small package for the browser's Python, made into a wheel whose bytes depend on its source alone."""

import base64
import hashlib
import io
import zipfile
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from lite_site import __version__
from lite_site.environment.wheels import Wheel
from lite_site.runtime.distribution import PYTHON_VERSION
from lite_site.runtime.store import Store

NAME = "passerelle-browser"
MODULE = "passerelle_browser"
STARTUP = f"/lib/python{PYTHON_VERSION}/site-packages/{MODULE}/startup.py"
"""Where the browser's Python finds what it runs first; IPython follows `PYTHONSTARTUP`."""

_DIST_INFO = f"{MODULE}-{__version__}.dist-info"
_BEGINNING_OF_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


@cache
def own_wheel() -> tuple[Wheel, bytes]:
    """The wheel as a lock describes it, and its bytes (https://packaging.python.org, "Binary distribution format")."""
    source = files("lite_site.environment") / "browser_package" / MODULE
    modules = [*_modules(source), files("lite_site.notebooks") / "code" / "implied.py"]
    members = {f"{MODULE}/{file.name}": file.read_bytes() for file in modules}
    members[f"{_DIST_INFO}/METADATA"] = (
        f"Metadata-Version: 2.4\nName: {NAME}\nVersion: {__version__}\nLicense-Expression: BSD-3-Clause\n"
    ).encode()
    members[f"{_DIST_INFO}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: passerelle\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    record = "".join(f"{path},sha256={_digest(data)},{len(data)}\n" for path, data in sorted(members.items()))
    members[f"{_DIST_INFO}/RECORD"] = f"{record}{_DIST_INFO}/RECORD,,\n".encode()
    data = _zip(members)
    wheel = Wheel(
        name=NAME,
        version=__version__,
        file_name=f"{MODULE}-{__version__}-py3-none-any.whl",
        sha256=hashlib.sha256(data).hexdigest(),
        depends=("ipython", "pyodide-kernel"),
        imports=(MODULE,),
        source="passerelle",
        licence="BSD-3-Clause",
    )
    return wheel, data


def ensure_own_wheel(store: Store) -> None:
    """Have the wheel in the store, where no source can supply it."""
    wheel, data = own_wheel()
    if store.get(wheel.sha256) is None:
        store.put(wheel.sha256, [data])


def _modules(source: Traversable) -> list[Traversable]:
    return sorted((file for file in source.iterdir() if file.name.endswith(".py")), key=lambda file: file.name)


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path, data in members.items():
            info = zipfile.ZipInfo(path, _BEGINNING_OF_ZIP_TIME)
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return buffer.getvalue()
