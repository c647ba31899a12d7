import yaml  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from lite_site.courses.model import Declaration, Wanted
from lite_site.environment.server.export import as_conda, as_requirements
from lite_site.environment.server.package import ServerPackage

NUMPY = ServerPackage("numpy", "2.4.3", ("b" * 64, "a" * 64), ("pandas", "scipy"))
PANDAS = ServerPackage("pandas", "3.0.2", ("c" * 64,))
BIO = Declaration(
    channels=("bioconda",),
    conda=(
        Wanted("samtools>=1.20", "environment.yml"),
        Wanted("python=3.12", "x"),
        Wanted("conda-forge::r-base 4.*", "x"),
    ),
)


def test_requirements_are_what_pip_installs_with_hashes() -> None:
    assert as_requirements([PANDAS, NUMPY], "3.11") == (
        "# For CPython 3.11 on Linux (x86-64), made by Passerelle: pip install --require-hashes -r FILE\n"
        f"numpy==2.4.3 \\\n    --hash=sha256:{'a' * 64} \\\n    --hash=sha256:{'b' * 64}\n"
        "    # needed by pandas, scipy\n"
        f"pandas==3.0.2 \\\n    --hash=sha256:{'c' * 64}\n"
    )


def test_a_marker_stands_before_the_hashes() -> None:
    package = ServerPackage("six", "1.17.0", ("a" * 64,), (), 'python_version < "3.12"')
    assert 'six==1.17.0 ; python_version < "3.12" \\\n    --hash=' in as_requirements([package], "3.11")


def test_conda_gets_the_same_packages_and_its_own() -> None:
    written = yaml.safe_load(as_conda("rna", [PANDAS, NUMPY], BIO, "3.12"))
    assert written == {
        "name": "rna",
        "channels": ["conda-forge", "bioconda"],
        "dependencies": [
            "python=3.12",
            "pip",
            "conda-forge::r-base 4.*",
            "samtools>=1.20",
            {"pip": ["numpy==2.4.3", "pandas==3.0.2"]},
        ],
    }


def test_declared_channels_keep_their_order() -> None:
    declaration = Declaration(channels=("bioconda", "conda-forge"))
    assert yaml.safe_load(as_conda("rna", [], declaration, "3.11"))["channels"] == ["bioconda", "conda-forge"]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.permutations([NUMPY, PANDAS]))
def test_any_name_is_written_as_a_text_and_the_bytes_never_vary(name: str, packages: list[ServerPackage]) -> None:
    text = as_conda(name, packages, BIO, "3.11")
    assert text == as_conda(name, reversed(packages), BIO, "3.11")
    assert as_requirements(packages, "3.11") == as_requirements(reversed(packages), "3.11")
    assert yaml.safe_load(text)["name"] == name
