"""The verdict: who has the say, in what order the reasons come, how sure it is."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.courses.model import Confidence, Placement, Profile, Word
from lite_site.language import Text
from lite_site.notebooks.facts import Fact, FactKind
from lite_site.placement.place import place
from lite_site.placement.proof import Proof
from tests.placement.samples import a_lesson, codes, placed, surroundings, the_reason

TORCH = Fact(4, "import", "torch")
NUMPY = Fact(1, "import", "numpy")


def test_what_the_browser_has_stays_in_the_browser() -> None:
    around = surroundings({"a.csv": 3_000_000})
    placement = placed(NUMPY, Fact(2, "import", "pandas"), Fact(3, "reads", "a.csv", "pandas.read_csv"), around=around)
    assert (placement.where, placement.profile, placement.confidence) == ("browser", None, "high")
    assert the_reason(placement, "fits").text.in_language("en") == (
        "It runs in the browser with numpy and pandas; its data weigh 3\u00a0MB."
    )
    assert the_reason(placement, "fits").text.in_language("fr") == (
        "La leçon s’exécute dans le navigateur avec numpy et pandas\u202f; ses données pèsent 3\u00a0Mo."
    )


def test_plain_python_asks_for_nothing() -> None:
    assert placed(Fact(1, "import", "math")) == placed()
    assert the_reason(placed(), "fits").text.in_language("en") == "It asks for nothing that the browser doesn’t have."


def test_any_reason_for_the_cluster_sends_it_there() -> None:
    placement = placed(NUMPY, TORCH)
    assert (placement.where, placement.profile, placement.confidence) == ("cluster", "standard", "high")
    assert the_reason(placement, "import-no-wheel").subject == "torch"
    assert "fits" not in codes(placement)


def test_another_language_goes_to_the_cluster() -> None:
    placement = place(a_lesson(kernel="julia"), surroundings())
    assert (placement.where, placement.confidence) == ("cluster", "high")
    assert (
        the_reason(placement, "kernel-language").text.in_language("en").startswith("This lesson is written in Julia;")
    )


def test_the_teachers_word_wins() -> None:
    cluster = placed(NUMPY, word=Word("cluster"))
    assert (cluster.where, cluster.profile, cluster.confidence) == ("cluster", "standard", "high")
    assert codes(cluster) == ["teacher"]
    browser = placed(TORCH, Fact(5, "program", "samtools", "!"), word=Word("browser"))
    assert (browser.where, browser.profile) == ("browser", None)
    assert codes(browser) == ["teacher", "import-no-wheel", "program", "teacher-contradicts"]
    assert the_reason(browser, "teacher-contradicts").text.in_language("en").endswith(": torch and samtools.")


def test_the_teacher_says_it_in_their_own_words() -> None:
    reason = the_reason(placed(word=Word("cluster", reason=Text({"fr": "Tous ensemble."}))), "teacher")
    assert reason.text.in_language("en") == "Tous ensemble."


def test_a_failed_proof_beats_a_clean_reading_and_a_word_beats_the_proof() -> None:
    around = surroundings(proof=Proof("failed", 3, "KeyError: 'x'"))
    placement = placed(NUMPY, around=around)
    assert (placement.where, placement.confidence, placement.proven) == ("cluster", "high", False)
    assert "cell 3 stopped with an error: “KeyError: 'x'”" in placement.reasons[0].text.in_language("en")
    assert placed(NUMPY, around=around, word=Word("browser")).where == "browser"


def test_what_has_run_is_proven() -> None:
    placement = placed(NUMPY, Fact(2, "unparsable", "", "blanks"), around=surroundings(proof=Proof("ran")))
    assert (placement.where, placement.confidence, placement.proven) == ("browser", "high", True)
    assert codes(placement)[0] == "proven"


def test_a_teachers_browser_that_ran_is_no_contradiction() -> None:
    placement = placed(TORCH, around=surroundings(proof=Proof("ran")), word=Word("browser"))
    assert "teacher-contradicts" not in codes(placement)


def test_reasons_for_the_verdict_come_first_and_each_once() -> None:
    placement = placed(
        Fact(1, "input", "input"), Fact(9, "program", "samtools index", "!"), TORCH, Fact(2, "program", "samtools", "!")
    )
    assert [(reason.code, reason.cell) for reason in placement.reasons] == [
        ("program", 2),
        ("import-no-wheel", 4),
        ("asks-input", 1),
    ]


def test_each_unreadable_cell_is_told() -> None:
    placement = placed(Fact(2, "unparsable", "", "blanks"), Fact(5, "unparsable", "", "blanks"))
    assert [reason.cell for reason in placement.reasons] == [None, 2, 5]


@pytest.mark.parametrize(
    ("facts", "confidence"),
    [
        ((NUMPY,), "high"),
        ((NUMPY, Fact(2, "unparsable", "", "other")), "low"),
        ((TORCH, Fact(2, "unparsable", "", "blanks")), "low"),
        ((Fact(1, "unparsable", "", "python2"),), "low"),
        ((Fact(1, "unparsable", "", "newer"),), "high"),
        ((Fact(1, "reads", "x.csv", "open"),), "low"),
        ((Fact(1, "import", "labo_ecophy"),), "low"),
        ((Fact(1, "import", "turtle"),), "low"),
        ((Fact(1, "import", "google.colab"),), "low"),
        ((Fact(1, "import", "google.colab"), TORCH), "high"),
        ((Fact(1, "address", "https://a.org/b", "requests.get"),), "medium"),
        ((Fact(1, "memory", "400000000", "numpy.zeros"),), "medium"),
        ((Fact(1, "program", "samtools", "!"),), "high"),
        ((Fact(1, "gpu", 'torch.device("cuda")'),), "high"),
    ],
)
def test_how_sure_it_is(facts: tuple[Fact, ...], confidence: Confidence) -> None:
    assert placed(*facts).confidence == confidence


def test_the_profile_follows_the_reasons() -> None:
    assert placed(Fact(1, "gpu", 'torch.device("cuda")')).profile == "gpu"
    assert placed(Fact(1, "memory", "9000000000", "numpy.zeros")).profile == "memory"
    assert placed(TORCH, word=Word(profile="memory")).profile == "memory"
    gpu = placed(NUMPY, word=Word(profile="gpu"))
    assert (gpu.where, gpu.profile, codes(gpu)) == ("cluster", "gpu", ["gpu"])
    around = surroundings(profiles=(Profile("big", memory=64_000_000_000, gpus=2),))
    assert placed(TORCH, around=around, word=Word(profile="big")).profile == "big"


KINDS: tuple[FactKind, ...] = (
    "import", "install", "program", "reads", "writes", "address", "shows", "process", "thread", "socket", "gpu",
    "memory", "input", "desktop", "language", "unparsable",
)  # fmt: skip
NAMES = st.one_of(
    st.sampled_from((
        "numpy", "torch", "tools", "pandas", "turtle", "data/a.csv", "/shared/x", "../x", "~", "C:\\x", "*.csv", "[",
        "https://a.org/x", "%(x)s", "ls -l", "800000000", "", "..", ".", "a/../../b", "é.csv", "x" * 300,
    )),
    st.text(max_size=20),
)  # fmt: skip
FACTS = st.builds(
    Fact,
    cell=st.integers(1, 9),
    kind=st.sampled_from(KINDS),
    subject=NAMES,
    manner=st.sampled_from(("", "!", "%%bash", "open", "pandas.read_csv", "numpy.save", "%run", "os.chdir", "blanks")),
    optional=st.booleans(),
    otherwise=st.sampled_from(((), ("json",), ("torch",), ("data/a.csv",))),
)
SOMEWHERE = surroundings(
    {"data/a.csv": 500, "é.csv": 3},
    heavy={"data/b.csv": 10**10},
    modules={"tools.py": (Fact(1, "import", "torch"), Fact(2, "import", "tools")), "pkg/x.py": ()},
    declared=("pandas<2", "numpy"),
)


@given(st.lists(FACTS, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_facts_means_nothing(facts: list[Fact], random: Random) -> None:
    shuffled = facts[:]
    random.shuffle(shuffled)
    assert placed(*facts, around=SOMEWHERE) == placed(*shuffled, around=SOMEWHERE)


@given(st.lists(FACTS, max_size=8), st.sampled_from(("torch", "tools", "numpy", "turtle", "nothing_of_it", "os")))
def test_an_optional_import_never_moves_a_lesson(facts: list[Fact], module: str) -> None:
    optional = Fact(1, "import", module, optional=True)
    assert placed(*facts, around=SOMEWHERE).where == placed(*facts, optional, around=SOMEWHERE).where


@given(st.lists(FACTS, max_size=8), st.sampled_from(("browser", "cluster")), st.sampled_from(("ran", "failed")))
def test_the_teacher_always_has_the_say(facts: list[Fact], where: str, outcome: str) -> None:
    word = Word("browser" if where == "browser" else "cluster")
    around = SOMEWHERE.with_proof(Proof("ran" if outcome == "ran" else "failed", 1, "x"))
    placement = placed(*facts, around=around, word=word)
    assert placement.where == where
    assert (placement.profile is None) == (where == "browser")


@given(st.lists(FACTS, max_size=8))
def test_a_verdict_always_has_a_reason_for_it(facts: list[Fact]) -> None:
    placement: Placement = placed(*facts, around=SOMEWHERE)
    assert placement.reasons[0].argues == placement.where
    keys = [(reason.code, reason.subject or reason.cell) for reason in placement.reasons]
    assert len(keys) == len(set(keys))
