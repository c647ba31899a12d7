"""The kernel's wheels, from the package that is installed."""

from pathlib import Path

import pytest

from lite_site.environment.kernel import kernel_wheels
from lite_site.problems import BuildError


def test_names_hashes_and_licences_come_from_the_package() -> None:
    wheels = {one.name: one for one in kernel_wheels()}
    assert wheels.keys() == {"ipykernel", "piplite", "pyodide-kernel", "widgetsnbextension"}
    assert wheels["piplite"].depends == ("micropip",)
    assert wheels["pyodide-kernel"].imports == ("pyodide_kernel",)
    assert wheels["pyodide-kernel"].licence == "BSD-3-Clause"


@pytest.mark.parametrize("content", [None, "{", '{"a": {}}', '{"a": {"releases": {"1": []}}}', "[]"])
def test_a_damaged_installation_is_a_problem_with_a_remedy(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "all.json").write_text(content)
    with pytest.raises(BuildError) as caught:
        kernel_wheels(tmp_path)
    assert "pip install --force-reinstall" in caught.value.problems[0].remedy
