import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from lite_site.runtime import pip
from lite_site.runtime.indexes import Indexes, read_indexes

PRINTED = """\
:env:.default-timeout='180'
:env:.index-url='https://me:secret@mirror.example/simple'
global.cert='/etc/ssl/school.pem'
global.extra-index-url='https://a.example/simple https://b.example/simple'
global.index-url='https://elsewhere.example/simple'
global.proxy='http://proxy.example:3128'
global.trusted-host='mirror.example'
install.no-index='true'
freeze.index-url='https://not.this.one/simple'
"""


def test_the_environment_outweighs_the_files_as_in_pip() -> None:
    indexes = read_indexes(PRINTED)
    assert indexes.url == "https://me:secret@mirror.example/simple"
    assert indexes.further == ("https://a.example/simple", "https://b.example/simple")
    assert (indexes.certificates, indexes.proxy) == ("/etc/ssl/school.pem", "http://proxy.example:3128")
    assert (indexes.trusted, indexes.none) == (("mirror.example",), True)


def test_a_folder_of_wheels_that_is_not_there_is_passed_over(tmp_path: Path) -> None:
    printed = f"global.find-links={f'{tmp_path} {tmp_path}/gone https://wheels.example/'!r}\n"
    assert read_indexes(printed).folders == (str(tmp_path), "https://wheels.example/")


def test_uv_reads_the_same_settings() -> None:
    written = tomllib.loads(read_indexes(PRINTED).as_uv_toml())
    assert written["pip"]["index-url"] == "https://me:secret@mirror.example/simple"
    assert written["pip"]["index-strategy"] == "unsafe-best-match", "pip hears all indexes"
    assert written["https-proxy"] == "http://proxy.example:3128"
    assert written["allow-insecure-host"] == ["mirror.example"]
    assert written["system-certs"] is True
    assert "index-url" not in tomllib.loads(Indexes().as_uv_toml())["pip"]


@given(st.text())
def test_whatever_is_printed_is_read_without_a_fault(printed: str) -> None:
    tomllib.loads(read_indexes(printed).as_uv_toml())


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_a_setting_is_read_as_pip_prints_it(value: str) -> None:
    assert (read_indexes(f"global.proxy={value!r}\n").proxy or "") == value.strip()


def test_pip_prints_what_is_read() -> None:
    assert isinstance(read_indexes(pip.configuration()), Indexes)
