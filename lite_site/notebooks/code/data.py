"""Files that code reads and writes: which calls take a path, and where in their arguments."""

from collections.abc import Iterable, Iterator

from lite_site.notebooks.code.called import Called, Found, Rule, place_found, rules_for
from lite_site.notebooks.code.folding import fold, joined
from lite_site.notebooks.code.scope import PathText

_KEYWORDS = (
    "filepath_or_buffer", "path_or_buf", "path_or_buffer", "path", "filename", "file", "fname", "fp", "io", "name",
    "filepath", "excel_writer", "pathname", "filename_or_obj", "store", "url", "uri", "database", "top", "buf", "f",
    "path_or_fileobj", "dirname", "folder", "dir", "save_path", "pathname_pattern", "paths",
)  # fmt: skip
_PANDAS = (
    "read_csv", "read_table", "read_fwf", "read_excel", "read_json", "read_html", "read_xml", "read_parquet",
    "read_feather", "read_orc", "read_pickle", "read_hdf", "read_stata", "read_sas", "read_spss", "ExcelFile",
)  # fmt: skip
_READERS = (
    *(f"pandas.{name}" for name in _PANDAS),
    *(f"numpy.{name}" for name in ("load", "loadtxt", "genfromtxt", "fromfile")),
    *(f"geopandas.{name}" for name in ("read_file", "read_parquet", "read_feather", "GeoDataFrame.from_file")),
    *(f"polars.{name}" for name in ("read_csv", "scan_csv", "read_parquet", "scan_parquet", "read_json", "read_excel")),
    *(f"dask.dataframe.{name}" for name in ("read_csv", "read_parquet", "read_json")),
    *(f"xarray.{name}" for name in ("open_dataset", "load_dataset", "open_dataarray", "open_mfdataset", "open_zarr")),
    *(f"scanpy.{name}" for name in ("read", "read_h5ad", "read_10x_h5", "read_10x_mtx", "read_csv", "read_loom")),
    *(f"anndata.{name}" for name in ("read_h5ad", "read", "read_csv", "read_zarr")),
    *(f"scipy.io.{name}" for name in ("loadmat", "mmread", "wavfile.read", "readsav", "arff.loadarff")),
    *(f"networkx.{name}" for name in ("read_edgelist", "read_weighted_edgelist", "read_adjlist", "read_gml",
      "read_graphml", "read_gexf", "read_pajek", "read_gpickle", "read_multiline_adjlist")),
    *(f"matplotlib.{name}" for name in ("pyplot.imread", "image.imread")),
    *(f"skimage.io.{name}" for name in ("imread", "imread_collection", "ImageCollection")),
    *(f"imageio.{name}" for name in ("imread", "v2.imread", "v3.imread", "get_reader", "mimread", "volread")),
    *(f"Bio.{name}" for name in ("AlignIO.read", "AlignIO.parse", "SeqIO.parse", "SeqIO.read", "SeqIO.index",
      "Phylo.read", "Phylo.parse", "SearchIO.read", "SearchIO.parse", "motifs.parse", "Align.read", "Align.parse")),
    *(f"pysam.{name}" for name in ("FastaFile", "FastxFile", "TabixFile", "Fastafile", "faidx", "index")),
    *(f"torch.{name}" for name in ("load", "jit.load")),
    *(f"joblib.{name}" for name in ("load",)),
    "PIL.Image.open", "cv2.imread", "tifffile.imread", "tifffile.TiffFile", "nibabel.load", "mne.io.read_raw_fif",
    "mne.io.read_raw_edf", "mne.read_epochs", "pydicom.dcmread", "librosa.load", "soundfile.read", "pyreadr.read_r",
    "openpyxl.load_workbook", "xlrd.open_workbook", "docx.Document", "PyPDF2.PdfReader", "pypdf.PdfReader",
    "fitz.open", "pdfplumber.open", "rdkit.Chem.SDMolSupplier", "rdkit.Chem.MolFromMolFile",
    "rdkit.Chem.MolFromPDBFile",
    "mdtraj.load", "MDAnalysis.Universe", "astropy.io.fits.open", "astropy.io.fits.getdata", "astropy.table.Table.read",
    "rasterio.open", "fiona.open", "zarr.open", "runpy.run_path",
    "xml.etree.ElementTree.parse", "lxml.etree.parse", "linecache.getlines", "fileinput.input",
    "glob.glob", "glob.iglob", "arviz.from_netcdf", "skbio.io.read",
    "cobra.io.read_sbml_model", "libsbml.readSBML", "tellurium.loadSBMLModel", "flowkit.Sample", "loompy.connect",
    "allel.read_vcf", "cyvcf2.VCF", "vcf.Reader",
    "shapefile.Reader",
    "tensorflow.keras.models.load_model", "keras.models.load_model",
)  # fmt: skip
_WRITERS = (
    "pandas.ExcelWriter", "numpy.save", "numpy.savez", "numpy.savez_compressed", "numpy.savetxt", "cv2.imwrite",
    "skimage.io.imsave", "imageio.imwrite", "imageio.imsave", "imageio.v2.imwrite", "imageio.v3.imwrite",
    "imageio.mimsave", "imageio.mimwrite", "imageio.get_writer", "tifffile.imwrite", "tifffile.imsave",
    "matplotlib.pyplot.savefig", "matplotlib.pyplot.imsave", "matplotlib.image.imsave", "scipy.io.savemat",
    "scipy.io.mmwrite", "scipy.io.wavfile.write", "os.makedirs", "os.mkdir", "soundfile.write", "xlsxwriter.Workbook",
    "logging.FileHandler", "plotly.offline.plot", "cv2.VideoWriter", "bokeh.plotting.output_file",
    "bokeh.io.output_file",
)  # fmt: skip
_SECOND_WRITERS = (
    "joblib.dump", "torch.save", "plotly.io.write_html", "plotly.io.write_image", "Bio.SeqIO.write", "Bio.Phylo.write",
    "Bio.AlignIO.write", "nibabel.save",
    *(f"networkx.{name}" for name in ("write_edgelist", "write_adjlist", "write_gml", "write_graphml", "write_gexf",
      "write_pajek", "write_gpickle", "write_weighted_edgelist")),
)  # fmt: skip
# Where in its arguments the mode stands; without one, the file is read.
_OPENERS = {
    "open": 1, "io.open": 1, "builtins.open": 1, "codecs.open": 1, "gzip.open": 1, "bz2.open": 1, "lzma.open": 1,
    "gzip.GzipFile": 1, "bz2.BZ2File": 1, "lzma.LZMAFile": 1, "zipfile.ZipFile": 1, "tarfile.open": 1, "wave.open": 1,
    "h5py.File": 1, "netCDF4.Dataset": 1, "pysam.AlignmentFile": 1, "pysam.VariantFile": 1, "tables.open_file": 1,
    "aiofiles.open": 1, "Bio.bgzf.open": 1, "dbm.open": 1, "numpy.memmap": 2, "pysam.Samfile": 1, "smart_open.open": 1,
}  # fmt: skip
_METHOD_WRITERS = (
    "to_csv", "to_excel", "to_json", "to_parquet", "to_pickle", "to_html", "to_latex", "to_feather", "to_hdf",
    "to_stata", "to_xml", "to_markdown", "to_netcdf", "to_zarr", "to_file", "tofile", "savefig", "write_html",
    "write_image", "write_json", "write_h5ad", "write_csv", "write_parquet", "save_weights", "save_model", "save_graph",
    "to_orc", "to_gpickle",
)  # fmt: skip


