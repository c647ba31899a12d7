"""Every reason: what makes it, what it argues for, and that it is said whole in both languages."""

import re

import pytest

from lite_site.courses.model import Reason, Where, Word
from lite_site.language import LANGUAGES
from lite_site.notebooks.facts import Fact
from lite_site.placement.place import place
from lite_site.placement.proof import Proof
from lite_site.placement.sentences import SENTENCES
from lite_site.placement.surroundings import Surroundings
from tests.placement.samples import a_lesson, surroundings, the_reason

GPU = 'torch.device("cuda")'
NOTHING = surroundings()
HEAVY = surroundings(heavy={"reads.fastq": 2_100_000_000})
LITTLE = surroundings(heavy={"x.csv": 20_000})
TABLE = surroundings({"data/table.csv": 60_000_000})
SMALL = surroundings({"data/table.csv": 20_000})
CONDA = surroundings(conda=("bioconda::pybedtoolz>=0.9",))


def from_fact(fact: Fact, code: str, around: Surroundings = NOTHING) -> Reason:
    return the_reason(place(a_lesson(fact), around), code)


CASES: list[tuple[str, Where | None, Fact, Surroundings, str]] = [
    ("kernel-language", "cluster", Fact(3, "language", "R"), NOTHING, "The code is in R, although"),
    (
        "kernel-language",
        "cluster",
        Fact(3, "language", "cython", "%%cython"),
        NOTHING,
        "This cell is written in Cython;",
    ),
    ("import-no-wheel", "cluster", Fact(3, "import", "torch.nn"), NOTHING, "torch is compiled code, "),
    ("import-no-wheel", "cluster", Fact(3, "import", "scanpy"), NOTHING, "scanpy needs numba, "),
    ("import-no-wheel", "cluster", Fact(3, "import", "sklearn.lda"), NOTHING, "sklearn.lda isn’t in scikit-learn 1."),
    ("import-no-wheel", "cluster", Fact(3, "import", "cupy"), NOTHING, "cupy computes on a graphics card, "),
    ("import-no-wheel", "cluster", Fact(3, "import", "pyspark.sql"), NOTHING, "pyspark starts Java, "),
    ("import-no-wheel", "cluster", Fact(3, "import", "ray"), NOTHING, "ray shares work between "),
    ("import-no-wheel", "cluster", Fact(3, "import", "numba"), NOTHING, "numba compiles functions "),
    ("import-no-wheel", "cluster", Fact(3, "import", "rpy2"), NOTHING, "rpy2 calls R, "),
    ("import-no-wheel", "cluster", Fact(3, "import", "psycopg2"), NOTHING, "psycopg2 speaks with a database "),
    ("import-no-wheel", "cluster", Fact(3, "import", "serial"), NOTHING, "serial speaks with a device "),
    ("import-no-wheel", "cluster", Fact(3, "import", "flask"), NOTHING, "flask starts a server "),
    ("import-no-wheel", "cluster", Fact(3, "import", "graphviz"), NOTHING, "graphviz calls the program Graphviz"),
    ("import-no-wheel", "cluster", Fact(3, "import", "ipympl"), NOTHING, "ipympl draws with a JupyterLab extension"),
    ("import-no-wheel", "cluster", Fact(3, "import", "plotly.express"), NOTHING, "plotly could run in the browser"),
    (
        "import-no-wheel",
        "cluster",
        Fact(3, "import", "distutils.core"),
        NOTHING,
        "The module distutils has left Python",
    ),
    ("import-no-wheel", "cluster", Fact(3, "import", "pwd"), NOTHING, "The browser’s Python has no module pwd"),
    (
        "import-no-wheel",
        "cluster",
        Fact(3, "import", "multiprocessing.shared_memory"),
        NOTHING,
        "The browser’s Python has no module multiprocessing.shared_memory",
    ),
    (
        "import-no-wheel",
        "cluster",
        Fact(3, "import", "nunpy"),
        NOTHING,
        "No module named nunpy is known; perhaps numpy",
    ),
    ("import-no-wheel", "cluster", Fact(3, "import", "maths"), NOTHING, "No module named maths is known; perhaps math"),
    ("import-no-wheel", "cluster", Fact(3, "import", "labo_ecophy"), NOTHING, "No package that this site knows"),
    ("import-no-wheel", "cluster", Fact(3, "import", "pybedtoolz"), CONDA, "pybedtoolz comes from Conda only"),
    (
        "import-no-wheel",
        "cluster",
        Fact(3, "import", "outils"),
        surroundings(modules={"src/outils.py": ()}),
        "The module outils is in another folder of the course (src/outils.py)",
    ),
    (
        "import-no-wheel",
        "cluster",
        Fact(3, "import", "labo_ecophy"),
        surroundings(declared=("labo-ecophy>=1",)),
        "The course asks for labo_ecophy, but this site has no version",
    ),
    (
        "import-no-wheel",
        "cluster",
        Fact(3, "import", "openpyxl", "pandas.read_excel"),
        NOTHING,
        "pandas.read_excel needs the module openpyxl. openpyxl could run in the browser",
    ),
    (
        "import-other-version",
        "cluster",
        Fact(3, "import", "pandas"),
        surroundings(declared=("pandas<2",)),
        "The course asks for pandas<2; the browser has pandas 3.",
    ),
    (
        "import-other-version",
        None,
        Fact(3, "import", "pandas"),
        surroundings(declared=("pandas==3.0.99",)),
        "The course was pinned to pandas==3.0.99; the browser has pandas 3.",
    ),
    ("desktop", "cluster", Fact(3, "import", "turtle"), NOTHING, "turtle opens a window or needs a screen"),
    ("desktop", "cluster", Fact(3, "desktop", "cv2.imshow"), NOTHING, "cv2.imshow opens a window"),
    (
        "plots-inline",
        None,
        Fact(3, "desktop", "%matplotlib qt"),
        NOTHING,
        "%matplotlib qt asks for another kind of figure",
    ),
    ("import-elsewhere", "cluster", Fact(3, "import", "google.colab"), NOTHING, "The module google.colab only exists"),
    ("import-elsewhere", "cluster", Fact(3, "import", "winsound"), NOTHING, "The module winsound only exists on Win"),
    ("import-elsewhere", "cluster", Fact(3, "import", "microbit"), NOTHING, "The module microbit only exists on a mi"),
    ("program", "cluster", Fact(3, "program", "samtools view x.bam", "!"), NOTHING, "It runs “samtools view x.bam”"),
    ("program", "cluster", Fact(3, "program", "ls", "os.execv"), surroundings(runs=("ls",)), "It runs “ls”"),
    ("program", "cluster", Fact(3, "program", "os.system", "os.system"), NOTHING, "It starts a program with os.system"),
    ("program-shows", None, Fact(3, "program", "tree -d", "!"), NOTHING, "“tree -d” only shows something"),
    ("program-shows", None, Fact(3, "program", "cls", "os.system"), NOTHING, "“cls” only shows something"),
    ("file-heavy", "cluster", Fact(3, "reads", "reads.fastq", "open"), HEAVY, "reads.fastq weighs 2.1 GB, over"),
    ("file-heavy", "cluster", Fact(3, "reads", "data/*.csv", "glob.glob"), TABLE, "table.csv weighs 60 MB, over"),
    (
        "memory",
        "cluster",
        Fact(3, "memory", "8000000000", "numpy.zeros"),
        NOTHING,
        "Its data take about 8 GB of memory",
    ),
    ("memory", None, Fact(3, "memory", "400000000", "numpy.zeros"), NOTHING, "Its data take about 400 MB of memory"),
    ("file-absolute", "cluster", Fact(3, "reads", "/shared/x.csv", "open"), NOTHING, "It reads /shared/x.csv, a place"),
    ("file-absolute", "cluster", Fact(3, "reads", "C:\\eleves\\x.csv", "open"), NOTHING, "It reads C:\\eleves\\x.csv"),
    ("file-absolute", "cluster", Fact(3, "reads", "~/x.csv", "open"), NOTHING, "It reads ~/x.csv, a place"),
    ("file-absolute", "cluster", Fact(3, "writes", "/shared/x.csv", "open"), NOTHING, "It writes /shared/x.csv"),
    ("file-outside", "cluster", Fact(3, "reads", "../x.csv", "open"), NOTHING, "It reads ../x.csv, which is outside"),
    ("file-missing", "cluster", Fact(3, "reads", "x.csv", "open"), SMALL, "It reads x.csv, which isn’t among"),
    (
        "file-missing",
        "cluster",
        Fact(3, "reads", "Data/Table.CSV", "open"),
        SMALL,
        "It reads Data/Table.CSV; the course",
    ),
    (
        "network",
        "cluster",
        Fact(3, "address", "https://a.org/b?c", "requests.get"),
        NOTHING,
        "It fetches https://a.org/b;",
    ),
    (
        "network",
        "cluster",
        Fact(3, "address", "tips", "seaborn.load_dataset"),
        NOTHING,
        "seaborn.load_dataset downloads",
    ),
    ("network", "cluster", Fact(3, "address", "requests.get", "requests.get"), NOTHING, "It fetches something with"),
    ("gpu", "cluster", Fact(3, "gpu", GPU), NOTHING, f"It asks for a graphics card ({GPU})"),
    ("process", "cluster", Fact(3, "process", "multiprocessing.Pool"), NOTHING, "It starts other processes"),
    ("thread", "cluster", Fact(3, "thread", "threading.Thread"), NOTHING, "It starts threads"),
    ("socket", "cluster", Fact(3, "socket", "socket.socket"), NOTHING, "It opens network connections"),
    (
        "import-optional",
        None,
        Fact(3, "import", "torch", optional=True),
        NOTHING,
        "The browser doesn’t have the module",
    ),
    (
        "import-optional",
        None,
        Fact(3, "import", "ujsonx", otherwise=("json",)),
        NOTHING,
        "The browser doesn’t have the",
    ),
    ("cell-unparsable", None, Fact(3, "unparsable", "line 1: eof", "other"), NOTHING, "This cell isn’t valid Python"),
    ("cell-unparsable", None, Fact(3, "unparsable", "line 1", "blanks"), NOTHING, "This cell has blanks to fill in"),
    ("python2", None, Fact(3, "unparsable", "print", "python2"), NOTHING, "This cell is written for Python 2"),
    ("syntax-newer", None, Fact(3, "unparsable", "f-string", "newer"), NOTHING, "This cell needs a recent Python"),
    (
        "installs",
        None,
        Fact(3, "install", "numpy==1.26", "%pip"),
        NOTHING,
        "It installs numpy; in the browser, version 2",
    ),
    ("asks-input", None, Fact(3, "input", "input"), NOTHING, "It asks the reader to type"),
    (
        "shows-other-site",
        None,
        Fact(3, "shows", "https://a.org/film"),
        NOTHING,
        "It shows something from https://a.org",
    ),
]


