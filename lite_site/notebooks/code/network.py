"""What code fetches from servers, and what its displays load from them."""

import re
from collections.abc import Iterator

from lite_site.notebooks.code.called import Called, Found, Rule, is_address, place_found, rules_for

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_REQUESTS = tuple(f"{package}.{verb}" for package in ("requests", "httpx") for verb in _VERBS)
_SESSIONS = (
    "requests.Session", "requests.session", "httpx.Client", "httpx.AsyncClient", "aiohttp.ClientSession",
    "urllib3.PoolManager", "urllib.request.build_opener", "ssl.get_server_certificate",
)  # fmt: skip
# The first argument tells what is downloaded; without one known, the call's own name does.
_DOWNLOADS = (
    "seaborn.load_dataset", "nltk.download", "statsmodels.api.datasets.get_rdataset",
    "statsmodels.datasets.get_rdataset", "gensim.downloader.load", "tiktoken.get_encoding",
    "tiktoken.encoding_for_model", "transformers.pipeline", "datasets.load_dataset", "tensorflow_datasets.load",
    "huggingface_hub.hf_hub_download", "huggingface_hub.snapshot_download", "yfinance.download", "yfinance.Ticker",
    "yfinance.Tickers", "pandas_datareader.data.DataReader", "pandas_datareader.DataReader", "wikipedia.summary",
    "wikipedia.page", "wikipedia.search", "wikipediaapi.Wikipedia", "GEOparse.get_GEO", "pooch.retrieve",
    "gdown.download", "wget.download", "kagglehub.dataset_download", "opendatasets.download", "ucimlrepo.fetch_ucirepo",
    "http.client.HTTPSConnection", "http.client.HTTPConnection", "ftplib.FTP", "ftplib.FTP_TLS", "boto3.client",
    "boto3.resource", "tensorflow.keras.utils.get_file", "keras.utils.get_file", "spacy.cli.download",
    "astropy.utils.data.download_file", "earthaccess.login", "geodatasets.get_path", "contextily.add_basemap",
    "tensorflow_hub.load", "tensorflow_hub.KerasLayer", "torch.hub.load", "pygbif.occurrences.search",
    "meteostat.Daily", "meteostat.Hourly", "openai.OpenAI", "anthropic.Anthropic", "mistralai.Mistral",
    "bioservices.UniProt", "bioservices.KEGG", "mygene.MyGeneInfo", "gseapy.enrichr", "pybiomart.Server",
    "pybiomart.Dataset", "pyodide.http.pyfetch", "pyodide.http.open_url", "geopy.geocoders.Nominatim",
    "datacommons_pandas.build_time_series", "wbgapi.data.DataFrame", "world_bank_data.get_series",
    "scipy.datasets.face", "scipy.datasets.ascent", "scipy.datasets.electrocardiogram", "scipy.datasets.download_all",
)  # fmt: skip
# scikit-image's own images that its wheel doesn't carry (data/_registry.py of 0.26 against the wheel's files).
_REMOTE_IMAGES = tuple(
    f"skimage.data.{name}"
    for name in (
        "brain", "cells3d", "eagle", "human_mitosis", "kidney", "lily", "nickel_solidification",
        "palisades_of_vogt", "protein_transport", "skin", "vortex", "download_all",
    )
)  # fmt: skip
# Whatever is called below these names speaks with a server.
PREFIXES = (
    "Bio.Entrez", "Bio.Blast.NCBIWWW", "Bio.ExPASy", "Bio.KEGG.REST", "osmnx", "ee", "kaggle.api", "ensembl_rest",
    "google.cloud", "chembl_webresource_client", "pubchempy", "astroquery", "torchvision.datasets", "scanpy.datasets",
    "torchaudio.datasets", "tensorflow.keras.datasets", "keras.datasets", "sklearn.datasets", "cellxgene_census",
)  # fmt: skip
_NO_REQUEST = frozenset(("read", "parse"))
_ELEMENT = re.compile(
    r"(?i)<(?:iframe|img|script|video|audio|source|embed|object|link)\b[^<>]*?\b(?:src|href|data)\s*=\s*[\"']?"
    r"((?:https?:)?//[^\"'\s<>]+)"
)
_MAPS = {"folium.Map": "https://tile.openstreetmap.org/", "ipyleaflet.Map": "https://tile.openstreetmap.org/"}


def _request(called: Called) -> Iterator[Found]:
    """A call that can only speak with a server, so it counts even where the address isn't known."""
    position = 1 if called.name.endswith(".request") else 0
    addresses = called.texts(position, "url", "fullurl")
    for address in addresses:
        if not address.startswith(("file:", "data:")):
            yield Found("address", address, called.name)
    if not addresses:
        yield Found("address", called.name, called.name)


