import pytest

from .asking import facts_of, of_kind, subjects


@pytest.mark.parametrize(
    ("code", "address", "manner"),
    [
        ("import pandas as pd\npd.read_csv('https://a.example/x.csv')", "https://a.example/x.csv", "pandas.read_csv"),
        (
            "URL = 'https://a.example/'\nimport pandas as pd\npd.read_csv(URL + 'x.csv')",
            "https://a.example/x.csv",
            "pandas.read_csv",
        ),
        ("import pandas as pd\npd.read_parquet('s3://bucket/x')", "s3://bucket/x", "pandas.read_parquet"),
        ("import requests\nrequests.get('https://a.example')", "https://a.example", "requests.get"),
        ("import requests\nrequests.get(url)", "requests.get", "requests.get"),
        ("import requests\nrequests.post(url='https://a.example', json={})", "https://a.example", "requests.post"),
        ("import requests as rq\nrq.request('GET', 'https://a.example')", "https://a.example", "requests.request"),
        (
            "from urllib.request import urlopen\nurlopen('https://a.example')",
            "https://a.example",
            "urllib.request.urlopen",
        ),
        (
            "import urllib.request\nurllib.request.urlretrieve('https://a.example/x', 'y')",
            "https://a.example/x",
            "urllib.request.urlretrieve",
        ),
        (
            "from Bio import Entrez\nEntrez.email = 'a@b.example'\nEntrez.efetch(db='nucleotide', id='1')",
            "nucleotide",
            "Bio.Entrez.efetch",
        ),
        ("import seaborn as sns\nsns.load_dataset('penguins')", "penguins", "seaborn.load_dataset"),
        (
            "from sklearn.datasets import fetch_california_housing as f\nf()",
            "california_housing",
            "sklearn.datasets.fetch_california_housing",
        ),
        (
            "from sklearn.datasets import fetch_openml\nfetch_openml('mnist_784')",
            "mnist_784",
            "sklearn.datasets.fetch_openml",
        ),
        (
            "import statsmodels.api as sm\nsm.datasets.get_rdataset('iris')",
            "iris",
            "statsmodels.api.datasets.get_rdataset",
        ),
        ("import nltk\nnltk.download('punkt')", "punkt", "nltk.download"),
        (
            "from tensorflow.keras.datasets import mnist\nmnist.load_data()",
            "mnist",
            "tensorflow.keras.datasets.mnist.load_data",
        ),
        ("from skimage import data\ndata.cells3d()", "skimage.data.cells3d", "skimage.data.cells3d"),
        ("import tiktoken\ntiktoken.get_encoding('gpt2')", "gpt2", "tiktoken.get_encoding"),
        (
            "from transformers import AutoModel\nAutoModel.from_pretrained('bert')",
            "bert",
            "transformers.AutoModel.from_pretrained",
        ),
        ("import osmnx as ox\nox.graph_from_place('Lyon')", "Lyon", "osmnx.graph_from_place"),
        ("import yfinance as yf\nyf.download('AAPL')", "AAPL", "yfinance.download"),
        ("%load https://a.example/x.py", "https://a.example/x.py", "%load"),
    ],
)
def test_addresses(code: str, address: str, manner: str) -> None:
    facts = [fact for fact in of_kind("address", code) if fact.manner == manner]
    assert [fact.subject for fact in facts] == [address]
    assert of_kind("reads", code) == []


@pytest.mark.parametrize(
    "code",
    [
        "url = 'https://a.example/x.csv'",
        "print('https://a.example')",
        "# https://a.example\nx = 1",
        "from skimage import data\ndata.camera()",
        "from sklearn.datasets import load_iris\nload_iris(as_frame=True)",
        "import requests",
        "r.get('https://a.example')",
        "from Bio import Entrez\nEntrez.read(handle)",
        "d.get('https')",
        "import webbrowser",
    ],
)
def test_no_address(code: str) -> None:
    assert of_kind("address", code) == []


def test_a_file_fetched_is_there_afterwards() -> None:
    code = "from urllib.request import urlretrieve\nurlretrieve('https://a.example/x', 'y.csv')"
    assert subjects("writes", code) == ["y.csv"]
    assert subjects("writes", "import wget\nwget.download('https://a.example/d/x.zip')") == ["x.zip"]


ONCE = """from os.path import basename, exists
from urllib.request import urlretrieve

def download(url):
    name = basename(url)
    if not exists(name):
        urlretrieve(url, name)
"""


def test_a_function_that_downloads_what_is_missing_is_known_by_its_calls() -> None:
    (found,) = of_kind("address", ONCE, "download('https://a.example/d/tides.csv')")
    assert (found.cell, found.subject, found.otherwise) == (2, "https://a.example/d/tides.csv", ("tides.csv",))


@pytest.mark.parametrize("call", ["", "download(chosen)", "download('https://a.example/x')\ndownload(chosen)"])
def test_a_function_that_may_download_anything_stays_one(call: str) -> None:
    assert "urllib.request.urlretrieve" in subjects("address", ONCE, call)


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ("from IPython.display import IFrame\nIFrame('https://a.example', 700, 400)", "https://a.example"),
        ("from IPython.display import YouTubeVideo\nYouTubeVideo('abc')", "https://www.youtube.com/embed/abc"),
        ("from IPython.display import Image\nImage(url='https://a.example/x.png')", "https://a.example/x.png"),
        (
            "import IPython.display as d\nd.HTML('<iframe width=3 src=\"https://a.example\"></iframe>')",
            "https://a.example",
        ),
        ("import folium\nfolium.Map(location=[45, 4])", "https://tile.openstreetmap.org/"),
        ("from bokeh.io import output_notebook\noutput_notebook()", "https://cdn.bokeh.org/"),
    ],
)
def test_displays(code: str, address: str) -> None:
    assert subjects("shows", code) == [address]
    assert of_kind("address", code) == []


def test_a_link_in_a_page_loads_nothing() -> None:
    assert [
        f.kind for f in facts_of("from IPython.display import HTML\nHTML('<a href=\"https://a.example\">x</a>')")
    ] == ["import"]
