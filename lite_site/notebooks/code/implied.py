"""Modules that a call needs though nobody imports them: `pandas.read_excel` needs openpyxl.

The kernel in the browser runs this file too: nothing but the standard library, nothing of ours.
Checked against the sources of pandas 3.0.2, networkx 3.6, plotly 7.1, statsmodels 0.15 and sympy 1.14.
"""

import ast

_PLOT = ("matplotlib",)

# By the full name of the function called.
CALLS: dict[str, tuple[str, ...]] = {
    "pandas.read_excel": ("openpyxl",),
    "pandas.ExcelFile": ("openpyxl",),
    "pandas.ExcelWriter": ("openpyxl",),
    "pandas.read_parquet": ("pyarrow",),
    "pandas.read_feather": ("pyarrow",),
    "pandas.read_orc": ("pyarrow",),
    "pandas.read_hdf": ("tables",),
    "pandas.HDFStore": ("tables",),
    "pandas.read_html": ("lxml",),
    "pandas.read_xml": ("lxml",),
    "pandas.read_spss": ("pyreadstat",),
    **dict.fromkeys(
        (
            f"pandas.plotting.{name}"
            for name in (
                "scatter_matrix", "parallel_coordinates", "andrews_curves", "radviz", "lag_plot",
                "autocorrelation_plot", "bootstrap_plot", "boxplot",
            )
        ),
        _PLOT,
    ),
    **dict.fromkeys(
        (
            f"networkx.{name}"
            for name in (
                "draw", "draw_networkx", "draw_networkx_nodes", "draw_networkx_edges", "draw_networkx_labels",
                "draw_networkx_edge_labels", "draw_circular", "draw_kamada_kawai", "draw_planar", "draw_random",
                "draw_spectral", "draw_spring", "draw_shell", "draw_forceatlas2", "draw_bipartite", "display",
            )
        ),
        ("matplotlib", "numpy"),
    ),
    **dict.fromkeys(
        (
            f"networkx.{name}"
            for name in (
                "spring_layout", "circular_layout", "shell_layout", "random_layout", "planar_layout",
                "spiral_layout", "spectral_layout", "bipartite_layout", "multipartite_layout",
                "fruchterman_reingold_layout", "forceatlas2_layout", "bfs_layout", "arf_layout", "rescale_layout",
                "to_numpy_array", "from_numpy_array", "adjacency_spectrum", "eigenvector_centrality_numpy",
            )
        ),
        ("numpy",),
    ),
    **dict.fromkeys(
        (
            f"networkx.{name}"
            for name in (
                "kamada_kawai_layout", "draw_kamada_kawai", "pagerank", "hits", "adjacency_matrix",
                "laplacian_matrix", "normalized_laplacian_matrix", "incidence_matrix", "modularity_matrix",
                "to_scipy_sparse_array", "from_scipy_sparse_array", "laplacian_spectrum", "algebraic_connectivity",
                "fiedler_vector", "katz_centrality_numpy", "eigenvector_centrality_numpy", "adjacency_spectrum",
            )
        ),
        ("numpy", "scipy"),
    ),
    "networkx.draw_kamada_kawai": ("matplotlib", "numpy", "scipy"),
    "Bio.Phylo.draw": _PLOT,
    "networkx.from_pandas_edgelist": ("pandas",),
    "networkx.from_pandas_adjacency": ("pandas",),
    "networkx.to_pandas_edgelist": ("pandas",),
    "networkx.to_pandas_adjacency": ("pandas", "numpy"),
    **dict.fromkeys(("sympy.plot", "sympy.plot_implicit", "sympy.plot_parametric", "sympy.plotting.plot"), _PLOT),
    **dict.fromkeys(("sympy.plotting.plot3d", "sympy.plotting.plot_implicit", "sympy.plotting.plot_parametric"), _PLOT),
    **dict.fromkeys(("sklearn.tree.plot_tree", "scipy.cluster.hierarchy.dendrogram"), _PLOT),
    **dict.fromkeys(
        (
            f"sklearn.metrics.{name}"
            for name in (
                "ConfusionMatrixDisplay", "RocCurveDisplay", "PrecisionRecallDisplay", "DetCurveDisplay",
                "PredictionErrorDisplay",
            )
        ),
        _PLOT,
    ),
    "sklearn.inspection.DecisionBoundaryDisplay": _PLOT,
    "sklearn.inspection.PartialDependenceDisplay": _PLOT,
    **dict.fromkeys(("sklearn.model_selection.LearningCurveDisplay", "sklearn.calibration.CalibrationDisplay"), _PLOT),
    "sklearn.model_selection.ValidationCurveDisplay": _PLOT,
    "sklearn.datasets.load_sample_image": ("PIL",),
    "sklearn.datasets.load_sample_images": ("PIL",),
    **dict.fromkeys(
        (
            f"statsmodels.{name}"
            for name in ("api.qqplot", "api.graphics", "graphics", "tsa.api.graphics", "api.tsa.graphics")
        ),
        _PLOT,
    ),
    **dict.fromkeys(("xarray.open_dataset", "xarray.load_dataset", "xarray.open_dataarray"), ("netCDF4",)),
    **dict.fromkeys(("xarray.open_mfdataset",), ("netCDF4", "dask")),
}  # fmt: skip

