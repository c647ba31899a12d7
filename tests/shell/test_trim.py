import json
from pathlib import Path

import pytest

from lite_site.shell.trim import (
    ShellChangedError,
    ask_for_images_once,
    confine_kernel,
    drop_unserved,
    forget_cdn,
    share_translations,
    trim_translations,
)

KERNEL = "extensions/@jupyterlite/pyodide-kernel-extension/static"


def put(shell: Path, path: str, text: str) -> Path:
    file = shell / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_language_packs_are_read_from_the_shell(tmp_path: Path) -> None:
    script = put(tmp_path, "build/12.js", "fetch(x+`api/translations/${locale}.json`)")
    other = put(tmp_path, "build/13.js", "nothing")

    share_translations(tmp_path, "k1")

    assert script.read_text() == "fetch(x+`../_passerelle/shell-k1/api/translations/${locale}.json`)"
    assert other.read_text() == "nothing"


@pytest.mark.parametrize("times", [0, 2])
def test_a_shell_that_asks_for_packs_otherwise_is_refused(tmp_path: Path, times: int) -> None:
    put(tmp_path, "build/12.js", "`api/translations/`;" * times)

    with pytest.raises(ShellChangedError, match=f"{times} places"):
        share_translations(tmp_path, "k1")


def test_language_packs_keep_what_the_shell_has(tmp_path: Path) -> None:
    data = {"jupyterlab": {"Run": ["Exécuter"]}, "notebook": {}, "jupyterlab_git": {"Push": ["Pousser"]}}
    pack = put(tmp_path, "api/translations/fr_FR.json", json.dumps({"data": data, "message": ""}))
    listing = put(tmp_path, "api/translations/all.json", "{}")

    trim_translations(tmp_path, "k1")

    assert json.loads(pack.read_text())["data"] == {"jupyterlab": {"Run": ["Exécuter"]}, "notebook": {}}
    assert "Exécuter" in pack.read_text()
    assert listing.read_text() == "{}"


def test_a_pack_without_the_shells_programs_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "api/translations/fr_FR.json", json.dumps({"data": {"lab": {}}}))

    with pytest.raises(ShellChangedError, match=r"fr_FR\.json has none of"):
        trim_translations(tmp_path, "k1")


def test_a_shell_without_packs_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "api/translations/all.json", "{}")

    with pytest.raises(ShellChangedError, match="no language pack"):
        trim_translations(tmp_path, "k1")


def test_what_no_browser_asks_for_is_dropped(tmp_path: Path) -> None:
    kept = ["build/1.js", "build/fa-solid-900.woff2", "build/map.js", "build/icon.svg"]
    dropped = ["build/1.js.map", "extensions/x/y.js.orig", "build/fa-solid-900.ttf", "build/fa-brands-400.svg"]
    for path in kept + dropped:
        put(tmp_path, path, "x")

    drop_unserved(tmp_path, "k1")

    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == set(kept)


def test_the_kernel_forgets_the_distribution(tmp_path: Path) -> None:
    script = put(tmp_path, f"{KERNEL}/1.js", 'u="https://cdn.jsdelivr.net/pyodide/v314.0.3/full/pyodide.mjs";v=1')

    forget_cdn(tmp_path, "k1")

    assert script.read_text() == 'u="./no-pyodide-configured.mjs";v=1'


def test_a_kernel_that_names_it_otherwise_is_refused(tmp_path: Path) -> None:
    put(tmp_path, f"{KERNEL}/1.js", 'u="https://elsewhere.example/pyodide.mjs"')

    with pytest.raises(ShellChangedError, match="no longer names"):
        forget_cdn(tmp_path, "k1")


def test_the_shipped_shell_is_trimmed(built_site: Path) -> None:
    shell = next((built_site / "_passerelle").glob("shell-*"))
    pack = json.loads((shell / "api" / "translations" / "fr_FR.json").read_text())

    assert pack["data"]["jupyterlab"]
    assert set(pack["data"]) <= {"jupyterlab", "notebook", "jupyterlab_widgets"}
    assert not list(shell.rglob("*.map"))
    scripts = "".join(path.read_text() for path in shell.rglob("*.js"))
    assert "cdn.jsdelivr.net" not in scripts
    assert f"../_passerelle/{shell.name}/api/translations/" in scripts


def test_the_kernels_worker_can_start_from_a_blob(tmp_path: Path) -> None:
    script = put(tmp_path, f"{KERNEL}/1.js", 'initWorker(e){let t=e=>new Worker(e,{type:"module"});return t(u)}')

    confine_kernel(tmp_path, "k1")

    assert "=>globalThis.passerelleWorker?globalThis.passerelleWorker(" in script.read_text()
    assert ':new Worker(e,{type:"module"})' in script.read_text()


@pytest.mark.parametrize("times", [0, 2])
def test_a_kernel_that_starts_its_worker_otherwise_is_refused(tmp_path: Path, times: int) -> None:
    put(tmp_path, f"{KERNEL}/1.js", 'e=>new Worker(e,{type:"module"});' * times)

    with pytest.raises(ShellChangedError, match=f"{times} places"):
        confine_kernel(tmp_path, "k1")


LOOK_UP = "if(r&&s)try{let s=await o.resolveUrl(r,{attribute:i,tag:n.localName}),a=await o.getDownloadUrl(s)}"


def test_an_image_has_no_address_before_it_is_known(tmp_path: Path) -> None:
    script = put(tmp_path, "build/jlab_core.1.js", LOOK_UP)

    ask_for_images_once(tmp_path, "k1")

    assert script.read_text().startswith('if(r&&s)try{n.setAttribute(i,"");let s=await o.resolveUrl(r,')


@pytest.mark.parametrize("times", [0, 2])
def test_images_looked_up_otherwise_are_refused(tmp_path: Path, times: int) -> None:
    put(tmp_path, "build/jlab_core.1.js", LOOK_UP * times)

    with pytest.raises(ShellChangedError, match=f"{times} places"):
        ask_for_images_once(tmp_path, "k1")
