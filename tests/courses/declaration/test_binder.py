import pytest

from lite_site.courses.model import Wanted

from .samples import Folder


def test_a_binder_repository(folder: Folder) -> None:
    folder.file("rna/binder/environment.yml", "dependencies:\n- numpy\n")
    folder.file("rna/binder/apt.txt", "# tools\nsamtools\ngraphviz libfoo++-dev\nNot_A_Package\n")
    folder.file("rna/binder/runtime.txt", "python-3.12\n")
    folder.file("rna/binder/postBuild", "#!/bin/bash\npip install torch\n")
    folder.file("rna/binder/start", '#!/bin/bash\nexec "$@"\n')
    folder.file("rna/binder/install.R", 'install.packages("ggplot2")\n')
    declaration, problems = folder.read()
    assert declaration.system == (
        Wanted("samtools", "contents/rna/binder/apt.txt, line 2"),
        Wanted("graphviz", "contents/rna/binder/apt.txt, line 3"),
        Wanted("libfoo++-dev", "contents/rna/binder/apt.txt, line 3"),
    )
    assert declaration.python == "3.12"
    assert [(problem.place.removeprefix("contents/rna/binder/"), problem.code) for problem in problems] == [
        ("apt.txt, line 4", "declaration-system"),
        ("apt.txt", "declaration-not-read"),
        ("postBuild", "declaration-not-run"),
        ("start", "declaration-not-run"),
        ("install.R", "declaration-not-read"),
    ]
    assert {problem.severity for problem in problems} == {"warning"}


@pytest.mark.parametrize(
    ("runtime", "python"),
    [("python-3.11.4", "3.11"), ("python-3.13", "3.13"), ("Python-3", "3.11"), ("python-3.8", "3.8")],
)
def test_runtime(folder: Folder, runtime: str, python: str) -> None:
    folder.file("rna/runtime.txt", f"{runtime}\n")
    assert folder.declaration().python == python


@pytest.mark.parametrize(
    ("runtime", "code"),
    [
        ("r-4.3-2024-01-15", "declaration-not-read"),
        ("python-2.7", "declaration-python"),
        ("python-3.1.1.1.1", "declaration-python"),
        ("3.12", "declaration-python"),
        ("", "declaration-python"),
    ],
)
def test_a_runtime_there_is_not(folder: Folder, runtime: str, code: str) -> None:
    folder.file("rna/runtime.txt", runtime)
    assert folder.found() == [("runtime.txt", code, "warning")]


@pytest.mark.parametrize("name", ["Pipfile", "setup.py"])
def test_what_cannot_be_read_matters_where_nothing_else_can(folder: Folder, name: str) -> None:
    folder.file(f"rna/{name}", "raise SystemExit")
    assert folder.found() == [(name, "declaration-not-read", "warning")]
    folder.file("rna/requirements.txt", "numpy\n")
    assert folder.found() == []


@pytest.mark.parametrize("name", ["Dockerfile", "default.nix", "Project.toml", "REQUIRE", "install.R", "postBuild"])
def test_everything_binder_would_do_is_told(folder: Folder, name: str) -> None:
    folder.file(f"rna/{name}")
    ((place, _, severity),) = folder.found()
    assert (place, severity) == (name, "warning")


def test_a_file_that_happens_to_be_called_start(folder: Folder) -> None:
    folder.file("rna/start", "Read this first.")
    assert folder.found() == []


def test_what_is_debians_is_told_once(folder: Folder) -> None:
    folder.file("rna/apt.txt", "samtools bwa\ngraphviz\nffmpeg less\n")
    (problem,) = folder.read()[1]
    assert problem.problem == "Debian's packages aren't installed: samtools, bwa, graphviz and 2 more."
    folder.file("rna/apt.txt", "# none yet\n")
    assert folder.found() == []