@pytest.mark.parametrize(("code", "argues", "fact", "around", "start"), CASES, ids=lambda value: str(value)[:40])
def test_a_fact_gives_its_reason(code: str, argues: Where | None, fact: Fact, around: Surroundings, start: str) -> None:
    reason = from_fact(fact, code, around)
    assert (reason.argues, reason.cell) == (argues, 3)
    assert reason.text.in_language("en").replace("\u00a0", " ").startswith(start)


def all_reasons() -> list[Reason]:
    reasons = [from_fact(fact, code, around) for code, _argues, fact, around, _start in CASES]
    for word, proof in (
        (Word("browser"), None),
        (Word("cluster"), None),
        (Word(profile="gpu"), None),
        (Word(), Proof("ran")),
        (Word(), Proof("failed", 3, "KeyError: 'x'")),
        (Word(), Proof("failed", None, "took more than 120 s")),
    ):
        lesson = a_lesson(Fact(2, "import", "torch"), word=word)
        reasons += place(lesson, surroundings(proof=proof)).reasons
    reasons += place(a_lesson(kernel="R"), NOTHING).reasons
    for facts in ((), ("numpy",), ("numpy", "data/table.csv"), ("data/table.csv",)):
        found = [Fact(1, "reads" if "/" in name else "import", name, "pandas.read_csv") for name in facts]
        reasons += place(a_lesson(*found), SMALL).reasons
    return reasons


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_whole_in_both_languages(language: str) -> None:
    for reason in all_reasons():
        for text in (reason.text, reason.change):
            if text is not None:
                said = text.by_language["fr" if language == "fr" else "en"]
                assert said.endswith((".", "”.", "».")), said
                assert not re.search(r"%\(|\{|\bNone\b", said), said


