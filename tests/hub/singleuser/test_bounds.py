import subprocess
import sys
from pathlib import Path

import pytest

START = """
from pathlib import Path
from fallback_hub.singleuser.bounds import set_bounds
from fallback_hub.singleuser.surroundings import Surroundings
set_bounds(Surroundings("rna", Path("/"), "", max_file_bytes=1_000_000, memory=800_000_000))
import os, resource, subprocess, sys
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", START + code], capture_output=True, text=True, check=False, timeout=60)


def test_memory_over_the_profiles_is_a_memory_error_not_a_dead_machine() -> None:
    said = run("try:\n    bytearray(2_000_000_000)\nexcept MemoryError:\n    print('held')")
    assert said.stdout == "held\n", said.stderr


def test_what_is_started_inherits_the_limits_and_cant_raise_them() -> None:
    inner = "import resource; resource.setrlimit(resource.RLIMIT_DATA, (resource.RLIM_INFINITY,) * 2)"
    said = run(
        "print(resource.getrlimit(resource.RLIMIT_DATA))\n"
        "if not os.geteuid(): os.setuid(65534)\n"
        f"print(subprocess.run(['/usr/bin/python3', '-c', {inner!r}], stderr=subprocess.DEVNULL).returncode)"
    )
    assert said.stdout == "(800000000, 800000000)\n1\n", said.stderr


def test_files_cores_and_manners(tmp_path: Path) -> None:
    said = run(
        f"print(resource.getrlimit(resource.RLIMIT_CORE), os.nice(0))\n"
        f"try:\n    open({str(tmp_path / 'big')!r}, 'wb', buffering=0).write(b'x' * 2_000_000)\n"
        f"    open({str(tmp_path / 'big')!r}, 'ab', buffering=0).write(b'x')\n"
        "except OSError as error:\n    print(error.strerror)\n"
        f"print(oct(os.stat({str(tmp_path / 'big')!r}).st_mode & 0o777))"
    )
    assert said.stdout == "(0, 0) 10\nFile too large\n0o600\n", said.stderr


def test_a_profile_smaller_than_jupyterlab_itself_still_starts_it() -> None:
    code = START.replace("800_000_000", "1_000_000") + "print(resource.getrlimit(resource.RLIMIT_DATA)[0])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(said.stdout) == 700_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="Linux's setrlimit")
def test_no_limit_where_none_is_said() -> None:
    code = START.replace("memory=800_000_000", "memory=0") + "print(resource.getrlimit(resource.RLIMIT_DATA)[0])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "-1\n"
