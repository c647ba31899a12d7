"""The tables agree with each other and answer what lessons import."""

import pytest
from packaging.utils import canonicalize_name

from lite_site.environment.catalogue import catalogue, find_modules, official_wheels, pinned_wheels

from .samples import wheel


def test_every_table_is_closed_under_dependencies() -> None:
    known = catalogue()
    for one in known.by_name.values():
        assert set(one.depends) <= known.by_name.keys(), one.name
        assert one.name == canonicalize_name(one.name)


def test_pins_follow_pyodides_versions() -> None:
    official = {one.name: one.version for one in official_wheels()}
    both = {one.name: one.version for one in pinned_wheels() if one.name in official}
    assert both == {name: official[name] for name in both}
    assert "ipython" in both


def test_pins_are_pure() -> None:
    assert all(one.file_name.endswith("-none-any.whl") for one in pinned_wheels())


def test_the_kernel_wins_over_a_course_a_course_over_pins_and_pins_over_pyodide() -> None:
    known = catalogue([wheel("scipy", "9"), wheel("networkx", "9"), wheel("traitlets", "9"), wheel("ours")])
    assert known.by_name["scipy"].version == "9"
    assert known.by_name["networkx"].version == "9"
    assert known.by_name["traitlets"].version != "9"
    assert known.by_name["piplite"].source == "kernel"
    assert known.by_name["ipython"].source == "pypi"
    assert known.by_name["numpy"].version == "2.4.3"
    assert known.get("Ours") == wheel("ours")


def test_the_kernels_wheels_are_the_newest_of_each() -> None:
    known = catalogue().by_name
    assert known["widgetsnbextension"].version == "4.0.999"
    assert known["pyodide-kernel"].depends == ("comm", "ipython", "jedi")


def test_test_suites_are_no_packages() -> None:
    assert catalogue().get("matplotlib-tests") is None


def test_imports_lead_to_packages() -> None:
    found = find_modules(["os", "numpy", "sklearn", "PIL", "js", "compression", "pyflye", "mpl_toolkits"], catalogue())
    assert found.packages == ("matplotlib", "numpy", "pillow", "scikit-learn")
    assert found.unknown == ("pyflye",)


@pytest.mark.parametrize(
    ("typed", "meant"), [("matplotlb", "matplotlib"), ("scikit-lern", "scikit-learn"), ("zzzzzz", None)]
)
def test_a_typing_error_has_neighbours(typed: str, meant: str | None) -> None:
    near = catalogue().nearest(typed)
    assert meant in near if meant else near == ()
