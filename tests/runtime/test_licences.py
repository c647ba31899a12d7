"""The licence a wheel states, in SPDX where it can be said so."""

import zipfile
from pathlib import Path

import pytest

from lite_site.runtime.licences import licence_of
from lite_site.runtime.sources.folders import kernel_folder


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ("License-Expression: MIT OR Apache-2.0\nLicense: other", "MIT OR Apache-2.0"),
        ("License: BSD-3-Clause", "BSD-3-Clause"),
        ("License: MIT License\nClassifier: License :: OSI Approved :: BSD License", "MIT"),
        ("License: see file\nClassifier: License :: OSI Approved :: MIT License", "MIT"),
        ("Classifier: License :: OSI Approved :: BSD License", "BSD License"),
        ("License: CeCILL-B\n        Preamble\n        and so on", "CeCILL-B"),
        ("License: UNKNOWN", "NOASSERTION"),
        ("Summary: nothing", "NOASSERTION"),
    ],
)
def test_the_first_clear_statement_counts(tmp_path: Path, fields: str, licence: str) -> None:
    wheel = tmp_path / "a-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("a/b.dist-info/METADATA", "License: vendored\n\n")
        archive.writestr("a-1.dist-info/METADATA", f"Metadata-Version: 2.4\nName: a\n{fields}\n\nLicense: prose\n")
    assert licence_of(wheel) == licence


def test_a_real_wheel() -> None:
    assert licence_of(kernel_folder() / "piplite-0.8.6-py3-none-any.whl") == "BSD-3-Clause"


def test_what_is_no_wheel_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "libopenblas.zip").write_bytes(b"not a zip")
    with zipfile.ZipFile(tmp_path / "lib.zip", "w") as archive:
        archive.writestr("libx.so", b"")
    for name in ("libopenblas.zip", "lib.zip", "gone.whl"):
        assert licence_of(tmp_path / name) == "NOASSERTION"
