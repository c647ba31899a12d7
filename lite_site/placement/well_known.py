"""Modules teachers use that a browser hasn't got, and why: only words, the catalogue of wheels always has the say."""

from typing import Literal

Why = Literal[
    "native", "graphics", "java", "many", "r", "through", "jit", "database", "device", "server", "program", "widget"
]

LEFT_OUT = frozenset((
    "_curses", "_tkinter", "curses", "dbm", "ensurepip", "grp", "idlelib", "msvcrt", "nt", "pwd", "pydoc_data",
    "readline", "resource", "syslog", "test", "tkinter", "turtle", "turtledemo", "venv", "winreg", "winsound",
))  # fmt: skip
"""Modules of the standard library that Pyodide 314.0.3 can't import (each was tried there)."""

LEFT_OUT_PARTS = frozenset(("multiprocessing.shared_memory", "multiprocessing.synchronize"))
"""Parts of modules it has that it can't import (tried there too)."""

NAMESPACE_PARTS = {"google.protobuf": "protobuf"}
"""The package behind each part of a name that many packages share."""

DESKTOP = frozenset((
    "PyQt4", "PyQt5", "PyQt6", "PySide2", "PySide6", "PySimpleGUI", "Tkinter", "_tkinter", "arcade", "customtkinter",
    "easygui", "kivy", "mayavi", "napari", "pgzrun", "pyautogui", "pyglet", "pymol", "pynput", "tkinter", "turtle",
    "turtledemo", "ursina", "wx",
))  # fmt: skip
"""Modules that open windows or watch the keyboard: a cluster has no screen either."""

ELSEWHERE = {
    **dict.fromkeys(("google.colab",), "Google Colab"),
    **dict.fromkeys(("kaggle_datasets", "kaggle_secrets", "kaggle_web_client"), "Kaggle"),
    **dict.fromkeys(("dbutils", "pyspark.dbutils"), "Databricks"),
    **dict.fromkeys(("_winapi", "msvcrt", "pythoncom", "pywintypes", "win32api", "win32com", "win32con"), "Windows"),
    **dict.fromkeys(("win32gui", "winreg", "winsound"), "Windows"),
    **dict.fromkeys(("microbit", "micropython", "machine", "neopixel", "pyb", "utime"), "board"),
    **dict.fromkeys(("casioplot", "hpprime", "ion", "kandinsky", "ti_draw", "ti_plotlib", "ti_system"), "calculator"),
    **dict.fromkeys(("RPi", "gpiozero", "picamera", "picamera2", "sense_hat"), "Raspberry Pi"),
}
"""Modules that only one place has, by their first or first two names."""

_NATIVE = (
    "HTSeq", "MDAnalysis", "SimpleITK", "catboost", "cyvcf2", "gensim", "graph_tool", "gseapy", "hmmlearn", "itk",
    "jax", "jaxlib", "leidenalg", "libsbml", "line_profiler", "llvmlite", "louvain", "mappy", "mdtraj", "mediapipe",
    "numexpr", "onnx", "onnxruntime", "open3d", "openmm", "ortools", "parasail", "psutil", "pyBigWig", "pybedtools",
    "pyscf", "pystan", "pytensor", "qiskit", "rdkit", "roadrunner", "skbio", "spacy", "tables", "tensorflow",
    "theano", "tokenizers", "torch", "vtk",
)  # fmt: skip
_THROUGH = {
    "dlib": ("face_recognition",),
    "jax": ("flax", "haiku", "numpyro", "optax"),
    "numba": ("datashader", "librosa", "pynndescent", "scanpy", "squidpy", "stumpy", "umap"),
    "psutil": ("memory_profiler",),
    "pytensor": ("bambi", "pymc"),
    "tensorflow": ("keras", "stardist", "tensorflow_datasets", "tensorflow_hub", "tensorflow_probability"),
    "tokenizers": ("transformers",),
    "torch": (
        "cellpose", "detectron2", "dgl", "easyocr", "fastai", "lightning", "monai", "pytorch_lightning", "scvi",
        "sentence_transformers", "skorch", "stable_baselines3", "timm", "torch_geometric", "torchaudio", "torchvision",
        "ultralytics",
    ),
    "vtk": ("pyvista",),
}  # fmt: skip
_WIDGETS = ("bqplot", "ipycanvas", "ipyleaflet", "ipympl", "ipyvolume", "nglview", "pythreejs")
_PROGRAMS = {
    "CmdStan": ("cmdstanpy", "prophet"),
    "Docker": ("docker",),
    "FFmpeg": ("ffmpeg", "moviepy", "pydub"),
    "Graphviz": ("graphviz", "pydot", "pygraphviz"),
    "Julia": ("julia", "juliacall"),
    "Octave": ("oct2py",),
    "Tesseract": ("pytesseract",),
    "WebDriver": ("selenium",),
    "gcc": ("Cython", "fortranmagic"),
}