def _read(called: Called) -> Iterator[Found]:
    for text in called.texts(0, *_KEYWORDS):
        yield from place_found(text, called.name)


def _write(called: Called) -> Iterator[Found]:
    for text in called.texts(0, *_KEYWORDS, "filename"):
        yield from place_found(text, called.name, "writes")


def _write_second(called: Called) -> Iterator[Found]:
    for text in called.texts(1, *_KEYWORDS, "handle", "out_path"):
        yield from place_found(text, called.name, "writes")


def _named(called: Called) -> Iterator[Found]:
    for text in called.texts(-1, "filename"):
        yield from place_found(text, called.name, "writes")


def _open(called: Called) -> Iterator[Found]:
    position = _OPENERS[called.name]
    given = called.argument(position, "mode")
    modes = called.texts(position, "mode") if given is not None else ("r",)
    for text in called.texts(0, *_KEYWORDS) if modes else ():
        yield from _opened(text, modes[0], called.name)


def _opened(text: str, mode: str, manner: str) -> Iterator[Found]:
    """What a mode does to a file: `r+` and `a` of a store read what they then change."""
    if mode[:1] == "r":
        yield from place_found(text, manner)
    if mode[:1] in "wax" or "+" in mode:
        yield from place_found(text, manner, "writes")


def _store(called: Called) -> Iterator[Found]:
    """Opens a store that is made where there is none; its mode says otherwise."""
    modes = called.texts(1, "mode", "flag")
    for text in called.texts(0, *_KEYWORDS):
        yield from place_found(text, called.name)
        if not modes or modes[0][:1] != "r":
            yield from place_found(text, called.name, "writes")