# By the name of a method, where the notebook imports one of the packages whose tables and arrays have it.
METHODS: dict[str, tuple[str, ...]] = {
    "plot": _PLOT,
    "hist": _PLOT,
    "boxplot": _PLOT,
    "from_estimator": _PLOT,
    "from_predictions": _PLOT,
    "to_excel": ("openpyxl",),
    "to_parquet": ("pyarrow",),
    "to_feather": ("pyarrow",),
    "to_orc": ("pyarrow",),
    "to_hdf": ("tables",),
    "to_xml": ("lxml",),
    "to_markdown": ("tabulate",),
    "to_latex": ("jinja2",),
    "tz_localize": ("tzdata",),
    "tz_convert": ("tzdata",),
    "to_xarray": ("xarray",),
    "to_netcdf": ("netCDF4",),
    "explore": ("folium", "matplotlib", "mapclassify"),
}
OWNERS: dict[str, frozenset[str]] = {
    **dict.fromkeys(METHODS, frozenset(("pandas",))),
    "plot": frozenset(("pandas", "geopandas", "xarray")),
    "hist": frozenset(("pandas", "geopandas")),
    "from_estimator": frozenset(("sklearn",)),
    "from_predictions": frozenset(("sklearn",)),
    "to_netcdf": frozenset(("xarray",)),
    "explore": frozenset(("geopandas",)),
}

# By what follows `.style` of a table.
STYLES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "apply", "applymap", "map", "bar", "format", "format_index", "hide", "highlight_between", "highlight_max",
            "highlight_min", "highlight_null", "highlight_quantile", "pipe", "relabel_index", "set_caption",
            "set_properties", "set_sticky", "set_table_attributes", "set_table_styles", "set_tooltips", "to_html",
        ),
        ("jinja2",),
    ),
    "background_gradient": ("jinja2", "matplotlib"),
    "text_gradient": ("jinja2", "matplotlib"),
}  # fmt: skip

# By the module imported: what it can't show anything without.
IMPORTS: dict[str, tuple[str, ...]] = {
    "tqdm.notebook": ("ipywidgets",),
    "zoneinfo": ("tzdata",),
    "plotly": ("nbformat",),
    "bokeh.sampledata": ("bokeh_sampledata",),
    "Bio.Graphics": ("reportlab",),
}

# What does the same where the module itself is missing.
INSTEAD: dict[str, tuple[str, ...]] = {
    "pyarrow": ("fastparquet",),
    "netCDF4": ("h5netcdf", "scipy"),
}

# Excel's other formats, by the end of the file's name.
WORKBOOKS: dict[str, tuple[str, ...]] = {".xls": ("xlrd",), ".ods": ("odf",), ".xlsb": ("pyxlsb",)}
ENGINES: dict[str, tuple[str, ...]] = {
    "openpyxl": ("openpyxl",),
    "xlrd": ("xlrd",),
    "xlsxwriter": ("xlsxwriter",),
    "odf": ("odf",),
    "pyxlsb": ("pyxlsb",),
    "calamine": ("python_calamine",),
    "pyarrow": ("pyarrow",),
    "fastparquet": ("fastparquet",),
    "h5netcdf": ("h5netcdf",),
    "netcdf4": ("netCDF4",),
    "scipy": ("scipy",),
    "bs4": ("bs4", "html5lib"),
    "html5lib": ("bs4", "html5lib"),
    "lxml": ("lxml",),
    "python": (),
    "c": (),
    "etree": (),
}

_BY_LAST_NAME: dict[str, tuple[str, ...]] = {
    name: tuple(sorted({module for call, needed in CALLS.items() if call.endswith(f".{name}") for module in needed}))
    for name in {call.rpartition(".")[2] for call in CALLS}
} | METHODS


def implied_modules(source: str) -> set[str]:
    """The modules that one cell's calls may need besides its imports, told by names alone; empty if it isn't Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            found.update(_BY_LAST_NAME.get(_last_name(called), ()))
            if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Attribute):
                found.update(_of_parts(called.value, called.attr))
        elif isinstance(node, ast.Import):
            found.update(module for name in node.names for module in of_import(name.name))
        elif isinstance(node, ast.ImportFrom):
            found.update(of_import(node.module or ""))
    return found


def of_import(module: str) -> tuple[str, ...]:
    """The modules that an import needs besides, told by its name or the nearest package it is in."""
    while module not in IMPORTS and "." in module:
        module = module.rpartition(".")[0]
    return IMPORTS.get(module, ())


def _last_name(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


def _of_parts(owner: ast.Attribute, name: str) -> tuple[str, ...]:
    """`table.style.bar()` and `table.plot.scatter()`."""
    if owner.attr == "style":
        return STYLES.get(name, ())
    return METHODS["plot"] if owner.attr == "plot" else ()