def test_french_is_not_english() -> None:
    for reason in all_reasons():
        assert reason.text.in_language("fr") != reason.text.in_language("en")


def test_every_wording_is_reached_by_some_reason() -> None:
    said = {reason.code for reason in all_reasons()}
    assert {key.partition(".")[0] for key in SENTENCES} == said


def test_a_hidden_need_that_the_browser_has_is_no_reason() -> None:
    placement = place(a_lesson(Fact(1, "import", "matplotlib", "DataFrame.plot")), NOTHING)
    assert placement.where == "browser"


def test_a_figure_of_another_kind_is_no_reason() -> None:
    assert place(a_lesson(Fact(1, "import", "ipympl", "%matplotlib")), NOTHING).where == "browser"
    assert place(a_lesson(Fact(1, "import", "ipympl")), NOTHING).where == "cluster"


@pytest.mark.parametrize("manner", ["!", "%sx", "subprocess.check_output", "os.system"])
def test_a_command_the_browser_knows_is_no_reason(manner: str) -> None:
    placement = place(a_lesson(Fact(1, "program", "ls data", manner)), surroundings(runs=("ls",)))
    assert [reason.code for reason in placement.reasons] == ["fits"]


def test_a_download_the_course_makes_needless_is_no_reason() -> None:
    fact = Fact(2, "address", "https://a.org/table.csv", "urllib.request.urlretrieve", otherwise=("data/table.csv",))
    assert place(a_lesson(fact), SMALL).where == "browser"
    assert place(a_lesson(fact), NOTHING).where == "cluster"


