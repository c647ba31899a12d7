"""The release's facts agree with each other."""

from lite_site.runtime.distribution import DISTRIBUTION_URL, VERSION, official_lock, runtime_assets


def test_the_lock_is_the_official_one_of_this_release() -> None:
    lock = official_lock()
    assert lock["info"]["abi_version"] == "2026_0"
    assert len(lock["packages"]) == 354
    assert lock["packages"]["numpy"]["version"] == "2.4.3"
    assert VERSION in DISTRIBUTION_URL


def test_the_runtime_is_four_files() -> None:
    assert [asset.file_name for asset in runtime_assets()] == [
        "pyodide.asm.mjs",
        "pyodide.asm.wasm",
        "pyodide.mjs",
        "python_stdlib.zip",
    ]