ABSENT: dict[str, tuple[Why, str]] = {
    **dict.fromkeys(_NATIVE, ("native", "")),
    **dict.fromkeys(("cudf", "cugraph", "cuml", "cupy", "pycuda"), ("graphics", "")),
    **dict.fromkeys(("h2o", "jnius", "jpype", "pyspark"), ("java", "")),
    **dict.fromkeys(("distributed", "ipyparallel", "mpi4py", "ray"), ("many", "")),
    **dict.fromkeys(("numba",), ("jit", "")),
    **dict.fromkeys(("rpy2",), ("r", "")),
    **dict.fromkeys(("MySQLdb", "cx_Oracle", "mysql", "oracledb", "psycopg", "psycopg2"), ("database", "")),
    **dict.fromkeys(("pymssql", "pymysql", "pyodbc"), ("database", "")),
    **dict.fromkeys(("pyaudio", "pyfirmata", "serial", "smbus", "sounddevice", "usb"), ("device", "")),
    **dict.fromkeys(("keyboard", "mouse", "nidaqmx", "pyrealsense2", "pyvisa"), ("device", "")),
    **dict.fromkeys(("dash", "django", "flask", "gradio", "jupyter_dash", "streamlit", "uvicorn"), ("server", "")),
    **dict.fromkeys(_WIDGETS, ("widget", "")),
    **{module: ("through", needs) for needs, modules in _THROUGH.items() for module in modules},
    **{module: ("program", program) for program, modules in _PROGRAMS.items() for module in modules},
}
"""Why there is no wheel for a module a browser could load, and the package or program it leans on."""

_PURE = (
    "PyPDF2", "adjustText", "anndata", "autograd", "bokeh_sampledata", "chess", "colorama", "colorcet", "corner",
    "dask", "einops", "emcee", "emoji", "folium", "gymnasium", "humanize", "lifelines", "lmfit", "logomaker",
    "missingno", "mlxtend", "natsort", "nbformat", "nibabel", "openpyxl", "palettable", "pingouin", "plotly",
    "plotnine", "prettytable", "pydicom", "pyfaidx", "pypdf", "pyvis", "qrcode", "reportlab", "simpy", "squarify",
    "tabulate", "yellowbrick",
)  # fmt: skip

PURE = {
    **{module: module for module in _PURE},
    "docx": "python-docx", "faker": "Faker", "imblearn": "imbalanced-learn", "markdown": "Markdown",
    "matplotlib_venn": "matplotlib-venn", "mesa": "Mesa", "pint": "Pint", "pptx": "python-pptx", "sql": "ipython-sql",
    "unidecode": "Unidecode", "xlsxwriter": "XlsxWriter",
}  # fmt: skip
"""The package of each module that is written in pure Python: adding it to the course brings it to the browser."""


def elsewhere(dotted: str) -> str:
    """The one place that has a module, "" where it is an ordinary one."""
    parts = dotted.split(".")
    return ELSEWHERE.get(".".join(parts[:2])) or ELSEWHERE.get(parts[0], "")
