import pytest

from .asking import PLACE, found, problems_of, the_problem

ENGLISH = "The best of the things that you will see in this is the one that you and we are to find for the future."
FRENCH = "Dans la vie, rien n’est à craindre, tout est à comprendre : c’est dans les livres que l’on apprend le reste."


@pytest.mark.parametrize(
    "source",
    [
        "**Important**",
        "**Important**\n\nOne bold line is an emphasis.",
        "**Never** divide by zero.",
        "**Python counts from zero.**\n\nwords\n\n**So the last one is n - 1!**\n\nwords",
        "**Read this:**\n\nwords\n\n**Then that:**\n\nwords",
        "- **First**\n\n  words\n\n- **Second**\n\n  words",
        "> **First**\n>\n> words\n\n> **Second**\n>\n> words",
        "**Data of the first table**\n\n| a |\n|---|\n| 1 |\n\n**Data of the second**\n\n| a |\n|---|",
        "**Growth of the cells**\n\n![A curve](a.png)\n\n**Size of the cells**\n\n![A curve](b.png)",
        "**`first`**\n\nwords\n\n**`second`**\n\nwords",
        "**$x_1$**\n\nwords\n\n**Energy $E$**\n\nwords",
        "**DNA**\n\nwords\n\n**RNA**\n\nwords",
        "<details><summary>Solution</summary>\n\n**First part**\n\nwords\n\n**Second part**\n\nwords\n\n</details>",
        "```\n**Exercise 1**\n\nwords\n```",
    ],
)
def test_bold_text_that_may_be_meant_so(source: str) -> None:
    assert found(source) == []


def test_bold_lines_that_head_what_follows() -> None:
    problems = problems_of("# Title\n\n**Reading the file**\n\nwords", "**Counting lines**\n\n- words")
    assert [(problem.code, problem.place) for problem in problems] == [
        ("heading-faked", f"{PLACE}, cell 1, line 3"),
        ("heading-faked", f"{PLACE}, cell 2, line 1"),
    ]
    assert "“Reading the file”" in problems[0].problem


@pytest.mark.parametrize("text", ["Exercice 1", "Exercice n° 2 : les boucles", "Question 3.", "Step 1", "*Étape 4*"])
def test_a_numbered_one_is_enough_and_may_stand_alone(text: str) -> None:
    assert the_problem(f"**{text}**").code == "heading-faked"


@pytest.mark.parametrize(
    "source",
    [
        "- one\n- two\n- three",
        "one<br>two<br>three",
        "Roses are red  \nViolets are blue  \nSugar is sweet",
        "– Bonjour !<br>– Bonsoir !<br>– Adieu !",
        "• one<br>• two",
        "3. a<br>1. b<br>4. c",
        "`- a`<br>`- b`<br>`- c`",
        "```\n• a<br>• b<br>• c\n```",
        "-1 <br> -2 <br> -3",
    ],
)
def test_line_breaks_that_make_no_list(source: str) -> None:
    assert found(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "Bring:<br>- a ruler<br>- a pen<br>- paper",
        "• a ruler  \n• a pen  \n• paper",
        "<p>1. a ruler<br/>2. a pen<br/>3. paper</p>",
        "<div>\n• a ruler<br>\n• <b>a pen</b><br>\n• paper\n</div>",
        "| a | b |\n|---|---|\n| • one<br>• two<br>• three | c |",
    ],
)
def test_a_list_made_of_line_breaks(source: str) -> None:
    assert the_problem(source).code == "list-faked"


def test_a_quotation_in_the_other_language() -> None:
    problem = the_problem("# Titre\n\n> " + ENGLISH, language="fr")
    assert (problem.code, problem.place) == ("passage-no-lang", f"{PLACE}, cell 1, line 3")
    assert '<div lang="en">' in problem.remedy
    assert the_problem(f"> {FRENCH} Et les autres sont pour vous.", language="en").code == "passage-no-lang"
    assert found(f'<div lang="en">\n\n> {ENGLISH}\n\n</div>', language="fr") == []


@pytest.mark.parametrize(
    "source", [f"> {FRENCH}", "> To be or not to be", f"> {ENGLISH} {FRENCH}", ENGLISH, f"```\n> {ENGLISH}\n```"]
)
def test_a_quotation_in_the_lessons_language_or_too_short_to_tell(source: str) -> None:
    assert found(source, language="fr") == []


def test_no_quotation_is_foreign_where_the_lessons_language_is_in_doubt() -> None:
    assert found(f"> {ENGLISH}") == found(f"> {FRENCH}") == []