def _retrieve(called: Called) -> Iterator[Found]:
    """A download into a file: the file is there afterwards."""
    yield from _request(called)
    for path in called.texts(1, "filename", "output", "out"):
        yield from place_found(path, called.name, "writes")
    if called.name == "wget.download" and called.argument(1, "out") is None:
        for address in called.texts(0, "url"):
            yield from place_found(address.rpartition("/")[2], called.name, "writes")


def _download(called: Called) -> Iterator[Found]:
    texts = called.texts(0, "name", "url", "dataset", "id", "repo_id", "host", "tickers")
    yield Found("address", texts[0] if texts else called.name, called.name)


def _below_prefix(called: Called) -> Iterator[Found]:
    last = called.name.rpartition(".")[2]
    if last in _NO_REQUEST or (called.name.startswith("sklearn.") and not last.startswith("fetch_")):
        return
    if last.startswith("fetch_"):
        texts = called.texts(0, "name")
        yield Found("address", texts[0] if texts else last.removeprefix("fetch_"), called.name)
    elif last == "load_data":
        yield Found("address", called.name.split(".")[-2], called.name)
    elif called.name.startswith(("torchvision.", "torchaudio.")):
        yield Found("address", last, called.name)
    else:
        texts = called.texts(0, "db", "query", "term")
        yield Found("address", texts[0] if texts else called.name, called.name)


def _pretrained(called: Called) -> Iterator[Found]:
    for name in called.texts(0, "pretrained_model_name_or_path"):
        if not name.startswith((".", "/", "~")):
            yield Found("address", name, called.name)


def _map(called: Called) -> Iterator[Found]:
    tiles = called.argument(-1, "tiles", "basemap")
    if tiles is None or called.texts(-1, "tiles"):
        yield Found("shows", _MAPS[called.name], called.name)


def _display(called: Called) -> Iterator[Found]:
    """Images, sounds and frames: an address is fetched by the page, a path is read by the code."""
    embeds = called.texts(-1, "filename")
    for text in called.texts(0, "url", "src", "data"):
        if is_address(text):
            yield Found("shows", text, called.name)
        elif called.name != "IPython.display.IFrame" and len(text) < 260 and "." in text:
            yield from place_found(text, called.name)
    for text in embeds:
        yield from place_found(text, called.name)


def _page(called: Called) -> Iterator[Found]:
    for text in called.texts(0, "data"):
        for address in dict.fromkeys(_ELEMENT.findall(text)):
            yield Found("shows", address, called.name)
    for text in called.texts(0, "url"):
        if is_address(text):
            yield Found("shows", text, called.name)
    for text in called.texts(-1, "filename"):
        yield from place_found(text, called.name)


def _film(called: Called) -> Iterator[Found]:
    host = (
        "https://www.youtube.com/embed/" if called.name.endswith("YouTubeVideo") else "https://player.vimeo.com/video/"
    )
    for name in called.texts(0, "id"):
        yield Found("shows", f"{host}{name}", called.name)


def _library(called: Called) -> Iterator[Found]:
    """Displays whose scripts come from another site unless they are told otherwise."""
    yield Found("shows", _LIBRARIES[called.name], called.name)


def _connected(called: Called) -> Iterator[Found]:
    connected = called.argument(0, "connected")
    if connected is not None and getattr(connected, "value", None) is True:
        yield Found("shows", "https://cdn.plot.ly/", called.name)


_LIBRARIES = {
    "bokeh.io.output_notebook": "https://cdn.bokeh.org/",
    "bokeh.plotting.output_notebook": "https://cdn.bokeh.org/",
    "py3Dmol.view": "https://cdn.jsdelivr.net/npm/3dmol/",
    "pyvis.network.Network": "https://cdnjs.cloudflare.com/",
    "igv_notebook.Browser": "https://igv.org/",
}

RULES: dict[str, Rule] = {
    **rules_for(_request, (*_REQUESTS, "requests.request", "httpx.request", "httpx.stream",
                           "urllib.request.urlopen")),
    **rules_for(_download, (*_DOWNLOADS, *_SESSIONS, *_REMOTE_IMAGES)),
    **rules_for(_retrieve, ("urllib.request.urlretrieve", "wget.download", "gdown.download")),
    **rules_for(_map, _MAPS),
    **rules_for(_library, _LIBRARIES),
    **rules_for(_display, (f"IPython.display.{name}" for name in ("Image", "Audio", "Video", "SVG", "IFrame"))),
    **rules_for(_film, ("IPython.display.YouTubeVideo", "IPython.display.VimeoVideo")),
    "IPython.display.HTML": _page,
    "plotly.offline.init_notebook_mode": _connected,
    **rules_for(_below_prefix, (f"{prefix}.*" for prefix in PREFIXES)),
}  # fmt: skip

METHODS: dict[str, Rule] = {
    "from_pretrained": _pretrained,
    "retrieve_pdb_file": _download,
    "coastlines": _download,
}

# Methods that are only what they seem where the notebook imports the package.
OWNERS: dict[str, str] = {"coastlines": "cartopy"}
