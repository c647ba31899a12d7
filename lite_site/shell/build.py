"""Builds JupyterLite's shell with its extensions and keeps it in the cache under the hash of what it is made of."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from lite_site.problems import BuildError, Problem
from lite_site.shell import trim
from lite_site.shell.trim import TRIMS, ShellChangedError

LABEXTENSIONS = (
    "@jupyter-widgets/jupyterlab-manager",
    "@jupyterlite/pyodide-kernel-extension",
    "jupyter-cytoscape",
)
DISTRIBUTIONS = (
    "jupyterlite-core",
    "jupyterlite-pyodide-kernel",
    "jupyterlab-widgets",
    "ipycytoscape",
    "jupyterlab-language-pack-fr-FR",
)
BUNDLE = re.compile(r'id="jupyter-lite-main"[^>]*href="\.\./build/([^"]+)"')
RECORD = "shell.json"
RESTORER = "restore-snapshot.mjs"
"""What starts a kernel from a snapshot, taken for Pyodide by JupyterLite."""
SCRIPTS = ("start.js", "service-worker.js", "signed-in.js", RESTORER)
TIME_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Shell:
    """A built shell: its files (path in the shell → sha256), where they lie, and what its pages must be told.

    `bundles` names, for each application, the script below `build/` that its page starts with.
    """

    key: str
    folder: Path
    files: Mapping[str, str]
    config: Mapping[str, object]
    bundles: Mapping[str, str]

    @property
    def prefix(self) -> str:
        """The shell's folder on the site."""
        return f"_passerelle/shell-{self.key}"


def shell_key(dist: Path, apps: tuple[str, ...]) -> str:
    """Sixteen hex digits over everything that goes into the shell: versions, apps, trims, our own frontend."""
    digest = hashlib.sha256()
    for name in DISTRIBUTIONS:
        digest.update(f"{name}=={version(name)}\n".encode())
    digest.update(f"{sorted(apps)}\n".encode())
    digest.update(Path(trim.__file__).read_bytes())
    for path in sorted(dist.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(dist).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def ensure_shell(cache: Path, dist: Path, apps: tuple[str, ...]) -> Shell:
    """The shell for `apps`, from the cache or built now (about five seconds).

    `dist` is our built frontend: `start.js` and other scripts, and `labextension/`.
    """
    if not all((dist / script).is_file() for script in SCRIPTS):
        raise BuildError(
            [
                Problem(
                    place=str(dist),
                    problem="The frontend isn't built.",
                    remedy="Run `make frontend` (an installed passerelle carries it).",
                    code="frontend-missing",
                )
            ]
        )
    key = shell_key(dist, apps)
    folder = cache / "shells" / key
    if (kept := _read_shell(folder, key)) is not None:
        return kept
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f"{key}.") as scratch:
        built = _build(Path(scratch), dist, apps, key)
        if folder.exists() and _read_shell(folder, key) is None:
            folder.rename(Path(scratch) / "damaged")
        if not folder.exists():  # otherwise another build, at the same time, was faster
            built.rename(folder)
    return Shell(key, folder, **json.loads((folder / RECORD).read_bytes()))


def _read_shell(folder: Path, key: str) -> Shell | None:
    """The shell in the cache, if it is all there."""
    try:
        shell = Shell(key, folder, **json.loads((folder / RECORD).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
    return shell if all((folder / name).is_file() for name in shell.files) else None


def _build(scratch: Path, dist: Path, apps: tuple[str, ...], key: str) -> Path:
    out, shell = scratch / "out", scratch / "shell"
    _run_jupyterlite(scratch, out, dist, apps)
    config = json.loads((out / "jupyter-lite.json").read_text(encoding="utf-8"))["jupyter-config-data"]
    shell.mkdir()
    for part in ("build", "extensions"):
        shutil.copytree(out / part, shell / part)
    shutil.copytree(out / "api" / "translations", shell / "api" / "translations")
    shutil.copytree(out / "static" / "favicons", shell / "favicons")
    shutil.copy(dist / "service-worker.js", shell)
    shutil.copy(dist / "start.js", shell)
    shutil.copy(dist / RESTORER, shell)
    for apply in TRIMS:
        apply(shell, key)
    files = {
        path.relative_to(shell).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(shell.rglob("*"))
        if path.is_file()
    }
    kept = ("appVersion", "federated_extensions", "fileTypes", "versionInfo")
    record = {
        "files": files,
        "config": {name: config[name] for name in kept if name in config},
        "bundles": {app: _bundle((out / app / "index.html").read_text(encoding="utf-8")) for app in apps},
    }
    (shell / RECORD).write_text(json.dumps(record, indent=1, sort_keys=True), encoding="utf-8")
    return shell


def _bundle(page: str) -> str:
    found = BUNDLE.search(page)
    if found is None:
        raise ShellChangedError("an application page names no main script")
    return found.group(1)


def _run_jupyterlite(scratch: Path, out: Path, dist: Path, apps: tuple[str, ...]) -> None:
    labextensions = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
    ours = sorted((dist / "labextension").glob("**/package.json"))
    lite_config = {
        "LiteBuildConfig": {
            "apps": list(apps),
            "no_sourcemaps": True,
            "no_unused_shared_packages": True,
            "ignore_sys_prefix": ["federated_extensions"],
            "federated_extensions": [
                *(str(labextensions / name) for name in LABEXTENSIONS),
                *(str(package.parent) for package in ours),
            ],
        }
    }
    (scratch / "lite").mkdir()
    (scratch / "lite" / "jupyter_lite_config.json").write_text(json.dumps(lite_config), encoding="utf-8")
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--output-dir", str(out)]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(scratch), "JUPYTER_NO_CONFIG": "1", "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(
            command,
            cwd=scratch / "lite",
            env=environment,
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
            check=False,
        )
        tail = (done.stderr or done.stdout).strip().splitlines()[-1:] if done.returncode else []
        failed = done.returncode != 0 or not (out / "jupyter-lite.json").is_file()
    except subprocess.TimeoutExpired:
        failed, tail = True, [f"no end after {TIME_LIMIT} s"]
    if failed:
        raise BuildError(
            [
                Problem(
                    place="JupyterLite",
                    problem=f"Its build failed: {' '.join(tail) or 'no reason given'}.",
                    remedy="Reinstall the pinned requirements (requirements/site.txt), then build again.",
                    code="shell-build",
                )
            ]
        )
