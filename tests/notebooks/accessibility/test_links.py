import pytest

from .asking import PLACE, found, the_problem


@pytest.mark.parametrize(
    "source",
    [
        "[the corpus of the lesson](data/corpus.txt)",
        "[Bibliothèque nationale](https://gallica.bnf.fr/ark:/12148/x)",
        "[ici](x.md 'Le corpus de la leçon')",
        "<a href='x.md' aria-label='The corpus'>here</a>",
        "[ici et là](x.md)",
        "[d]()",
        "<a id='part'></a> <a name='other'></a>",
        "[![The corpus](corpus.png)](x.md)",
        "<a href='x.md'><img src='x.png' alt='The corpus'></a>",
        "[](#a-label)",
        "`[ici](x.md)` and `https://example.org/a/b`",
        "```\n[here](x.md) https://example.org/a/b\n```",
        "$[ici](x)$",
        "https://www.python.org/ and http://localhost:8888",
        "Palmer et al., https://doi.org/10.1371/journal.pone.0090081, https://arxiv.org/abs/1906.02243",
        "<https://www.python.org>",
        "<ada@example.org>",
        "requests to https://example.org/{name}/data or https://example.org/…",
        "<pre>https://example.org/a/b</pre>",
        "either/or",
    ],
)
def test_a_link_that_says_where_it_leads(source: str) -> None:
    assert found(source) == []


@pytest.mark.parametrize(
    "name",
    ["ici", "Ici", "**ici**", "cliquez ici !", "Cliquez  ici", "→ ici", "here", "Click here", "click\nhere", "link",
     "ce lien", "C’est ici", "en savoir plus…", "this", "read more"],
)  # fmt: skip
def test_a_name_that_says_nothing(name: str) -> None:
    problem = the_problem(f"words\n\n[{name}](x.md)")
    assert (problem.code, problem.place) == ("link-vague", f"{PLACE}, cell 1, line 3")
    assert the_problem(f"<p>words <a href='x.md'>{name.strip('*')}</a></p>").code == "link-vague"


@pytest.mark.parametrize(
    "source",
    [
        "<https://example.org/a/b>",
        "[https://example.org/a/b](https://example.org/a/b)",
        "see https://example.org/a/b, then",
        "see (www.example.org/a/b).",
        "| a | b |\n|---|---|\n| c | https://example.org/a/b |",
        "<a href='https://example.org/a/b'>https://example.org/a/b</a>",
    ],
)
def test_an_address_in_place_of_a_name(source: str) -> None:
    problem = the_problem(source)
    assert problem.code == "link-address"
    assert "example.org/a/b”" in problem.problem


@pytest.mark.parametrize("source", ["[](x.md)", "<a href='x.md'></a>", "<a href='x.md'> <i class='icon'></i></a>"])
def test_a_link_nobody_can_hear(source: str) -> None:
    problem = the_problem(source)
    assert problem.code == "link-empty"
    assert "“x.md”" in problem.problem
