import string
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.courses.declaration.requirements import read_requirements
from lite_site.courses.model import Wanted

from .samples import Folder, texts

FREEZE = "\n".join(f"package-{n}==1.{n}.0" for n in range(200))
NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_.-]{0,20}[A-Za-z0-9]", fullmatch=True).filter(
    lambda name: (
        name.lower().replace("_", "-").replace(".", "-")
        not in {"pip", "wheel", "setuptools", "conda", "mamba", "jupyter", "notebook", "python", "ipykernel"}
    )
)


def test_the_lines_people_write(folder: Folder) -> None:
    folder.file(
        "rna/requirements.txt",
        """\
# dépendances du cours
numpy
pandas>=2,<3     # tables
scikit-learn == 1.5.*
Biopython[extra1,extra2]~=1.84 ; python_version >= "3.9"
scipy>=1.10,\\
    <2
requests==2.32.3 --hash=sha256:aaaa \\
    --hash=sha256:bbbb
--require-hashes
jupyterlab>=4
numpy
""",
    )
    declaration = folder.declaration()
    assert declaration.source == "contents/rna/requirements.txt"
    assert declaration.packages == (
        Wanted("numpy", "contents/rna/requirements.txt, line 2"),
        Wanted("pandas<3,>=2", "contents/rna/requirements.txt, line 3"),
        Wanted("scikit-learn==1.5.*", "contents/rna/requirements.txt, line 4"),
        Wanted('Biopython[extra1,extra2]~=1.84; python_version >= "3.9"', "contents/rna/requirements.txt, line 5"),
        Wanted("scipy<2,>=1.10", "contents/rna/requirements.txt, line 6"),
        Wanted("requests==2.32.3", "contents/rna/requirements.txt, line 8"),
    )


def test_a_frozen_list_keeps_its_versions(folder: Folder) -> None:
    folder.file("rna/requirements.txt", FREEZE)
    assert "\n".join(texts(folder.declaration().packages)) == FREEZE


def test_two_wishes_for_one_package_are_both_kept(folder: Folder) -> None:
    folder.file("rna/requirements.txt", "numpy==1.26.4\nnumpy>=2\n")
    assert texts(folder.declaration().packages) == ["numpy==1.26.4", "numpy>=2"]


def test_files_include_files(folder: Folder) -> None:
    folder.file("rna/binder/requirements.txt", "-r ../more/lessons.txt\n-rsite.txt\n-c pins.txt\n")
    folder.file("rna/more/lessons.txt", "numpy\n-r ../../shared.txt\n")
    folder.file("rna/binder/site.txt", "--requirement=../../shared.txt\n")
    folder.file("rna/binder/pins.txt", "NumPy==2.1.0\nnobody-asks==1\n")
    folder.file("shared.txt", "seaborn\n")
    assert folder.declaration().packages == (
        Wanted("numpy", "contents/rna/more/lessons.txt, line 1"),
        Wanted("seaborn", "contents/shared.txt, line 1"),
        Wanted("NumPy==2.1.0", "contents/rna/binder/pins.txt, line 1"),
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("-r absent.txt", "declaration-missing"),
        ("-r", "declaration-missing"),
        ("-r ../../outside.txt", "declaration-outside"),
        ("-r link.txt", "declaration-outside"),
        ("-c /etc/hostname", "declaration-outside"),
        ("numpy pandas", "declaration-line"),
        ("import numpy", "declaration-line"),
        ("--no-such-option", "declaration-line"),
    ],
)
def test_what_stops_a_build_has_its_line(folder: Folder, line: str, code: str) -> None:
    outside = folder.root.parent / "outside.txt"
    outside.write_text("secret-package", "utf-8")
    folder.course.joinpath("link.txt").symlink_to(outside)
    folder.file("rna/requirements.txt", f"scipy\n{line}\nseaborn\n")
    assert folder.found() == [("requirements.txt, line 2", code, "error")]
    assert folder.packages() == ["scipy", "seaborn"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("-e .", "declaration-local"),
        ("-e git+https://example.org/x.git#egg=x", "declaration-local"),
        (".", "declaration-local"),
        ("./wheels/x-1.0-py3-none-any.whl", "declaration-local"),
        ("x-1.0-py3-none-any.whl", "declaration-local"),
        ("git+https://example.org/x.git", "declaration-address"),
        ("https://example.org/x.zip", "declaration-address"),
        ("x @ git+https://example.org/x.git", "declaration-address"),
        ("-r https://example.org/requirements.txt", "declaration-address"),
        ("--extra-index-url https://example.org/simple", "declaration-option"),
        ("--index-url=https://example.org/simple", "declaration-option"),
        ("-f wheels", "declaration-option"),
        ("--pre", "declaration-option"),
        ("python>=3.8", "declaration-python"),
        ("-r requirements.txt", "declaration-cycle"),
    ],
)
def test_what_pip_would_follow_and_a_course_does_not(folder: Folder, line: str, code: str) -> None:
    folder.file("rna/requirements.txt", f"scipy\n{line}\nseaborn\n")
    assert folder.found() == [("requirements.txt, line 2", code, "warning")]
    assert folder.packages() == ["scipy", "seaborn"]


