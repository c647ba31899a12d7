import pytest

from .asking import facts_of, of_kind, subjects


@pytest.mark.parametrize(
    ("code", "path", "manner"),
    [
        ("open('a.txt')", "a.txt", "open"),
        ("with open('a.txt', encoding='utf-8') as f:\n    f.read()", "a.txt", "open"),
        ("open('a.txt', 'rb')", "a.txt", "open"),
        ("open(file='a.txt', mode='r')", "a.txt", "open"),
        ("json.load(open('a.json'))", "a.json", "open"),
        ("import pandas as pd\npd.read_csv('data/a b.csv', sep=';')", "data/a b.csv", "pandas.read_csv"),
        ("from pandas import read_csv as lire\nlire('a.csv')", "a.csv", "pandas.read_csv"),
        ("import pandas\npandas.read_excel(io='a.xlsx')", "a.xlsx", "pandas.read_excel"),
        ("pd.read_csv('données/élèves.csv')", "données/élèves.csv", "pandas.read_csv"),
        ("import numpy as np\nnp.loadtxt('a.txt')", "a.txt", "numpy.loadtxt"),
        ("import numpy as np\nnp.load('a.npy')", "a.npy", "numpy.load"),
        ("from pathlib import Path\nPath('a.txt').read_text()", "a.txt", "pathlib.Path.read_text"),
        ("from pathlib import Path\nwith Path('a').joinpath('b').open() as f: pass", "a/b", "pathlib.Path.open"),
        ("from pathlib import Path\nopen(Path('a') / 'b.txt')", "a/b.txt", "open"),
        ("from pathlib import Path\nlist(Path('a').glob('*.csv'))", "a/*.csv", "pathlib.Path.glob"),
        ("import matplotlib.pyplot as plt\nplt.imread('a.png')", "a.png", "matplotlib.pyplot.imread"),
        ("from PIL import Image\nImage.open('a.png')", "a.png", "PIL.Image.open"),
        ("import cv2\ncv2.imread('a.png')", "a.png", "cv2.imread"),
        ("from skimage import io\nio.imread('a.png')", "a.png", "skimage.io.imread"),
        ("from Bio import SeqIO\nSeqIO.parse('a.fasta', 'fasta')", "a.fasta", "Bio.SeqIO.parse"),
        ("import pysam\npysam.AlignmentFile('a.bam', 'rb')", "a.bam", "pysam.AlignmentFile"),
        ("import h5py\nh5py.File('a.h5')", "a.h5", "h5py.File"),
        ("import gzip\ngzip.open('a.gz', 'rt')", "a.gz", "gzip.open"),
        ("import zipfile\nzipfile.ZipFile('a.zip')", "a.zip", "zipfile.ZipFile"),
        ("import tarfile\ntarfile.open('a.tgz', 'r:gz')", "a.tgz", "tarfile.open"),
        ("import nibabel as nib\nnib.load('a.nii')", "a.nii", "nibabel.load"),
        ("import sqlite3\nsqlite3.connect('a.db')", "a.db", "sqlite3.connect"),
        ("import geopandas as gpd\ngpd.read_file('a.geojson')", "a.geojson", "geopandas.read_file"),
        ("import xarray as xr\nxr.open_dataset('a.nc')", "a.nc", "xarray.open_dataset"),
        ("from IPython.display import Image\nImage('a.png')", "a.png", "IPython.display.Image"),
        ("from IPython.display import Audio\nAudio(filename='a.wav')", "a.wav", "IPython.display.Audio"),
        ("import glob\nglob.glob('data/*.csv')", "data/*.csv", "glob.glob"),
        ("import os\nos.listdir('data')", "data", "os.listdir"),
        ("import os\nos.chdir('/shared/cours')", "/shared/cours", "os.chdir"),
        ("%run setup.ipynb", "setup.ipynb", "%run"),
        ("%run -i 'mon script.py' 3", "mon script.py", "%run"),
        ("%load tools.py", "tools.py", "%load"),
        ("%cd data", "data", "%cd"),
        ("cd ../data", "../data", "%cd"),
    ],
)
def test_reads(code: str, path: str, manner: str) -> None:
    (fact,) = of_kind("reads", code)
    assert (fact.subject, fact.manner) == (path, manner)
    assert of_kind("writes", code) == []


