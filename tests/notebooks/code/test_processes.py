import pytest

from lite_site.notebooks.facts import FactKind

from .asking import facts_of, of_kind, subjects


@pytest.mark.parametrize(
    ("kind", "code", "subject"),
    [
        ("process", "from multiprocessing import Pool\nwith Pool(4) as p:\n    p.map(f, x)", "multiprocessing.Pool"),
        ("process", "import multiprocessing as mp\nmp.Process(target=f).start()", "multiprocessing.Process"),
        ("process", "from concurrent.futures import ProcessPoolExecutor as P\nwith P() as e: pass",
         "concurrent.futures.ProcessPoolExecutor"),
        ("process", "import concurrent.futures\nconcurrent.futures.ProcessPoolExecutor()",
         "concurrent.futures.ProcessPoolExecutor"),
        ("process", "from dask.distributed import Client\nClient()", "dask.distributed.Client"),
        ("process", "from pyspark.sql import SparkSession\nSparkSession.builder.appName('x').getOrCreate()",
         "pyspark.sql.SparkSession"),
        ("process", "import multiprocessing\nclass W(multiprocessing.Process):\n    pass", "multiprocessing.Process"),
        ("thread", "import threading\nt = threading.Thread(target=f)\nt.start()", "threading.Thread"),
        ("thread", "from threading import Thread\nclass W(Thread):\n    pass", "threading.Thread"),
        ("thread", "from concurrent.futures import ThreadPoolExecutor\nThreadPoolExecutor(4)",
         "concurrent.futures.ThreadPoolExecutor"),
        ("socket", "import socket\ns = socket.socket()", "socket.socket"),
        ("socket", "from http.server import HTTPServer, SimpleHTTPRequestHandler\nHTTPServer(('', 8000), S)",
         "http.server.HTTPServer"),
        ("socket", "from flask import Flask\napp = Flask(__name__)\napp.run(debug=True)", "app.run"),
        ("socket", "import psycopg2\npsycopg2.connect('dbname=x')", "psycopg2.connect"),
        ("socket", "from sqlalchemy import create_engine\ncreate_engine('postgresql://u@h/d')",
         "sqlalchemy.create_engine"),
        ("desktop", "import matplotlib\nmatplotlib.use('TkAgg')", 'matplotlib.use("TkAgg")'),
        ("desktop", "import matplotlib.pyplot as plt\nplt.switch_backend('Qt5Agg')",
         'matplotlib.pyplot.switch_backend("Qt5Agg")'),
        ("desktop", "%matplotlib qt5", "%matplotlib qt5"),
        ("desktop", "import cv2\ncv2.imshow('x', image)", "cv2.imshow"),
        ("desktop", "import cv2\ncv2.VideoCapture(0)", "cv2.VideoCapture"),
        ("input", "age = int(input('?'))", "input"),
        ("input", "import builtins\nbuiltins.input()", "input"),
        ("input", "from getpass import getpass\ngetpass()", "getpass.getpass"),
    ],
)  # fmt: skip
def test_what_a_browser_has_none_of(kind: FactKind, code: str, subject: str) -> None:
    assert subjects(kind, code) == [subject]


@pytest.mark.parametrize(
    "code",
    [
        "import multiprocessing\nmultiprocessing.cpu_count()",
        "from joblib import Parallel, delayed\nParallel(n_jobs=4)(delayed(f)(i) for i in x)",
        "import threading\nthreading.Lock()",
        "import socket\nsocket.gethostname()",
        "from sqlalchemy import create_engine\ncreate_engine('sqlite:///a.db')",
        "import matplotlib\nmatplotlib.use('Agg')",
        "game.run()",
        "form.input()",
        "# input()",
        "input = 3",
        "def input(x): return '3'\ninput('?')",
        "class Process: pass\nProcess()",
        "import cv2\ncv2.VideoCapture('film.mp4')",
    ],
)
def test_what_it_has(code: str) -> None:
    kinds = {"process", "thread", "socket", "desktop", "input"}
    assert [fact for fact in facts_of(code) if fact.kind in kinds] == []


def test_star_imports_are_followed() -> None:
    assert subjects("process", "from multiprocessing import *\nPool(4)") == ["multiprocessing.Pool"]
    assert len(of_kind("desktop", "from turtle import *\nforward(3)")) == 1


def test_films_of_matplotlib_need_ffmpeg() -> None:
    code = "from matplotlib import animation\nfilm = animation.FuncAnimation(figure, draw)\n"
    assert subjects("program", f"{code}film.to_html5_video()") == ["ffmpeg"]
    assert subjects("program", f"{code}film.to_jshtml()") == []
