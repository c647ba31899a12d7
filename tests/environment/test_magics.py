import pytest

from lite_site.environment.browser_package.passerelle_browser.magics import unwrapped


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        ("%%time\nimport numpy", "import numpy"),
        ("%%capture out\n%%time\nimport numpy", "import numpy"),
        ("\n%%timeit -n 3\nimport numpy", "import numpy"),
        ("%time import numpy", "import numpy"),
        ("if x:\n    %timeit -n 10 -r 3 f(x)", "if x:\n    f(x)"),
        ("%timeit", "%timeit"),
        ("%%bash\nls", "%%bash\nls"),
        ("x = 5 %time", "x = 5 %time"),
        ("%matplotlib inline\nimport numpy", "%matplotlib inline\nimport numpy"),
    ],
)
def test_python_comes_out_of_the_magics_around_it(cell: str, python: str) -> None:
    assert unwrapped(cell) == python