@pytest.mark.parametrize(
    ("code", "path", "manner"),
    [
        ("open('a.txt', 'w')", "a.txt", "open"),
        ("open('a.txt', mode='a')", "a.txt", "open"),
        ("open('a.txt', 'x')", "a.txt", "open"),
        ("df.to_csv('a.csv', index=False)", "a.csv", "to_csv"),
        ("plt.savefig('a.png', dpi=300)", "a.png", "matplotlib.pyplot.savefig"),
        ("fig.savefig('a.pdf')", "a.pdf", "savefig"),
        ("np.save('a.npy', x)", "a.npy", "numpy.save"),
        ("np.savetxt('a.txt', x)", "a.txt", "numpy.savetxt"),
        ("from pathlib import Path\nPath('a').write_text('x')", "a", "pathlib.Path.write_text"),
        ("import os\nos.makedirs('out', exist_ok=True)", "out", "os.makedirs"),
        ("import joblib\njoblib.dump(model, 'm.joblib')", "m.joblib", "joblib.dump"),
        ("image.save('a.png')", "a.png", "save"),
        ("%%writefile tools/a.py\nx = 1", "tools/a.py", "%%writefile"),
        ("%%file 'mon module.py'\nx = 1", "mon module.py", "%%file"),
        ("%%writefile -a a.txt\nx", "a.txt", "%%writefile"),
        ("import zipfile\nwith zipfile.ZipFile(f) as z:\n    z.extractall('data')", "data/**", "extractall"),
        ("import h5py\nh5py.File('a.h5', 'w')", "a.h5", "h5py.File"),
    ],
)
def test_writes(code: str, path: str, manner: str) -> None:
    (fact,) = of_kind("writes", code)
    assert (fact.subject, fact.manner) == (path, manner)
    assert of_kind("reads", code) == []


@pytest.mark.parametrize(
    "code",
    [
        "open('a.txt', 'r+')",
        "import pandas as pd\npd.HDFStore('a.txt')",
        "import shutil\nshutil.copy('a.txt', 'a.txt')",
        "import sqlite3\nc = sqlite3.connect('a.txt')\nc.execute('CREATE TABLE t (x INT)')",
        "import sqlite3\nc = sqlite3.connect('a.txt')\ndf.to_sql('t', c)",
    ],
)
def test_both(code: str) -> None:
    assert (subjects("reads", code), subjects("writes", code)) == (["a.txt"], ["a.txt"])


@pytest.mark.parametrize(
    "code",
    [
        "open(name)",
        "open('a.txt', mode)",
        "open(0)",
        "form.open('a.txt')",
        "df.to_csv()",
        "df.to_csv(path)",
        "x = 'data/a.csv'",
        "print('a.csv')",
        "model.save('experiment')",
        "mime = 'text/csv'",
        "import pandas as pd\npd.read_json('{\"a\": 1}')",
        "import pandas as pd, io\npd.read_csv(io.StringIO('a,b\\n1,2'))",
        "import sqlite3\nsqlite3.connect(':memory:')",
        "import os\nos.listdir()",
        "import os\nos.path.exists('a.csv')",
        "def open(x): pass\nopen('a.txt')",
        "from IPython.display import Image\nImage(data)",
        "from IPython.display import HTML\nHTML('<b>a.png</b>')",
        "# open('a.txt')",
        "'''open(\"a.txt\")'''",
        "strftime('%Y/%m/%d')",
    ],
)
def test_no_path_is_invented(code: str) -> None:
    assert [fact for fact in facts_of(code) if fact.kind in {"reads", "writes"}] == []


def test_the_folder_is_followed() -> None:
    assert subjects("reads", "import os\nos.chdir('data')", "open('a.csv')\nopen('/b.csv')") == [
        "data", "/b.csv", "data/a.csv",
    ]  # fmt: skip
    assert subjects("reads", "%cd ..", "open('a.csv')") == ["..", "../a.csv"]


def test_after_a_folder_unknown_relative_paths_mean_nothing() -> None:
    assert subjects("reads", "import os\nos.chdir(folder)\nopen('a.csv')\nopen('/b.csv')") == ["/b.csv"]


@pytest.mark.parametrize(
    ("code", "folder"),
    [
        ("import sys\nsys.path.append('../src')", "../src"),
        ("import sys\nsys.path.insert(0, '../src')", "../src"),
        ("from sys import path\npath.append('../src')", "../src"),
        ("import sys\nsys.path.append(chosen)", "."),
        ("import sys\nsys.path += ['../src']", "."),
        ("import sys\nsys.path[:0] = ['../src']", "."),
    ],
)
def test_folders_that_imports_look_in_are_told_and_may_be_absent(code: str, folder: str) -> None:
    (fact,) = of_kind("reads", code)
    assert (fact.subject, fact.manner, fact.optional) == (folder, "sys.path", True)
