"""A lesson with one of everything that a page to read can hold."""

from pathlib import PurePosixPath

from lite_site.lessons.addresses import Shelf
from lite_site.lessons.compose import compose_lesson
from lite_site.pages.model import LessonPage, Neighbour, Phrase, Version, Why
from tests.lessons.test_pictures import png
from tests.notebooks.samples import Object, code, markdown, parsed, stream

PROSE = r"""# Épreuve

Soit $\int_0^1 x^2\,dx$ et [le cours](#sorties-de-cellules), puis

$$\sum_{i=1}^{n} \frac{a_i x^{i}}{1 + \sqrt{b_i^2 + c_i^2}} = \prod_{j=1}^{m} \left( \alpha_j + \beta_j \right)
+ \int_{-\infty}^{+\infty} e^{-t^2} \, dt + \lim_{n \to \infty} \left(1 + \frac{1}{n}\right)^n$$

> Une citation.

- [x] fait
- [ ] à faire

| nom | taille |
|-----|-------:|
| Ada | 165 |

Une note[^1] et du <span style="color: orange">texte orange</span>.

[^1]: En bas de page.

```python
def double(x):
    return 2 * x  # un bloc de code dans le texte, plus long que la largeur d’un téléphone
```
"""
BOXES = "\n".join(f":::{{{kind}}}\nUn encadré, du `code`, [un lien](https://www.python.org/).\n:::\n" for kind in (
    "note", "tip", "hint", "important", "warning", "danger", "error", "seealso", "exercise", "dropdown"
))  # fmt: skip
COLUMNS = "".join(f"<th>colonne_{number}</th>" for number in range(14))
VALUES = "".join(f"<td>{number}.25</td>" for number in range(14))
TABLE = f"<table><thead><tr><th></th>{COLUMNS}</tr></thead><tbody><tr><th>0</th>{VALUES}</tr></tbody></table>"
COLOURS = "".join(f"\x1b[{number}mcouleur {number}\x1b[0m \x1b[4{number - 30}mfond\x1b[0m " for number in range(30, 38))
PYTHON = (
    '@trace\ndef moitié(x: float) -> str:\n    """Rend la moitié."""\n    return str(round(x / 2, 1))  # comme un texte'
)
ERROR = {
    "output_type": "error",
    "ename": "ZeroDivisionError",
    "evalue": "division by zero",
    "traceback": ["\x1b[0;31mZeroDivisionError\x1b[0m: \x1b[38;5;241;43mdivision\x1b[39;49m by zero"],
}


def shown(**data: object) -> Object:
    """An output with one form, `text_html` for `text/html`."""
    return {
        "output_type": "display_data",
        "metadata": {},
        "data": {mime.replace("_", "/", 1): value for mime, value in data.items()},
    }


def sample_lesson(csp: str) -> LessonPage:
    """The page, for the folder of a course's lessons."""
    notebook = parsed(
        markdown(PROSE),
        markdown(BOXES),
        markdown("## Sorties de cellules"),
        code(PYTHON, stream(COLOURS), {**stream(COLOURS), "name": "stderr"}, ERROR, execution_count=1),
        code("tableau", shown(text_html=TABLE), shown(application_json={"nom": "Ada", "mesures": [1, {"a": None}]})),
        code("figure", shown(image_png=png(640, 480)), shown(text_latex="$\\displaystyle \\frac{\\sqrt{2}}{2}$")),
        markdown("### Ce qui bouge"),
        code("carte", shown(text_html="<script></script>")),
        code("long", stream("une ligne\n" * 30_000), metadata={"tags": ["hide-input"]}),
        code("replié", stream("x"), metadata={"tags": ["hide-cell"]}),
    )
    return LessonPage(
        title=Phrase("Épreuve", "fr"),
        language="fr",
        content=compose_lesson(notebook, "python", PurePosixPath("04.ipynb"), "fr", Shelf({}, frozenset())),
        course_title=Phrase("Génomique avec un phage", "fr"),
        course_href="../index.html",
        site_title=Phrase("Cours du lycée", "fr"),
        portal_href="../../index.html",
        run_href="../notebooks/index.html?path=04.ipynb",
        notebook_href="../files/04.ipynb",
        minutes=45,
        where="cluster",
        reasons=(Why(Phrase("Cette leçon lance samtools.", "fr"), 4), Why(Phrase("Elle est longue.", "fr"))),
        before=Neighbour(Phrase("Aligner des lectures", "fr"), "03.html"),
        after=Neighbour(Phrase("The end", "en"), "05.html"),
        alternates=(Version("en", "04.en.html"),),
        csp=csp,
    )