def test_no_password_is_shown(folder: Folder) -> None:
    folder.file(
        "rna/requirements.txt",
        "-ihttps://me:hunter2@example.org/simple\n--extra-index-url https://me:hunter2@example.org\n"
        "x @ https://me:hunter2@example.org/x.whl\ngit+https://hunter2@example.org/x\n",
    )
    problems = folder.read()[1]
    assert len(problems) == 4
    assert "hunter2" not in "".join(map(str, problems))


def test_conda_s_own_builds_lose_their_address_and_keep_their_name(folder: Folder) -> None:
    folder.file(
        "rna/requirements.txt",
        "numpy @ file:///builds/numpy/dist/numpy-1.26-cp311.whl#sha256=aa\npandas==2.2\n"
        "scipy @ file:///home/conda/feedstock_root/build_artifacts/scipy\n",
    )
    assert folder.packages() == ["numpy", "pandas==2.2", "scipy"]
    (problem,) = folder.read()[1]
    assert (problem.place, problem.code) == ("contents/rna/requirements.txt, line 1", "declaration-local-build")
    assert "as is one more" in problem.problem


def test_a_list_that_conda_made(folder: Folder) -> None:
    folder.file(
        "rna/requirements.txt",
        "# platform: linux-64\n_libgcc_mutex=0.1=main\nnumpy=1.26.4=py311h08b1b3b_0\npip=24.0=py311_0\n"
        "python=3.11.8=h955ad1f_0\nsamtools=1.20=h50ea8bc_0\ntorch=2.3.0=pypi_0\n",
    )
    declaration = folder.read()[0]
    assert texts(declaration.packages) == ["numpy==1.26.4", "torch==2.3.0"]
    assert texts(declaration.conda) == ["samtools==1.20"]
    assert declaration.python == "3.11"
    assert [code for _, code, _ in folder.found()] == ["declaration-build", "declaration-conda-list"]


def test_a_single_equals_sign_is_told_from_other_slips(folder: Folder) -> None:
    folder.file("rna/requirements.txt", "numpy=1.26\n")
    (problem,) = folder.read()[1]
    assert "“numpy=1.26”" in problem.problem
    assert '"numpy==1.26"' in problem.remedy


def test_many_alike_end_with_their_count(folder: Folder) -> None:
    folder.file("rna/requirements.txt", "Package Version\n------- -------\n" + "numpy   1.26\n" * 200)
    found = folder.found()
    assert len(found) == 6
    assert found[-1] == ("requirements.txt", "declaration-line", "error")
    assert "197 more" in folder.read()[1][-1].problem


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8"])
def test_encodings_of_windows(folder: Folder, encoding: str) -> None:
    folder.file("rna/requirements.txt", "numpy==2.1\r\npandas\r\n# né\r\n".encode(encoding))
    assert folder.packages() == ["numpy==2.1", "pandas"]
    warned = [("requirements.txt", "declaration-encoding", "warning")]
    assert folder.found() == (warned if encoding == "utf-16" else [])


def test_a_comment_in_latin_1(folder: Folder) -> None:
    folder.file("rna/requirements.txt", "# dépendances\nnumpy\n".encode("latin-1"))
    assert folder.packages() == ["numpy"]
    assert folder.found() == [("requirements.txt", "declaration-encoding", "warning")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04\0\0", "declaration-encoding"),
        (b"a" * 1_000_001, "declaration-size"),
        (b"a\n" * 5_001, "declaration-size"),
    ],
)
def test_hostile_files_are_refused(folder: Folder, content: bytes, code: str) -> None:
    folder.file("rna/requirements.txt", content)
    assert [found for _, found, _ in folder.found()] == [code]


@pytest.mark.parametrize("line", ["numpy; " + "(" * 900, "numpy==1" + "0" * 5000, "a" + " " * 100_000 + "b"])
def test_a_line_that_is_too_much(folder: Folder, line: str) -> None:
    folder.file("rna/requirements.txt", f"{line}\npandas\n")
    assert folder.found() == [("requirements.txt, line 1", "declaration-line", "error")]
    assert folder.packages() == ["pandas"]


def read(content: bytes) -> list[str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "requirements.txt"
        path.write_bytes(content)
        return texts(read_requirements(path, "requirements.txt", path.parent).packages)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_anything_is_read_or_reported(content: bytes) -> None:
    assert isinstance(read(content), list)


@given(st.lists(NAMES, max_size=8, unique=True), st.sampled_from(["\n", "\r\n", "  # why\n", "\n\n"]))
def test_names_in_names_out(names: list[str], ending: str) -> None:
    assert read("".join(f"{name}{ending}" for name in names).encode()) == names


@given(st.text(string.printable, max_size=60))
def test_a_bad_line_harms_no_other(line: str) -> None:
    text = f"numpy\n{line.replace('-r', '').replace('-c', '')}".rstrip("\\\n") + "\n\npandas\n"
    found = read(text.encode())
    assert found[0] == "numpy"
    assert "pandas" in found
