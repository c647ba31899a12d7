import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.courses.declaration.matchspec import MatchSpec, parse_spec, pip_versions


@pytest.mark.parametrize(
    ("text", "written", "pip"),
    [
        ("numpy", "numpy", ""),
        ("NumPy", "numpy", ""),
        ("numpy=1.26", "numpy=1.26", "==1.26.*"),
        ("numpy = 1.26", "numpy=1.26", "==1.26.*"),
        ("numpy=1.26.*", "numpy=1.26.*", "==1.26.*"),
        ("numpy==1.26", "numpy==1.26", "==1.26"),
        ("numpy 1.26", "numpy==1.26", "==1.26"),
        ("numpy 1.26.*", "numpy==1.26.*", "==1.26.*"),
        ("numpy=1.26.4=py311h64a7726_0", "numpy==1.26.4", "==1.26.4"),
        ("numpy==1.26.4=py311h64a7726_0", "numpy==1.26.4", "==1.26.4"),
        ("numpy 1.26.4 py311_0", "numpy==1.26.4", "==1.26.4"),
        ("numpy=1.11.*=*_mkl", "numpy=1.11.*", "==1.11.*"),
        ("numpy >=1.19, <2", "numpy>=1.19,<2", "<2,>=1.19"),
        ("numpy=>=1.19", "numpy>=1.19", ">=1.19"),
        ("numpy>=1.19.*", "numpy>=1.19.*", ">=1.19"),
        ("numpy>=1.2 py*", "numpy>=1.2", ">=1.2"),
        ("numpy!=1.2.*", "numpy!=1.2.*", "!=1.2.*"),
        ("numpy~=1.2", "numpy~=1.2", "~=1.2"),
        ("numpy=*", "numpy", ""),
        ("blas=*=openblas", "blas", ""),
        ("a=1.0rc1", "a=1.0rc1", "==1.0rc1"),
        ("a=1!2.3", "a=1!2.3", "==1!2.3.*"),
        ("conda-forge::samtools>=1.19", "conda-forge::samtools>=1.19", ">=1.19"),
        ("conda-forge/linux-64::x", "conda-forge/linux-64::x", ""),
        ("https://example.org/t/tk-1234/x::y", "y", ""),
        ("numpy[version='>=1.2,<2', build=x]", "numpy>=1.2,<2", "<2,>=1.2"),
    ],
)
def test_what_conda_writes_and_pip_would(text: str, written: str, pip: str) -> None:
    spec = parse_spec(text)
    assert spec is not None
    assert (str(spec), str(pip_versions(spec.version))) == (written, pip)


@pytest.mark.parametrize("version", ["=1.2|1.3", "==2024a.b.c_d"])
def test_what_pip_cannot_say(version: str) -> None:
    assert pip_versions(version) is None


@pytest.mark.parametrize("text", ["", "=1", "-r x.txt", "foo bar baz", "numpy pandas", "numpy>", "a" * 400, "*", "é"])
def test_no_specification(text: str) -> None:
    assert parse_spec(text) is None


@given(st.text(max_size=60))
def test_any_text_is_a_specification_or_none(text: str) -> None:
    spec = parse_spec(text)
    assert spec is None or isinstance(pip_versions(spec.version), object)


@given(
    st.from_regex(r"[a-z][a-z0-9_.-]{0,20}", fullmatch=True),
    st.lists(st.integers(0, 3000), min_size=1, max_size=4).map(lambda numbers: ".".join(map(str, numbers))),
    st.sampled_from(["=", "==", ">=", "<", " "]),
)
def test_names_and_versions_survive(name: str, version: str, operator: str) -> None:
    spec = parse_spec(f"{name}{operator}{version}")
    assert spec is not None
    assert spec.name == name
    assert parse_spec(str(spec)) == MatchSpec(name, f"=={version}" if operator == " " else f"{operator}{version}")
