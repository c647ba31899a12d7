"""A wheel made by hand, and a course that needs it: builds without any index."""

import base64
import hashlib
import zipfile
from pathlib import Path

from fallback_hub.courses import HubCourse

PACKAGE = "tiny"


def write_wheel(folder: Path, version: str = "1.0", text: str = "said = 'hello'\n") -> str:
    """A wheel of one module, its .pth file counting every Python that starts; the wheel's sha256."""
    info = f"{PACKAGE}-{version}.dist-info"
    files = {
        f"{PACKAGE}.py": text,
        f"{PACKAGE}_starts.pth": "import os; os.path.exists('/nowhere')\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {PACKAGE}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: by hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    hashed = {
        name: base64.urlsafe_b64encode(hashlib.sha256(body.encode()).digest()).rstrip(b"=").decode()
        for name, body in files.items()
    }
    lines = [f"{name},sha256={hashed[name]},{len(body)}" for name, body in files.items()]
    folder.mkdir(parents=True, exist_ok=True)
    wheel = folder / f"{PACKAGE}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
        archive.writestr(f"{info}/RECORD", "\n".join([*lines, f"{info}/RECORD,,", ""]))
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def course_of(folder: Path, requirements: str, python: str, title: str = "RNA") -> HubCourse:
    """A course with that list of packages."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "requirements.txt"
    path.write_text(requirements)
    return HubCourse("rna", {"en": title}, "en", (), (), path, "", python, folder)
