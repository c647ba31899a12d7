import pytest

from lite_site.notebooks.kernels import kernel_of, with_kernel

from .samples import code, parsed


@pytest.mark.parametrize(
    ("spec", "language"),
    [
        ({"name": "python3", "language": "python"}, "python"),
        ({"name": "conda-env-bio-py"}, "python"),
        ({"name": "py37"}, "python"),
        ({"name": "python-3.8"}, "python"),
        ({"name": "myenv", "display_name": "Python (myenv)"}, "python"),
        ({"name": "ir", "language": "R"}, "R"),
        ({"name": "r-4.0.2"}, "R"),
        ({"name": "conda-env-stats-r"}, "R"),
        ({"name": "bash"}, "bash"),
        ({"name": "julia-1.9"}, "julia"),
        ({"name": "javascript", "language": "javascript"}, "javascript"),
        ({"name": "xsql"}, "sql"),
        ({"name": "xcpp17", "language": "C++17"}, None),
        ({"name": "xcpp17"}, "C++"),
        ({"name": "brainfuck", "language": "brainfuck"}, None),
    ],
)
def test_language_by_kernelspec(spec: dict[str, str], language: str | None) -> None:
    kernel = kernel_of(parsed(code("x <- 1"), kernelspec=spec))
    assert kernel.language == language


def test_without_a_kernelspec_the_code_decides() -> None:
    python = kernel_of(parsed(code("x = 1\n!ls"), code("x = "), kernelspec={}))
    assert (python.language, python.guessed) == ("python", True)
    other = kernel_of(parsed(code("x <- function(a) { a }"), kernelspec={}))
    assert other.language is None


def test_language_info_speaks_where_the_kernelspec_is_silent() -> None:
    kernel = kernel_of(parsed(kernelspec={}, language_info={"name": "R"}))
    assert (kernel.language, kernel.guessed) == ("R", False)


def test_every_python_becomes_the_browsers() -> None:
    document = parsed(language_info={"name": "python", "version": "3.8.1"})
    metadata = with_kernel(document, kernel_of(document)).metadata
    assert metadata["kernelspec"] == {"display_name": "Python (Pyodide)", "language": "python", "name": "python"}
    assert metadata["language_info"] == {"name": "python"}


def test_other_languages_keep_their_name() -> None:
    document = parsed(kernelspec={"name": "r-4.0.2", "display_name": "R 4"})
    spec = with_kernel(document, kernel_of(document)).metadata["kernelspec"]
    assert spec == {"display_name": "R 4", "language": "R", "name": "r-4.0.2"}
