import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.markdown.latex import read_formula
from lite_site.markdown.mathml import convert_formula
from lite_site.markdown.maths import hold_formulas
from tests.markdown.pages import html_of, lesson, page_of, words_of


@pytest.mark.parametrize(
    "authored",
    ["$x^2$", r"\(x^2\)", r"\\(x^2\\)", "{math}`x^2`"],
)
def test_formulas_in_a_line(authored: str) -> None:
    assert html_of(f"So {authored} grows.").strip() == (
        "<p>So <math><msup><mi>x</mi><mn>2</mn></msup></math> grows.</p>"
    )


@pytest.mark.parametrize(
    "authored",
    ["$$x$$", "$$\nx\n$$", r"\[x\]", "\\[\n x\n\\]", r"\\[x\\]", "```{math}\nx\n```", ":::{math}\nx\n:::"],
)
def test_formulas_on_lines_of_their_own(authored: str) -> None:
    assert html_of(f"So\n\n{authored}\n\ngrows.").replace("\n", "") == (
        '<p>So</p><div class="formula"><math display="block"><mi>x</mi></math></div><p>grows.</p>'
    )


def test_markdown_in_a_formula_is_the_formulas() -> None:
    assert not page_of("$a_1$ and $b_2$, $f[a](b)$, $*x*$").find("em")
    assert not page_of("$f[a](b)$").find("a")


def test_dollars_in_code_and_addresses_stay() -> None:
    html = html_of("`$HOME` and `$PATH`\n\n```sh\necho $A$B\n```\n\n[x](https://example.org/$a$) <code>$x$</code>")
    assert "math" not in html
    assert "echo $A$B" in html
    assert "https://example.org/$a$" in html
    assert "<code>$x$</code>" in html


@pytest.mark.parametrize("prices", ["It costs 5\\$ or 6\\$.", "It costs $5\nor $6.", "Take $5."])
def test_prices_are_no_formulas(prices: str) -> None:
    assert not page_of(prices).find("math")


def test_a_formula_nobody_can_read_is_shown_as_written() -> None:
    assert html_of(r"See $\unheard{<x>}$.").strip() == (
        r'<p>See <code class="formula-source">$\unheard{&lt;x&gt;}$</code>.</p>'
    )


def test_definitions_hold_through_the_lesson_and_show_nothing() -> None:
    first, second = lesson(r"$$\newcommand{\E}{\mathbb{E}}$$", r"$\E$ $\renewcommand{\E}{E}\E$").cells
    assert first.strip() == ""
    assert "<mi>\N{MATHEMATICAL DOUBLE-STRUCK CAPITAL E}</mi>" in second
    assert "<mi>E</mi>" in second


def test_wide_formulas_scroll_by_keyboard_and_say_what_they_are() -> None:
    wide = "$$" + " + ".join(f"x_{{{number}}}" for number in range(20)) + "$$"
    assert page_of(wide, language="fr").find("div") == [
        {"class": "formula", "role": "group", "tabindex": "0", "aria-label": "Formule"}
    ]
    assert page_of("$$x$$").find("div") == [{"class": "formula"}]
    assert page_of(wide.replace("$$", "$")).find("span")[0]["class"] == "formula-inline"


EQUATIONS = r"""As {eq}`energy` and [](#sums) say, with [](#nowhere) and {eq}`lost`.

$$ E = mc^2 $$ (energy)

\begin{align}
a &= b \\
c &= d \label{sums}
\end{align}

```{math}
:label: last
z
```
"""


def test_equations_are_numbered_through_the_lesson_and_referred_to_from_any_cell() -> None:
    before, after = lesson("Read {eq}`last` first.", EQUATIONS).cells
    assert '<a href="#last">(4)</a>' in before
    assert 'As <a href="#energy">(1)</a> and <a href="#sums">(3)</a> say' in after
    assert "lost." in after
    for number, identity in enumerate(("energy", "sums", "last")):
        assert f'id="{identity}"' in after, number


@pytest.mark.parametrize(
    "latex",
    [r"\begin{eqnarray}a&=&b\end{eqnarray}", r"$$\begin{split}a&=b\\c&=d\end{split}$$", r"$\text{if $x$ then}$",
     r"$\mbox{a}\bm{\beta}\mathds{1}37\degree$", r"$\DeclareMathOperator*{\argmax}{arg\,max}\argmax_x f$",
     r"$$x \tag{*}$$", r"$\ref{a}$", r"$$a\\b$$", r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", r"$P(A \mid B)$",
     r"$\begin{matrix}1 \cr 2\end{matrix}$", r"$\bigg{|}_0^1 x \\"[:-1] + "$", "$$a,\\\nb$$"],
)  # fmt: skip
def test_what_mathjax_reads_is_read(latex: str) -> None:
    assert convert_formula(latex)


def test_labels_may_have_any_letters() -> None:
    html = html_of("{eq}`loi_é` [](#loi_é) $\\eqref{loi_é}$\n\n$$x$$ (loi_é)")
    assert html.count('<a href="#loi_é">(1)</a>') == len(["eq", "link", "LaTeX"])
    assert 'id="loi_é"' in html


def test_a_formula_in_a_quotation_loses_its_signs() -> None:
    assert words_of("> $$\n> a\n> b\n> $$") == "ab"


@pytest.mark.parametrize(
    "latex",
    ["{" * 9000, r"\sqrt" * 3900, "x" * 30_000, r"\left(" * 1900, "]" * 100 + "{" * 3800, "{)" * 1900,
     "x^" * 3000 + "x", r"\sqrt[{]}" * 900, r"\def\a{" + r"\sqrt" * 3900 + r"\a}\a", r"\def\a{" + "{" * 3900 + r"\a}\a",
     r"\begin{matrix}" * 1300],
)  # fmt: skip
def test_a_formula_too_deep_ends_no_process(latex: str) -> None:
    assert convert_formula(f"${latex}$") is None


@given(st.text(alphabet="$\\()[]{}abeginalgd_^&\n` >1"))
def test_taking_formulas_out_loses_nothing(source: str) -> None:
    held = hold_formulas(source)
    assert held.with_formulas(held.text) == source
    for written in held.formulas:
        assert read_formula(written).written == written
