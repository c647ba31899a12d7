"""What is locked stays locked, as far as uv finds that it goes together."""

from lite_site.environment.server.keep import ROUNDS, together_keeping
from lite_site.environment.server.search import Search, ServerWish
from lite_site.runtime.uv import Asked, UvRun


class Index:
    """Finds versions unless one that isn't there is held."""

    def __init__(self, *absent: str) -> None:
        self.absent = absent
        self.held: list[dict[str, str]] = []

    def __call__(self, asked: Asked, /) -> UvRun:
        self.held.append(dict(asked.held))
        for name in self.absent:
            if name in asked.held:
                return UvRun("unsatisfiable", said=f"Because there is no version of {name}=={asked.held[name]} ...")
        return UvRun("done", "".join(f"{name}=={version}\n" for name, version in asked.held.items()))


def wish(text: str) -> ServerWish:
    return ServerWish(text.partition("<")[0], text, "course.toml")


def keep(index: Index, prefer: dict[str, str], *wishes: str) -> UvRun:
    return together_keeping(Search(index, "3.11", prefer), [wish(text) for text in wishes])


def test_every_version_there_is_is_kept() -> None:
    index = Index()
    assert keep(index, {"a": "1", "b": "2"}, "a").text == "a==1\nb==2\n"
    assert len(index.held) == 1


def test_only_what_is_not_to_be_had_is_given_up() -> None:
    index = Index("b", "c")
    assert keep(index, {"a": "1", "b": "2", "c": "3", "d": "4"}, "a").text == "a==1\nd==4\n"


def test_what_the_course_excludes_is_not_tried() -> None:
    index = Index()
    assert keep(index, {"a": "2"}, "a<2").text == ""
    assert index.held == [{}]


def test_in_the_end_anything_will_do() -> None:
    names = [f"n{number}" for number in range(ROUNDS + 3)]
    index = Index(*names)
    assert keep(index, dict.fromkeys(names, "1"), "a").outcome == "done"
    assert index.held[-1] == {}
    assert len(index.held) == ROUNDS + 1


def test_a_conflict_among_the_wishes_themselves_stays_one() -> None:
    def never(asked: Asked, /) -> UvRun:
        return UvRun("unsatisfiable", said="Because x and y ...")

    search = Search(never, "3.11", {"a": "1"})
    assert together_keeping(search, [wish("x")]).outcome == "unsatisfiable"
