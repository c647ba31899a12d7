from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallback_hub.courses import HubCourse
from fallback_hub.environments.requirements import (
    Requirements,
    RequirementsError,
    parse_requirements,
    read_requirements,
)
from fallback_hub.problems import HubError

ONE, TWO = "1" * 64, "2" * 64
AS_WRITTEN = f"""# For CPython 3.11 on Linux
numpy==2.4.3 \\
    --hash=sha256:{ONE} \\
    --hash=sha256:{TWO}
    # needed by pandas

tomli==2.0.1 ; python_version < "3.11" \\
    --hash=sha256:{TWO}
"""


def course(requirements: Path | None) -> HubCourse:
    return HubCourse("rna", {"en": "RNA"}, "en", (), (), requirements, "", "3.11", Path("/site/rna"))


def test_what_lock_writes_is_read_with_all_hashes_and_markers() -> None:
    numpy, tomli = parse_requirements(AS_WRITTEN)
    assert (numpy.requirement, numpy.hashes) == ("numpy==2.4.3", (ONE, TWO))
    assert tomli.requirement == 'tomli==2.0.1; python_version < "3.11"'


@pytest.mark.parametrize(
    "line",
    [
        "numpy==2.4.3",
        "numpy>=2 --hash=sha256:" + ONE,
        "numpy==2.* --hash=sha256:" + ONE,
        "numpy==2.4.3 --hash=md5:" + ONE[:32],
        "--index-url https://elsewhere.example/simple",
        "--extra-index-url=https://elsewhere.example/simple --hash=sha256:" + ONE,
        "-r /etc/shadow",
        "-e /srv/evil",
        "--find-links /srv/evil",
        "./evil.whl --hash=sha256:" + ONE,
        "evil @ https://elsewhere.example/evil.whl --hash=sha256:" + ONE,
        "numpy==2.4.3 --hash=sha256:" + ONE + " --config-settings=x=y",
        "numpy==2.4.3 ; os.system('x') --hash=sha256:" + ONE,
        "",
    ],
)
def test_anything_but_exact_versions_with_hashes_is_refused(line: str) -> None:
    with pytest.raises(RequirementsError):
        parse_requirements(line)


def test_the_line_is_named() -> None:
    with pytest.raises(RequirementsError, match="line 5"):
        parse_requirements(AS_WRITTEN.replace("    # needed by pandas\n", "pandas==3.0.2\n").replace("\n\n", "\n"))


@given(st.text(max_size=200))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    try:
        packages = parse_requirements(text)
    except RequirementsError:
        return
    for package in packages:
        assert "==" in package.requirement
        assert all(len(digest) == 64 for digest in package.hashes)


def test_what_uv_gets_reads_as_the_same_packages() -> None:
    packages = parse_requirements(AS_WRITTEN)
    assert parse_requirements(Requirements("3.11", packages).text) == packages


def test_the_digest_follows_packages_and_python_and_nothing_else() -> None:
    packages = parse_requirements(AS_WRITTEN)
    same = Requirements("3.11", packages[::-1])
    assert Requirements("3.11", packages).digest == same.digest
    assert Requirements("3.12", packages).digest != same.digest
    assert Requirements("3.11", packages[:1]).digest != same.digest


def test_a_course_without_a_list_is_told_how_to_get_one() -> None:
    with pytest.raises(HubError, match="passerelle lock"):
        read_requirements(course(None))


def test_a_list_that_is_gone_or_broken_is_a_problem_not_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(HubError, match="can't be read"):
        read_requirements(course(tmp_path / "requirements.txt"))
    (tmp_path / "requirements.txt").write_text("-r /etc/shadow")
    with pytest.raises(HubError, match="line 1") as caught:
        read_requirements(course(tmp_path / "requirements.txt"))
    assert caught.value.problems[0].code == "hub-requirements-malformed"
