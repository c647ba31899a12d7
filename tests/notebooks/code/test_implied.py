import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.notebooks.code import imports_in
from lite_site.notebooks.code.implied import CALLS, METHODS, OWNERS, implied_modules

from .asking import facts_of, of_kind, subjects


@pytest.mark.parametrize(
    ("code", "module", "manner"),
    [
        ("pd.read_excel('a.xlsx')", "openpyxl", "pandas.read_excel"),
        ("pd.read_excel('a.xls')", "xlrd", "pandas.read_excel"),
        ("pd.read_excel('a.ods')", "odf", "pandas.read_excel"),
        ("pd.read_excel(f, engine='calamine')", "python_calamine", "pandas.read_excel"),
        ("df.to_excel('a.xlsx')", "openpyxl", "DataFrame.to_excel"),
        ("pd.ExcelWriter('a.xlsx', engine='xlsxwriter')", "xlsxwriter", "pandas.ExcelWriter"),
        ("pd.read_parquet('a')", "pyarrow", "pandas.read_parquet"),
        ("df.to_parquet('a')", "pyarrow", "DataFrame.to_parquet"),
        ("pd.read_hdf('a.h5')", "tables", "pandas.read_hdf"),
        ("pd.read_html('a.html')", "lxml", "pandas.read_html"),
        ("pd.read_html('a.html', flavor='bs4')", "html5lib", "pandas.read_html"),
        ("df.to_markdown()", "tabulate", "DataFrame.to_markdown"),
        ("df.plot()", "matplotlib", "DataFrame.plot"),
        ("df['a'].plot(kind='bar')", "matplotlib", "DataFrame.plot"),
        ("df.plot.scatter(x='a', y='b')", "matplotlib", "DataFrame.plot"),
        ("df.groupby('a').mean().plot.bar()", "matplotlib", "DataFrame.plot"),
        ("df.hist(bins=20)", "matplotlib", "DataFrame.hist"),
        ("df.style.format('{:.2f}')", "jinja2", "DataFrame.style"),
        ("df.style.background_gradient()", "matplotlib", "DataFrame.style"),
    ],
)
def test_what_tables_need(code: str, module: str, manner: str) -> None:
    found = [(fact.subject, fact.manner) for fact in of_kind("import", "import pandas as pd", code)]
    assert (module, manner) in found


@pytest.mark.parametrize(
    ("code", "modules"),
    [
        ("import networkx as nx\nnx.draw(g)", ("matplotlib", "networkx", "numpy")),
        ("import networkx as nx\nnx.kamada_kawai_layout(g)", ("networkx", "numpy", "scipy")),
        ("import networkx as nx\nnx.pagerank(g)", ("networkx", "numpy", "scipy")),
        ("import networkx as nx\nnx.shortest_path(g)", ("networkx",)),
        ("import sympy\nsympy.plot(x)", ("matplotlib", "sympy")),
        ("from sympy import *\nplot(x)", ("matplotlib", "sympy")),
        ("from tqdm.notebook import tqdm", ("ipywidgets", "tqdm")),
        (
            "from sklearn.metrics import ConfusionMatrixDisplay as C\nC.from_predictions(a, b)",
            ("matplotlib", "sklearn"),
        ),
        ("import plotly.express as px", ("nbformat", "plotly")),
        ("from zoneinfo import ZoneInfo", ("tzdata", "zoneinfo")),
    ],
)
def test_what_others_need(code: str, modules: tuple[str, ...]) -> None:
    assert imports_in(facts_of(code)) == modules


def test_another_engine_would_do() -> None:
    (fact,) = (fact for fact in of_kind("import", "import xarray as xr\nxr.open_dataset('a.nc')") if fact.manner)
    assert (fact.subject, fact.otherwise) == ("netCDF4", ("h5netcdf", "scipy"))


@pytest.mark.parametrize(
    "code",
    [
        "turtle_race.plot()",
        "import pandas\nw.style.description_width = 'initial'",
        "import pandas\nimport matplotlib.pyplot as plt\nplt.plot(x)",
        "import pandas\npandas.read_csv('a.csv')",
        "from tqdm import tqdm",
    ],
)
def test_what_needs_nothing(code: str) -> None:
    assert [fact for fact in of_kind("import", code) if fact.manner] == []


def test_what_is_imported_anyway_is_not_told_again() -> None:
    code = ("import pandas as pd, matplotlib.pyplot as plt", "df.plot()")
    assert [fact.subject for fact in of_kind("import", *code)] == ["matplotlib.pyplot", "pandas"]


@pytest.mark.parametrize(
    ("source", "modules"),
    [
        ("df = pd.read_excel('a.xlsx')", {"openpyxl"}),
        ("df.plot.bar()", {"matplotlib"}),
        ("df.style.highlight_max()", {"jinja2"}),
        ("from tqdm.notebook import tqdm", {"ipywidgets"}),
        ("import plotly.express as px", {"nbformat"}),
        ("read_parquet('a')", {"pyarrow"}),
        ("x = 1", set()),
        ("this is not python", set()),
        ("(" * 100_000, set()),
    ],
)
def test_the_kernel_asks_by_names_alone(source: str, modules: set[str]) -> None:
    assert implied_modules(source) == modules


@given(st.text())
def test_the_kernel_survives_any_text(source: str) -> None:
    assert isinstance(implied_modules(source), set)


def test_the_tables_agree() -> None:
    assert set(OWNERS) == set(METHODS)
    assert all(needed and all(module.isidentifier() for module in needed) for needed in CALLS.values())


@pytest.mark.parametrize(
    "cell",
    [
        "C.from_predictions(a, b)",
        "ConfusionMatrixDisplay.from_estimator(model, x, y)",
        "table.plot.scatter('a', 'b')",
        "draw_networkx(graph)",
        "plot_tree(model)",
    ],
)
def test_the_kernel_sees_it_in_a_cell_without_the_import(cell: str) -> None:
    assert "matplotlib" in implied_modules(cell)


@pytest.mark.parametrize(
    ("cell", "module"),
    [
        ("from bokeh.sampledata.autompg import autompg", "bokeh_sampledata"),
        ("import bokeh.sampledata", "bokeh_sampledata"),
        ("from Bio.Graphics import GenomeDiagram", "reportlab"),
        ("import plotly.express as px", "nbformat"),
    ],
)
def test_an_import_needs_what_the_package_it_is_in_needs(cell: str, module: str) -> None:
    assert module in implied_modules(cell)
    assert module in subjects("import", cell)