def _database(called: Called) -> Iterator[Found]:
    """A SQLite file; connecting makes an empty one, so whether tables are created is told apart by the walk."""
    for text in called.texts(0, "database"):
        if not text.startswith("file:"):
            yield from place_found(text, called.name)


def _copy(called: Called) -> Iterator[Found]:
    for text in called.texts(0, "src"):
        yield from place_found(text, called.name)
    for text in called.texts(1, "dst"):
        yield from place_found(text, called.name, "writes")


def _unpack(called: Called) -> Iterator[Found]:
    for text in called.texts(0, "filename"):
        yield from place_found(text, called.name)
    yield Found("writes", joined((called.texts(1, "extract_dir") or (".",))[0], "**"), called.name)


def _extract(called: Called) -> Iterator[Found]:
    """An archive unpacked: what is in it isn't known, so everything below its folder may be there."""
    folders = called.texts(0 if called.name == "extractall" else 1, "path")
    given = called.argument(0 if called.name == "extractall" else 1, "path")
    if given is None:
        yield Found("writes", "**", called.name)
    for folder in folders:
        yield Found("writes", joined(folder, "**"), called.name)


def _of_path(called: Called) -> Iterator[Found]:
    """Methods of `pathlib.Path`: nothing where the object isn't known to be one."""
    for text in fold(called.receiver, called.scope):
        if not isinstance(text, PathText):
            continue
        if called.name == "open":
            given = called.argument(0, "mode")
            modes = called.texts(0, "mode") if given is not None else ("r",)
            if modes:
                yield from _opened(text, modes[0], "pathlib.Path.open")
        elif called.name in {"glob", "rglob"}:
            for pattern in called.texts(0, "pattern"):
                below = joined("**", pattern) if called.name == "rglob" else pattern
                yield from place_found(joined(text, below), f"pathlib.Path.{called.name}")
        else:
            kind = "writes" if called.name in {"write_text", "write_bytes", "mkdir", "touch"} else "reads"
            yield from place_found(text, f"pathlib.Path.{called.name}", kind)  # type: ignore[arg-type]


def _saved(called: Called) -> Iterator[Found]:
    """`image.save("a.png")`: many objects have a `save`, so only what looks like a file counts."""
    for text in called.texts(0, "fp", "filename", "path"):
        if "." in text.rpartition("/")[2]:
            yield from place_found(text, called.name, "writes")


def _searched(called: Called) -> Iterator[Found]:
    """A folder that imports look in from now on; one that isn't there harms nobody."""
    position = 1 if called.name.endswith(".insert") else 0
    yield from searched(called.texts(position))


def searched(folders: Iterable[str] = ()) -> Iterator[Found]:
    """What a change of `sys.path` is to the facts; which folder it is may not be known."""
    for folder in tuple(folders) or (".",):
        yield Found("reads", folder, "sys.path", optional=True)


def _changed_folder(called: Called) -> Iterator[Found]:
    for text in called.texts(0, "path"):
        yield from place_found(text, called.name)


RULES: dict[str, Rule] = {
    **rules_for(_read, _READERS),
    **rules_for(_read, ("os.listdir", "os.scandir", "os.walk")),
    **rules_for(_write, _WRITERS),
    **rules_for(_write_second, _SECOND_WRITERS),
    **rules_for(_open, _OPENERS),
    **rules_for(_store, ("pandas.HDFStore", "shelve.open")),
    **rules_for(_copy, ("shutil.copy", "shutil.copyfile", "shutil.copy2", "shutil.copytree", "shutil.move",
                        "os.rename", "os.replace")),
    "sqlite3.connect": _database,
    "shutil.unpack_archive": _unpack,
    "logging.basicConfig": _named,
    "os.chdir": _changed_folder,
    **rules_for(_searched, ("sys.path.append", "sys.path.insert", "sys.path.extend", "site.addsitedir")),
}  # fmt: skip

METHODS: dict[str, Rule] = {
    **rules_for(_write, _METHOD_WRITERS),
    **rules_for(_of_path, ("open", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob",
                           "mkdir", "touch")),
    **rules_for(_extract, ("extractall", "extract")),
    "save": _saved,
}  # fmt: skip
