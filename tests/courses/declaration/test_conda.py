from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.courses.declaration.conda import read_environment
from lite_site.courses.model import Wanted

from .samples import Folder, texts

GENOMICS = """\
name: rnaseq
channels:
  - conda-forge
  - bioconda
dependencies:
  - python=3.12
  - numpy=1.26.*
  - pandas=2.2
  - conda-forge::matplotlib-base>=3.8
  - pytorch
  - samtools>=1.19
  - bioconda::salmon=1.10
  - r-base=4.3
  - jupyterlab
  - nodejs
  - pip
  - pip:
      - biopython>=1.80
      - -r more.txt
prefix: /home/teacher/miniconda3/envs/rnaseq
"""
EXPORT = """\
name: base
channels:
  - defaults
dependencies:
  - _libgcc_mutex=0.1=main
  - ca-certificates=2024.3.11=h06a4308_0
  - numpy=1.26.4=py311h08b1b3b_0
  - openssl=3.0.13=h7f8727e_0
  - pip=23.3.1=py311h06a4308_0
  - python=3.11.8=h955ad1f_0
  - tzdata=2024a=h04d1e81_0
  - zlib=1.2.13=h5eee18b_0
  - pip:
    - requests==2.31.0
prefix: /opt/conda
"""


def test_an_environment_for_genomics(folder: Folder) -> None:
    folder.file("rna/environment.yml", GENOMICS)
    folder.file("rna/more.txt", "seaborn\n")
    declaration = folder.declaration()
    assert declaration.source == "contents/rna/environment.yml"
    assert declaration.packages == (
        Wanted("numpy==1.26.*", "contents/rna/environment.yml, line 7"),
        Wanted("pandas==2.2.*", "contents/rna/environment.yml, line 8"),
        Wanted("matplotlib>=3.8", "contents/rna/environment.yml, line 9"),
        Wanted("torch", "contents/rna/environment.yml, line 10"),
        Wanted("biopython>=1.80", "contents/rna/environment.yml, line 18"),
        Wanted("seaborn", "contents/rna/more.txt, line 1"),
    )
    assert texts(declaration.conda) == ["samtools>=1.19", "bioconda::salmon=1.10", "r-base=4.3", "nodejs"]
    assert declaration.channels == ("conda-forge", "bioconda")
    assert declaration.python == "3.12"


def test_an_exported_environment(folder: Folder) -> None:
    folder.file("rna/environment.yml", EXPORT)
    declaration, problems = folder.read()
    assert texts(declaration.packages) == ["numpy==1.26.4", "requests==2.31.0"]
    assert declaration.conda == ()
    assert declaration.python == "3.11"
    (problem,) = problems
    assert (problem.place, problem.code) == ("contents/rna/environment.yml, line 5", "declaration-build")


@pytest.mark.parametrize(
    ("asked", "python"),
    [
        ("python", None),
        ("python=3", "3.11"),
        ("python>=3.8", "3.11"),
        ("python=3.13", "3.13"),
        ("python 3.12.*", "3.12"),
        ("python=3.8.5", "3.8"),
        ("python>=3.9,<3.11", "3.10"),
        ("python=3.10", "3.10"),
    ],
)
def test_the_python_it_means(folder: Folder, asked: str, python: str | None) -> None:
    folder.file("rna/environment.yml", f"dependencies:\n- {asked}\n")
    assert folder.declaration().python == python


def test_a_python_there_is_none_of(folder: Folder) -> None:
    folder.file("rna/environment.yml", "dependencies:\n- python=2.7\n- numpy\n")
    assert folder.found() == [("environment.yml, line 2", "declaration-python", "warning")]
    assert folder.packages() == ["numpy"]


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("dependencies:\n\t- numpy\n", "environment.yml, line 2", "declaration-broken"),
        ("dependencies: [numpy\n", "environment.yml, line 2", "declaration-broken"),
        ("a: &a [x]\nb: [*a, *a]\n", "environment.yml", "declaration-broken"),
        ("[" * 50 + "]" * 50, "environment.yml", "declaration-broken"),
        ("dependencies: [" + "a," * 60_000 + "]", "environment.yml", "declaration-broken"),
        ("- numpy\n- pandas\n", "environment.yml", "declaration-shape"),
        ("dependencies: numpy\n", "environment.yml, line 1", "declaration-shape"),
        ("dependencies:\n- numpy: 1.26\n", "environment.yml, line 2", "declaration-line"),
        ("dependencies:\n- import numpy\n", "environment.yml, line 2", "declaration-line"),
        ("dependencies:\n- pip:\n  - [numpy]\n", "environment.yml, line 3", "declaration-line"),
        ("dependencies:\n- pip:\n  - -r no.txt\n", "environment.yml, line 3", "declaration-missing"),
        ("dependencies:\n- a\0b\n", "environment.yml", "declaration-encoding"),
        ("dependencies:\n- a\x07b\n", "environment.yml", "declaration-broken"),
    ],
)
def test_what_stops_a_build(folder: Folder, text: str, place: str, code: str) -> None:
    folder.file("rna/environment.yml", text)
    assert folder.found() == [(place, code, "error")]


def test_the_rest_is_read(folder: Folder) -> None:
    folder.file("rna/environment.yml", "dependencies:\n- scipy\n- numpy: 1\n- x=1|2\n- pip:\n  - a b\n  - seaborn\n")
    assert folder.packages() == ["scipy", "x", "seaborn"]
    assert sorted(code for _, code, _ in folder.found()) == [
        "declaration-line",
        "declaration-line",
        "declaration-version",
    ]


@pytest.mark.parametrize("text", ["", "# nothing\n", "name: x\n", "dependencies:\n", "channels:\ndependencies: []\n"])
def test_an_environment_that_asks_for_nothing(folder: Folder, text: str) -> None:
    folder.file("rna/environment.yml", text)
    declaration = folder.declaration()
    assert (declaration.source, declaration.packages) == ("contents/rna/environment.yml", ())


def test_a_secret_channel_stays_secret(folder: Folder) -> None:
    folder.file(
        "rna/environment.yml",
        "channels:\n- https://conda.example.org/t/tk-1234/x\n- https://a:hunter2@example.org\n- conda-forge\n",
    )
    declaration, problems = folder.read()
    assert declaration.channels == ("conda-forge",)
    assert [problem.code for problem in problems] == ["declaration-channel"] * 2
    assert not any(secret in str(problem) for problem in problems for secret in ("tk-1234", "hunter2"))


def test_a_file_of_a_million_packages(folder: Folder) -> None:
    folder.file("rna/environment.yml", "dependencies:\n" + "- a\n" * 6_000)
    assert folder.found() == [("environment.yml", "declaration-size", "error")]


def read(content: bytes) -> list[str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "environment.yml"
        path.write_bytes(content)
        return texts(read_environment(path, "environment.yml", path.parent).packages)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: b"dependencies: " + text.encode()))
def test_anything_is_read_or_reported(content: bytes) -> None:
    assert isinstance(read(content), list)


@given(st.lists(st.from_regex(r"py[a-z0-9]{2,12}x", fullmatch=True), max_size=8, unique=True))
def test_names_in_names_out(names: list[str]) -> None:
    assert read(("dependencies:\n" + "".join(f"  - {name}\n" for name in names)).encode()) == names
