"""Which wheels a course needs, and what is said when there are none."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lite_site.runtime
from lite_site.courses.model import Wanted
from lite_site.environment.browser import KERNEL_PLACE, BrowserLock, resolve
from lite_site.environment.catalogue import catalogue
from lite_site.environment.kernel import KERNEL_PACKAGES
from lite_site.problems import BuildError, Problem

from .samples import catalogue_of, wanted, wheel

EVERYTHING = catalogue()


def lock_of(*packages: str) -> BrowserLock:
    """What a course that declares these offers."""
    return resolve(wanted(*packages), EVERYTHING)


def said_of(*packages: str) -> tuple[Problem, ...]:
    """What is to know of these packages."""
    return lock_of(*packages).warnings


def test_the_kernel_is_always_there_with_all_it_needs() -> None:
    lock = lock_of()
    names = {one.name for one in lock.wheels}
    assert names >= {*KERNEL_PACKAGES, "traitlets", "pygments", "ipython-pygments-lexers"}
    assert "numpy" not in names
    assert {place for places in lock.wanted_by.values() for place in places} == {KERNEL_PLACE}
    sources = {one.source for one in lock.wheels}
    assert sources == {"kernel", "passerelle", "pypi"}, "a kernel needs no file of Pyodide's own index"


def test_what_a_network_lesson_needs() -> None:
    names = {one.name for one in lock_of("networkx", "ipycytoscape").wheels}
    assert names >= {"networkx", "numpy", "ipycytoscape", "ipywidgets", "spectate", "widgetsnbextension"}
    assert not names & {"matplotlib", "pandas", "jupyterlab-widgets"}


def test_every_spelling_is_one_package() -> None:
    one = lock_of("scikit-learn")
    assert lock_of("scikit-learn", "Scikit_Learn", "scikit.learn>=1").wheels == one.wheels


def test_a_wheel_is_wanted_by_those_who_want_what_needs_it() -> None:
    asked = [Wanted("pandas", "02.ipynb"), Wanted("Scipy", "03.ipynb"), Wanted("Scipy", "04.ipynb")]
    lock = resolve(asked, EVERYTHING)
    assert lock.wanted_by["numpy"] == ("02.ipynb", "03.ipynb", "04.ipynb")
    assert lock.wanted_by["pandas"] == ("02.ipynb",)
    assert {asset.wanted_by for asset in lock.assets() if asset.project == "numpy"} == {lock.wanted_by["numpy"]}


def test_the_lock_is_what_pyodide_reads_and_the_same_each_time() -> None:
    def write() -> str:
        lock = resolve(wanted("matplotlib"), catalogue())
        return json.dumps(lock.as_pyodide_lock(lambda one: f"../wheels/{one.sha256[:16]}/{one.file_name}"))

    text = write()
    assert text == write()
    lock = json.loads(text)
    assert lock["info"]["python"] == "3.14.0"
    numpy = lock["packages"]["numpy"]
    assert numpy["file_name"].startswith("../wheels/0cad9c1b91f0082e/numpy-2.4.3-")
    assert numpy.keys() == json.loads(_official().read_text())["packages"]["numpy"].keys()
    assert all(need in lock["packages"] for one in lock["packages"].values() for need in one["depends"])


def test_what_a_lesson_loads() -> None:
    lock = lock_of("pandas", "matplotlib")
    assert [one.name for one in lock.packages_for(["pandas", "os", "IPython", "mymodule"])] == ["pandas"]


def test_what_a_proof_holds_for_changes_with_what_the_lesson_loads() -> None:
    small, large = lock_of("pandas"), lock_of("pandas", "scipy")
    assert small.digest_for(["pandas"]) == large.digest_for(["pandas", "os"]), "scipy isn't loaded by it"
    assert small.digest_for([]) != small.digest_for(["pandas"]) != large.digest_for(["pandas", "scipy"])
    newer = resolve(wanted("pandas"), catalogue([wheel("numpy", "9"), wheel("pandas", "9", depends=["numpy"])]))
    assert newer.digest_for(["pandas"]) != small.digest_for(["pandas"])
    assert newer.digest_for([]) == small.digest_for([])


def test_what_the_browser_lacks_is_told_and_the_rest_is_built() -> None:
    lock = lock_of("numpyy", "scipy<1", "pandas")
    assert [(one.code, one.severity) for one in lock.warnings] == [
        ("package-not-in-browser", "warning"),
        ("package-version", "warning"),
    ]
    assert all(one.place == "course.toml" and one.remedy for one in lock.warnings)
    assert {"pandas", "numpy"} <= {one.name for one in lock.wheels}
    assert "scipy" not in {one.name for one in lock.wheels}


def test_requirements_that_say_nothing_are_errors_all_at_once() -> None:
    with pytest.raises(BuildError) as caught:
        lock_of("pan das", "flye @ https://example.org/f.whl")
    assert {problem.code for problem in caught.value.problems} == {"package-syntax", "package-address"}


def test_an_unknown_package_names_all_who_want_it_and_near_names() -> None:
    lock = resolve([Wanted("numpyy", "requirements.txt, line 3"), Wanted("numpyy", "03.ipynb")], EVERYTHING)
    (problem,) = lock.warnings
    assert problem.place == "requirements.txt, line 3"
    assert "also needed by 03.ipynb" in problem.problem
    assert "numpy" in problem.remedy
    assert "passerelle lock" in problem.remedy


@pytest.mark.parametrize(
    ("module", "package"),
    [("sklearn", "scikit-learn"), ("PIL", "pillow"), ("bs4", "beautifulsoup4"), ("Bio", "biopython")],
)
def test_a_module_given_as_a_package_is_recognised(module: str, package: str) -> None:
    (problem,) = said_of(module)
    assert f"Did you mean {package}?" in problem.remedy


def test_a_version_that_is_not_there_names_both() -> None:
    (problem,) = said_of("numpy>=1,<2")
    assert '"numpy>=1,<2"' in problem.problem
    assert "numpy 2.4.3" in problem.problem


def test_exact_pins_give_way_to_the_version_there_is_and_are_told_once_a_file() -> None:
    texts = ("numpy==1.26.4", "pandas==2.1.*")
    pins = [Wanted(text, f"a/requirements.txt, line {line}") for line, text in enumerate(texts, 1)]
    lock = resolve(pins, catalogue())
    assert {"numpy", "pandas"} <= {wheel.name for wheel in lock.wheels}
    (told,) = lock.warnings
    assert (told.place, told.code, told.severity) == ("a/requirements.txt", "package-pinned", "warning")
    assert "instead of ==1.26.4" in told.problem
    assert "instead of ==2.1.*" in told.problem


def test_a_bound_is_no_pin() -> None:
    (told,) = resolve([Wanted("numpy<2", "a/course.toml")], catalogue()).warnings
    assert told.code == "package-version"


def test_extras_and_the_standard_library_are_warnings() -> None:
    lock = lock_of("pandas[excel]", "sqlite3")
    assert [(problem.code, problem.severity) for problem in lock.warnings] == [
        ("package-extras", "warning"),
        ("package-built-in", "warning"),
    ]
    assert "pandas" in {one.name for one in lock.wheels}


def test_what_is_not_for_browsers_is_left_out() -> None:
    assert said_of('pysam; sys_platform != "emscripten"') == ()


def test_a_course_lock_that_lacks_a_dependency_is_said() -> None:
    with pytest.raises(BuildError, match=r"flye needs gone, which the course's environment\.lock doesn't hold"):
        resolve(wanted("flye"), catalogue_of(wheel("flye", depends=["gone"])))


@given(st.lists(st.sampled_from(sorted(EVERYTHING.by_name)), max_size=8))
def test_every_closure_is_closed_and_hashed(names: list[str]) -> None:
    lock = lock_of(*names)
    held = {one.name for one in lock.wheels}
    assert held >= set(names)
    assert [one.name for one in lock.wheels] == sorted(held)
    for one in lock.wheels:
        assert set(one.depends) <= held
        assert len(one.sha256) == 64
        assert lock.wanted_by[one.name]


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sets(st.sampled_from("abcdefgh")), min_size=1), st.data())
def test_cycles_and_any_shape_of_graph_come_to_an_end(graph: dict[str, set[str]], data: st.DataObject) -> None:
    wheels = [wheel(name, depends=sorted(needs & graph.keys())) for name, needs in graph.items()]
    asked = data.draw(st.sets(st.sampled_from(sorted(graph))))
    lock = resolve(wanted(*sorted(asked)), catalogue_of(*wheels))
    assert {one.name for one in lock.wheels} >= asked


@given(st.text(max_size=30))
def test_any_text_gives_a_lock_or_a_problem(text: str) -> None:
    try:
        lock = lock_of(text)
    except BuildError as error:
        remedies = [problem.remedy for problem in error.problems]
    else:
        remedies = [one.sha256 for one in lock.wheels]
    assert all(remedies)


def _official() -> Path:
    return Path(lite_site.runtime.__file__).parent / "data" / "pyodide-lock-314.0.3.json"
