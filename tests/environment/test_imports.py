"""Imports lead to packages; what nothing brings is told once, with the package where the name tells."""

from lite_site.environment.catalogue import catalogue
from lite_site.environment.imports import declared_names, imported_besides, imports_undeclared, packages_imported
from lite_site.environment.lock_text import CourseLock
from lite_site.environment.wheels import entry_of

from .samples import server_package, wheel

MODULES = {"01.ipynb": ["os", "numpy", "sklearn", "IPython"], "02.ipynb": ["numpy", "flye", "turtle", "google"]}


def test_every_place_that_imports_a_package_is_named() -> None:
    assert packages_imported(MODULES, catalogue()) == (
        ("ipython", "01.ipynb"),
        ("numpy", "01.ipynb"),
        ("scikit-learn", "01.ipynb"),
        ("numpy", "02.ipynb"),
    )


def test_what_is_declared_or_comes_with_the_kernel_is_no_import_besides() -> None:
    assert imported_besides(MODULES, ["Scikit.Learn>=1"], None) == {"numpy": "01.ipynb"}
    assert imported_besides(MODULES, ["scikit-learn", "numpy"], None) == {}


def test_what_the_lock_before_imported_stays_known() -> None:
    lock = CourseLock(imported=("flye",), browser=(entry_of(wheel("flye")),))
    assert imported_besides(MODULES, ["scikit-learn", "numpy"], lock) == {"flye": "02.ipynb"}
    undeclared = CourseLock(declared=("spades",), browser=lock.browser)
    assert imported_besides(MODULES, ["scikit-learn", "numpy"], undeclared) == {}


def test_what_nothing_brings_is_told_once() -> None:
    modules = {"01.ipynb": ["flye", "cv2x", "tabulatee"], "02.ipynb": ["flye", "turtle", "google", "os"]}
    found = list(imports_undeclared(modules, CourseLock()))
    assert sorted(problem.problem.split(",")[0] for problem in found) == [
        "imports cv2x",
        "imports flye",
        "imports tabulatee",
    ]
    assert {(problem.code, problem.severity, problem.place) for problem in found} == {
        ("import-undeclared", "warning", "01.ipynb")
    }


def test_a_module_of_another_name_leads_to_its_package() -> None:
    locked = CourseLock(conda=("bioconda::igv >=2",), server=(server_package("ortools"),))
    (problem,) = imports_undeclared({"01.ipynb": ["ortools", "umap", "igv"]}, locked)
    assert "Declare umap-learn, which brings it" in problem.remedy
    assert list(imports_undeclared({"01.ipynb": ["umap"]}, CourseLock(server=(server_package("umap-learn"),)))) == []


def test_a_package_that_may_be_meant_is_named_not_taken() -> None:
    (problem,) = imports_undeclared({"01.ipynb": ["torch"]}, CourseLock())
    assert problem.remedy == "Declare torch, if that is the package that brings it, then run `passerelle lock`."


def test_a_requirement_that_says_nothing_has_no_name() -> None:
    assert list(declared_names(["Scikit_Learn>=1", "a b"])) == ["scikit-learn"]
