import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.notebooks.code.shell import shell_facts, words_facts

from .asking import facts_of, of_kind, subjects


@pytest.mark.parametrize(
    ("code", "requirements"),
    [
        ("!pip install pandas", ["pandas"]),
        ("!pip install -q -U pandas numpy==1.26  # enough", ["numpy==1.26", "pandas"]),
        ("!pip3 install --upgrade --user x", ["x"]),
        ("!python -m pip install x", ["x"]),
        ("!{sys.executable} -m pip install x", ["x"]),
        ("! pip install x", ["x"]),
        ("!!pip install x", ["x"]),
        ("%pip install x y", ["x", "y"]),
        ("pip install x", ["x"]),
        ("%pip install -r requirements.txt", ["-r requirements.txt"]),
        ("!pip install -e .", ["-e ."]),
        ("!pip install 'x>=1.0,<2' \"y[extra]~=3.0\"", ["x>=1.0,<2", "y[extra]~=3.0"]),
        ("!pip install x>=1.0", ["x>=1.0"]),
        ("!pip install x >= 1.0", ["x>=1.0"]),
        ("!pip install x > /dev/null 2>&1", ["x"]),
        ("!pip install x | tail -n 1", ["x"]),
        ("!pip install x && pip install y; pip install z", ["x", "y", "z"]),
        ("!pip install git+https://git.example/a/b.git@v1#egg=b", ["git+https://git.example/a/b.git@v1#egg=b"]),
        ("!pip install --index-url https://a.example x", ["x"]),
        ("!pip install $name {other} x", ["x"]),
        ("!pip install x \\\n    y", ["x", "y"]),
        ("!conda install -y -c conda-forge -c bioconda x=1.2 y", ["x=1.2", "y"]),
        ("!mamba install --yes -n base x", ["x"]),
        ("%conda install x", ["x"]),
        ("%mamba install x", ["x"]),
        ("!conda install --file requirements.txt", ["-r requirements.txt"]),
        ("!uv pip install x", ["x"]),
        ("import os\nos.system('pip install x')", ["x"]),
        (
            "import subprocess, sys\nsubprocess.check_call([sys.executable, '-m', 'pip', 'install', 'x', 'y'])",
            ["x", "y"],
        ),
        ("import subprocess\nsubprocess.run('pip install x', shell=True)", ["x"]),
        ("import micropip\nawait micropip.install(['x', 'y'])", ["x", "y"]),
        ("get_ipython().system('pip install x')", ["x"]),
        ("get_ipython().run_line_magic('pip', 'install x')", ["x"]),
        ("!pip list", []),
        ("!pip uninstall -y x", []),
        ("%pip freeze", []),
    ],
)
def test_one_fact_a_requirement(code: str, requirements: list[str]) -> None:
    assert subjects("install", code) == requirements
    assert subjects("program", code) == []


@pytest.mark.parametrize(
    ("code", "program", "manner"),
    [
        ("!ls", "ls", "!"),
        ("!ls   -l    data", "ls -l data", "!"),
        ("ls data", "ls data", "!"),
        ("ls -l", "ls -l", "!"),
        ("cat notes.txt", "cat notes.txt", "!"),
        ("files = !ls *.csv", "ls *.csv", "!"),
        ("%sx ls", "ls", "%sx"),
        ("!samtools view -h x.bam | head -n 3", "samtools view -h x.bam | head -n 3", "!"),
        ("!apt-get install -y samtools", "apt-get install -y samtools", "!"),
        ("!conda create -n x python", "conda create -n x python", "!"),
        ("!python script.py", "python script.py", "!"),
        ("%%bash\n# first\n\nset -e\nsamtools index x.bam", "samtools index x.bam", "%%bash"),
        ("%%sh\nls", "ls", "%%sh"),
        ("%%bash\nls data\nsamtools index x.bam", "samtools index x.bam", "%%bash"),
        ("%%bash\nls data\ncat x | sort", "cat x | sort", "%%bash"),
        ("%%script bash --no-raise-error\nls", "bash --no-raise-error", "%%script"),
        ("%%perl\nprint 1", "print 1", "%%perl"),
        ("import subprocess\nsubprocess.run(['samtools', 'index', f])", "samtools index …", "subprocess.run"),
        ("from subprocess import run\nrun('ls -l', shell=True)", "ls -l", "subprocess.run"),
        ("import subprocess as sp\nsp.check_output(command)", "subprocess.check_output", "subprocess.check_output"),
        ("import os\nos.system('ls')", "ls", "os.system"),
        ("import os\nos.popen('date').read()", "date", "os.popen"),
        ("import os\nos.fork()", "os.fork", "os.fork"),
        ("cmd = 'bwa mem ref.fa'\nimport os\nos.system(cmd + ' x.fq')", "bwa mem ref.fa x.fq", "os.system"),
    ],
)
def test_programs(code: str, program: str, manner: str) -> None:
    (fact,) = of_kind("program", code)
    assert (fact.subject, fact.manner) == (program, manner)


def test_a_long_command_is_cut() -> None:
    (fact,) = of_kind("program", "!echo " + "a" * 500)
    assert len(fact.subject) == 120


def test_a_shell_cell_is_nothing_else() -> None:
    assert [fact.kind for fact in facts_of("%%bash\nimport numpy\nopen x\npip install y")] == ["program"]


def test_a_download_by_command() -> None:
    facts = facts_of("!wget -q https://a.example/d/x.csv")
    assert [(fact.kind, fact.subject) for fact in facts] == [
        ("address", "https://a.example/d/x.csv"),
        ("program", "wget -q https://a.example/d/x.csv"),
        ("writes", "x.csv"),
    ]
    assert subjects("writes", "!curl -s -o y.csv https://a.example/x.csv") == ["y.csv"]
    assert subjects("writes", "!curl https://a.example/x.csv") == []


def test_the_driver_of_a_card_tells_of_a_card() -> None:
    assert subjects("gpu", "!nvidia-smi -L") == ["nvidia-smi"]


@pytest.mark.parametrize("code", ["import shutil\nshutil.which('git')", "import os\nos.getcwd()", "system = 3\nls = 4"])
def test_no_program(code: str) -> None:
    assert of_kind("program", code) == []


@given(st.text())
def test_any_command_is_survived(command: str) -> None:
    for fact in (*shell_facts(command), *words_facts([command, command], "subprocess.run")):
        assert len(fact.subject) <= 4_000
