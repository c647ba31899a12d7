import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.environment.server.differences import Difference, differences
from lite_site.environment.server.package import ServerPackage
from tests.environment.samples import wheel


def compare(browser: dict[str, str], server: dict[str, str], *named: str) -> tuple[Difference, ...]:
    wheels = [wheel(name, version) for name, version in browser.items()]
    packages = [ServerPackage(name, version, ()) for name, version in server.items()]
    return differences(wheels, packages, named or (*browser, *server))


@pytest.mark.parametrize(
    ("browser", "server"),
    [("2.4.3", "2.4.6"), ("2025.3", "2025.3.1"), ("2.9.0.post0", "2.9.0"), ("2.1.0", "2.1.0+cpu"), ("1", "1.0.1")],
)
def test_a_patch_is_no_difference(browser: str, server: str) -> None:
    assert compare({"numpy": browser}, {"numpy": server}) == ()


@pytest.mark.parametrize(("browser", "server"), [("1.18.0", "1.17.1"), ("2025.3", "2026.3"), ("1!2.0", "2.0")])
def test_anything_more_is_one(browser: str, server: str) -> None:
    assert compare({"scipy": browser}, {"scipy": server}) == (Difference("scipy", browser, server, "version"),)


def test_what_one_side_lacks_is_told() -> None:
    found = compare({"pyodide-http": "0.2.2", "numpy": "2.4.3"}, {"torch": "2.15.0", "numpy": "2.4.3"})
    assert found == (
        Difference("pyodide-http", "0.2.2", None, "browser-only"),
        Difference("torch", None, "2.15.0", "server-only"),
    )


def test_what_only_comes_along_is_not_told() -> None:
    server = {"pandas": "3.0.2", "tzdata": "2026.6", "pyzmq": "27.3.0", "ipykernel": "7.4.0"}
    assert compare({"pandas": "3.0.2", "six": "1.17.0", "ipykernel": "6.9.2"}, server, "Pandas") == ()


def test_the_kernels_are_never_compared() -> None:
    assert compare({"ipykernel": "6.9.2", "micropip": "0.11"}, {"ipykernel": "7.4.0", "pyzmq": "27"}) == ()


def test_a_course_without_a_server_has_nothing_to_compare() -> None:
    assert compare({"numpy": "2.4.3"}, {}) == ()


@given(st.text(max_size=20), st.text(max_size=20))
def test_versions_nobody_can_read_are_compared_as_they_stand(one: str, other: str) -> None:
    found = compare({"x": one or "0"}, {"x": other or "0"})
    assert (found == ()) or found[0].meaning == "version"
    assert compare({"x": one or "0"}, {"x": one or "0"}) == ()
