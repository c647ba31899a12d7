import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.environment.server.explanation import (
    Fault,
    Need,
    find_faults,
    find_needs,
    find_platforms,
    find_pythons,
)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("Because pandsa was not found in the package registry and you require pandsa, we", Fault("absent", "pandsa")),
        ("Because there is no version of numpy==1.99 and you require numpy==1.99, we", Fault("version", "numpy")),
        ("Because only numpy<=2.5.5 is available and you require numpy>=9, we", Fault("version", "numpy")),
        (
            "Because the requested Python does not satisfy Python>=3.12 and scipy==1.18.0 depends on Python>=3.12,",
            Fault("python", "scipy", ">=3.12"),
        ),
        (
            "Because tensorflow==1.15.0 has no wheels with a matching Python ABI tag (e.g., `cp311`) and you require",
            Fault("python", "tensorflow"),
        ),
        ("Because all versions of docopt have no usable wheels and you require docopt", Fault("source", "docopt")),
        (
            "Because attrs==21.1.0 was yanked (reason: Not importable on Python 3.4) and only the following",
            Fault("yanked", "attrs", "Not importable on Python 3.4"),
        ),
    ],
)
def test_what_is_the_matter_is_read_from_uvs_sentence(said: str, fault: Fault) -> None:
    assert find_faults(said)[0] == fault


def test_who_needs_what_is_read_with_its_versions() -> None:
    said = (
        "Because pandas>=3.1.0rc0 depends on numpy{python_full_version < '3.14'}>=2.0.2 and all of: pandas>=3.0.0 "
        "depend on numpy>=1.26.0, we can conclude. And because pandas[excel]==3.0.1 depends on odfpy>=1.4.1 and you"
    )
    assert find_needs(said) == (
        Need("pandas", "numpy", ">=2.0.2"),
        Need("pandas", "numpy", ">=1.26.0"),
        Need("pandas", "odfpy", ">=1.4.1"),
    )


def test_hints_tell_which_pythons_and_platforms_there_are() -> None:
    hints = (
        "You require CPython 3.11 (`cp311`), but we only found wheels for `torch` (v1.8.0): `cp27mu`, `cp36m`, `cp39`",
        "Wheels are available for `pywin32` (v312) on the following platforms: `win32`, `win_amd64`",
    )
    assert find_pythons(hints) == "3.9"
    assert find_platforms(hints) == "win32, win_amd64"
    assert (find_pythons(()), find_platforms(())) == ("", "")


@given(st.text())
def test_any_text_is_read_without_a_fault(said: str) -> None:
    find_faults(said)
    find_needs(said)
    find_pythons((said,))