def test_a_card_behind_an_import_done_without_is_no_reason() -> None:
    facts = (Fact(1, "import", "cupy", otherwise=("numpy",)), Fact(1, "gpu", "cupy"), Fact(2, "gpu", "cupy.asarray"))
    assert place(a_lesson(*facts), NOTHING).where == "browser"


def test_a_device_is_not_taken_for_a_window() -> None:
    placement = place(a_lesson(Fact(1, "import", "microbit"), Fact(1, "desktop", "microbit")), NOTHING)
    assert [reason.code for reason in placement.reasons] == ["import-elsewhere"]


def test_a_version_that_fits_is_no_reason() -> None:
    around = surroundings(declared=("pandas>=2", "numpy; python_version<'3'", "not a requirement", "pillow>1000"))
    placement = place(a_lesson(Fact(1, "import", "pandas"), Fact(1, "import", "numpy")), around)
    assert [reason.code for reason in placement.reasons] == ["fits"]


def test_the_kernels_own_packages_come_as_they_are() -> None:
    placement = place(a_lesson(Fact(1, "import", "IPython.display")), surroundings(declared=("ipython<8",)))
    assert placement.where == "browser"


def test_other_names_for_packages_are_known() -> None:
    modules = ("sklearn", "PIL", "Bio.SeqIO", "yaml", "bs4", "skimage", "cv2", "dateutil", "mpl_toolkits.mplot3d")
    assert place(a_lesson(*(Fact(1, "import", name) for name in modules)), NOTHING).where == "browser"


def test_a_name_that_packages_share_is_told_by_its_next_part() -> None:
    assert place(a_lesson(Fact(1, "import", "google.protobuf.message")), NOTHING).where == "browser"
    assert place(a_lesson(Fact(1, "import", "google.cloud.storage")), NOTHING).where == "cluster"


def test_long_addresses_and_commands_are_cut() -> None:
    long = f"https://a.org/{'folder/' * 30}table.csv"
    said = from_fact(Fact(1, "address", long, "requests.get"), "network").text.in_language("en")
    assert "https://a.org/…/table.csv" in said
    said = from_fact(Fact(1, "program", "samtools " + "x" * 90, "!"), "program").text.in_language("en")
    assert "xxx…”" in said
