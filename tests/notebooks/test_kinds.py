from pathlib import Path, PurePosixPath

import pytest

from lite_site.notebooks.kinds import is_notebook, published_path


@pytest.mark.parametrize(
    ("name", "text", "counts"),
    [
        ("a.ipynb", "", True),
        ("A.IPYNB", "", True),
        ("a.md", "---\njupyter:\n  kernelspec:\n    name: python3\n---\n\n# A\n", True),
        ("a.md", "---\r\nkernelspec:\r\n  name: python3\r\n---\r\n", True),
        ("a.md", "---\njupytext:\n  formats: md:myst\n---\n", True),
        ("a.md", "---\ntitle: no notebook\n---\n\nkernelspec:\n", False),
        ("README.md", "# Read me\n\n---\njupytext: no\n---\n", False),
        ("a.py", "# ---\n# jupyter:\n#   kernelspec:\n#     name: python3\n# ---\n", True),
        ("a.py", "# %% [markdown]\n# # A\n", True),
        ("plots.py", '"""A module."""\n\nx = "# %%"\n', False),
        ("data.csv", "# %%\n", False),
    ],
)
def test_what_counts_as_a_notebook(tmp_path: Path, name: str, text: str, counts: bool) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode())
    assert is_notebook(path) is counts


def test_every_notebook_is_published_as_ipynb() -> None:
    assert published_path(PurePosixPath("a b/x.en.md")) == PurePosixPath("a b/x.en.ipynb")
