"""What imports find, and what the browser must load for a lesson."""

import pytest

from lite_site.notebooks.facts import Fact
from lite_site.placement.needs import needed_in_browser
from lite_site.placement.place import place
from tests.placement.samples import a_lesson, codes, surroundings, the_reason

IMPORTS_TOOLS = Fact(3, "import", "tools")


def test_a_module_beside_the_lesson_brings_its_needs() -> None:
    around = surroundings(modules={"tools.py": (Fact(1, "import", "torch"), Fact(7, "program", "samtools", "!"))})
    placement = place(a_lesson(IMPORTS_TOOLS), around)
    reason = the_reason(placement, "import-no-wheel")
    assert (reason.cell, reason.subject) == (3, "torch")
    assert reason.text.in_language("en").endswith("This comes from tools.py, which the lesson imports.")
    assert reason.text.in_language("fr").endswith("Cela vient de tools.py, que la leçon importe.")
    assert the_reason(placement, "program").cell == 3


def test_modules_are_followed_through_each_other_and_in_circles() -> None:
    around = surroundings(
        modules={
            "tools.py": (Fact(1, "import", "more"),),
            "more.py": (Fact(1, "import", "tools"), Fact(1, "import", "torch")),
        }
    )
    assert the_reason(place(a_lesson(IMPORTS_TOOLS), around), "import-no-wheel").subject == "torch"


def test_only_the_modules_a_lesson_reaches_count() -> None:
    around = surroundings(
        modules={"tools.py": (Fact(1, "import", "numpy"),), "other.py": (Fact(1, "import", "torch"),)}
    )
    assert place(a_lesson(IMPORTS_TOOLS), around).where == "browser"


def test_a_package_is_taken_whole() -> None:
    around = surroundings(modules={"lib/__init__.py": (), "lib/deep/net.py": (Fact(1, "import", "torch"),)})
    for module in ("lib", "lib.deep.net"):
        assert place(a_lesson(Fact(1, "import", module)), around).where == "cluster"


def test_of_a_plain_folder_only_the_module_named_is_read() -> None:
    around = surroundings(modules={"answers/one.py": (), "answers/two.py": (Fact(1, "import", "torch"),)})
    assert place(a_lesson(Fact(1, "import", "answers.one")), around).where == "browser"
    assert place(a_lesson(Fact(1, "import", "answers.two")), around).where == "cluster"
    assert place(a_lesson(Fact(1, "import", "answers")), around).where == "cluster"


def test_modules_stand_beside_the_lesson_or_anywhere_in_the_course() -> None:
    around = surroundings(modules={"week1/tools.py": (), "week2/tools.py": (Fact(1, "import", "torch"),)})
    assert place(a_lesson(IMPORTS_TOOLS, path="week1/a.ipynb"), around).where == "browser"
    assert place(a_lesson(IMPORTS_TOOLS, path="week2/a.ipynb"), around).where == "cluster"
    looks = Fact(1, "reads", "../week1", "sys.path", optional=True)
    assert place(a_lesson(looks, IMPORTS_TOOLS, path="week3/a.ipynb"), around).where == "browser"
    assert "import-no-wheel" in codes(place(a_lesson(Fact(1, "import", "absent_one"), path="week1/a.ipynb"), around))


def test_a_lesson_that_looks_nowhere_else_doesnt_find_them() -> None:
    around = surroundings(modules={"week1/tools.py": (), "week3/b.ipynb": (Fact(1, "reads", "..", "os.chdir"),)})
    found = the_reason(place(a_lesson(IMPORTS_TOOLS, path="week3/a.ipynb"), around), "import-no-wheel")
    assert "another folder of the course (week1/tools.py)" in found.text.in_language("en")


def test_a_module_beside_the_lesson_may_tell_where_to_look() -> None:
    setup = (Fact(1, "reads", "../week1", "sys.path", optional=True),)
    around = surroundings(modules={"week1/tools.py": (), "week3/setup.py": setup})
    lesson = a_lesson(Fact(1, "import", "setup"), IMPORTS_TOOLS, path="week3/a.ipynb")
    assert place(lesson, around).where == "browser"


def test_pythons_library_isnt_shadowed_and_packages_are() -> None:
    around = surroundings(modules={"random.py": (Fact(1, "import", "torch"),), "torch.py": ()})
    assert place(a_lesson(Fact(1, "import", "random"), Fact(1, "import", "torch.nn")), around).where == "browser"


def test_a_module_behind_a_guarded_import_is_optional_as_a_whole() -> None:
    around = surroundings(modules={"tools.py": (Fact(1, "import", "torch"), Fact(2, "program", "samtools", "!"))})
    guarded = Fact(1, "import", "tools", optional=True)
    assert place(a_lesson(guarded), around).where == "browser"
    assert place(a_lesson(guarded, IMPORTS_TOOLS), around).where == "cluster"


def test_a_module_the_lesson_writes_is_its_own() -> None:
    written = Fact(1, "writes", "tools.py", "%%writefile")
    assert place(a_lesson(written, IMPORTS_TOOLS), surroundings()).where == "browser"


def test_scripts_and_notebooks_that_are_run_count() -> None:
    torch = (Fact(1, "import", "torch"),)
    around = surroundings(modules={"train.py": torch, "common.ipynb": torch})
    for written in ("train.py", "train", "common.ipynb"):
        assert codes(place(a_lesson(Fact(2, "reads", written, "%run")), around)) == ["import-no-wheel"]
    assert codes(place(a_lesson(Fact(2, "reads", "other", "%run")), around)) == ["file-missing"]


def test_a_folder_of_notebooks_is_no_package() -> None:
    around = surroundings(modules={"week1/a.ipynb": ()})
    assert codes(place(a_lesson(Fact(1, "import", "week1")), around)) == ["import-no-wheel"]


def test_the_browser_loads_what_is_imported_and_what_it_can_of_the_rest() -> None:
    around = surroundings(modules={"tools.py": (Fact(1, "import", "scipy.stats"),)})
    lesson = a_lesson(
        IMPORTS_TOOLS,
        Fact(1, "import", "numpy.linalg"),
        Fact(1, "import", "json"),
        Fact(1, "import", "absent_one"),
        Fact(1, "import", "lxml", optional=True),
        Fact(1, "import", "absent_two", optional=True),
        Fact(1, "import", "ujsonx", otherwise=("yaml",)),
    )
    assert needed_in_browser(lesson, around) == {"absent_one", "lxml", "numpy", "scipy", "yaml"}


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("mpl_toolkits.basemap", "mpl_toolkits.basemap isn’t in matplotlib 3."),
        ("sklearn.externals.six.moves", "sklearn.externals.six.moves isn’t in scikit-learn 1."),
        ("collections.Mapping", "collections.Mapping isn’t in Python 3.14, the version"),
    ],
)
def test_a_part_that_todays_package_has_left_behind_is_missing(module: str, said: str) -> None:
    placement = place(a_lesson(Fact(1, "import", module)), surroundings())
    assert (placement.where, placement.confidence) == ("cluster", "high")
    assert the_reason(placement, "import-no-wheel").text.in_language("en").startswith(said)


def test_what_replaced_a_part_does_where_the_lesson_tries_both() -> None:
    tried = Fact(1, "import", "sklearn.cross_validation", otherwise=("sklearn.model_selection",))
    assert place(a_lesson(tried), surroundings()).where == "browser"
