"""Small, checked changes to JupyterLite's built shell; each fails loudly when the shell isn't what it expects."""

import json
import re
from collections.abc import Callable
from pathlib import Path

WORKER_START = re.compile(r'\b(\w+)=>new Worker\(\1,\{type:"module"\}\)')
CONFINED_START = r'\1=>globalThis.passerelleWorker?globalThis.passerelleWorker(\1):new Worker(\1,{type:"module"})'
IMAGE_ADDRESS = re.compile(
    r"(if\((\w+)&&(\w+)\)try\{)(let \3=await \w+\.resolveUrl\(\2,\{attribute:(\w+),tag:(\w+)\.localName\}\))"
)
LANGUAGE_DOMAINS = ("jupyterlab", "notebook", "jupyterlab_widgets")
UNSERVED = re.compile(r"\.map$|\.orig$|/fa-[\w-]+\.(?:eot|svg|ttf)$")
PYODIDE_CDN = re.compile(r"https://cdn\.jsdelivr\.net/pyodide/[^\"'`]*")


class ShellChangedError(RuntimeError):
    """JupyterLite's output differs from what a trim was written for: a version changed under us."""


def share_translations(shell: Path, key: str) -> None:
    """Have every course read the language packs from the shell instead of keeping its own copy (400 kB each).

    JupyterLite asks for `api/translations/<locale>.json` below the course; the one template literal that
    says so is given the shell's place, as seen from a course.
    """
    old, new = "`api/translations/", f"`../_passerelle/shell-{key}/api/translations/"
    found = 0
    for path in sorted((shell / "build").rglob("*.js")):
        text = path.read_text(encoding="utf-8")
        if old in text:
            found += text.count(old)
            path.write_text(text.replace(old, new), encoding="utf-8")
    if found != 1:
        raise ShellChangedError(f"{found} places name the language packs, not one")


def trim_translations(shell: Path, key: str) -> None:
    """Keep, of each language pack, the programs the shell has."""
    packs = sorted((shell / "api" / "translations").glob("*_*.json"))
    if not packs:
        raise ShellChangedError("there is no language pack")
    for path in packs:
        pack = json.loads(path.read_text(encoding="utf-8"))
        pack["data"] = {name: texts for name, texts in pack["data"].items() if name in LANGUAGE_DOMAINS}
        if not pack["data"]:
            raise ShellChangedError(f"{path.name} has none of {', '.join(LANGUAGE_DOMAINS)}")
        path.write_text(json.dumps(pack, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def drop_unserved(shell: Path, key: str) -> None:
    """Remove what no browser of this decade asks for: source maps, leftovers, font formats before WOFF2."""
    for path in sorted(shell.rglob("*")):
        if path.is_file() and UNSERVED.search(path.as_posix()):
            path.unlink()


def forget_cdn(shell: Path, key: str) -> None:
    """Take the kernel's fallback address off: a site that lost Pyodide's place must fail, not phone out."""
    kernel = shell / "extensions" / "@jupyterlite" / "pyodide-kernel-extension"
    found = 0
    for path in sorted(kernel.rglob("*.js")):
        text = path.read_text(encoding="utf-8")
        changed, times = PYODIDE_CDN.subn("./no-pyodide-configured.mjs", text)
        if times:
            found += times
            path.write_text(changed, encoding="utf-8")
    if not found:
        raise ShellChangedError("the kernel no longer names Pyodide's distribution where it did")


def confine_kernel(shell: Path, key: str) -> None:
    """Have the page start the kernel's worker where it wants to (`frontend/src/serviceworker/confinement.ts`).

    Started from a blob, it inherits a Content-Security-Policy, so that Python stays on the origin on any host.
    """
    kernel = shell / "extensions" / "@jupyterlite" / "pyodide-kernel-extension"
    found = 0
    for path in sorted(kernel.rglob("*.js")):
        text = path.read_text(encoding="utf-8")
        changed, times = WORKER_START.subn(CONFINED_START, text)
        if times:
            found += times
            path.write_text(changed, encoding="utf-8")
    if found != 1:
        raise ShellChangedError(f"{found} places start the kernel's worker, not one")


def ask_for_images_once(shell: Path, key: str) -> None:
    """Keep a lesson's image from being asked for beside the page, in vain, before its place is known.

    JupyterLab 4.6 leaves the relative address in the image while it looks up where the file is: one 404 an image.
    """
    found = 0
    for path in sorted((shell / "build").glob("jlab_core.*.js")):
        changed, times = IMAGE_ADDRESS.subn(r'\1\6.setAttribute(\5,"");\4', path.read_text(encoding="utf-8"))
        found += times
        path.write_text(changed, encoding="utf-8")
    if found != 1:
        raise ShellChangedError(f"{found} places resolve the addresses of images, not one")


TRIMS: tuple[Callable[[Path, str], None], ...] = (
    share_translations,
    trim_translations,
    drop_unserved,
    forget_cdn,
    confine_kernel,
    ask_for_images_once,
)
