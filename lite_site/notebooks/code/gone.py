"""What packages and Python itself no longer have: modules and names that lessons still import from them.

Each was tried with the versions of Pyodide 314.0.3: numpy 2.4, pandas 3.0, scipy 1.18, scikit-learn 1.8, matplotlib
3.10, IPython 9.12, networkx 3.6, scikit-image 0.25, biopython 1.87, bokeh 3.9...; those of Python itself up to 3.14.
"""

import ast
from collections.abc import Iterator

_MODULES = """
    Bio.Align.Applications Bio.Alphabet Bio.Application Bio.Blast.Applications Bio.Blast.NCBIStandalone
    Bio.Blast.ParseBlastTable Bio.Data.SCOPData Bio.Emboss.Applications Bio.FSSP Bio.LogisticRegression
    Bio.MarkovModel Bio.MaxEntropy Bio.Motif Bio.NaiveBayes Bio.Phylo.Applications Bio.PopGen.Async
    Bio.PopGen.FDist Bio.PopGen.SimCoal Bio.SeqUtils.CodonUsage Bio.SeqUtils.CodonUsageIndices
    Bio.Sequencing.Applications Bio.Statistics Bio.SubsMat Bio.kNN Bio.motifs.applications Bio.trie
    IPython.config IPython.core.inputsplitter IPython.core.prompts IPython.extensions.cythonmagic
    IPython.extensions.parallelmagic IPython.extensions.rmagic IPython.external.decorators
    IPython.external.mathjax IPython.frontend IPython.html IPython.kernel IPython.lib.inputhook IPython.lib.kernel
    IPython.lib.security IPython.nbconvert IPython.nbformat IPython.parallel IPython.qt IPython.utils.daemonize
    IPython.utils.shimmodule IPython.utils.traitlets IPython.utils.version IPython.utils.warn IPython.zmq
    bokeh.charts bokeh.crossfilter bokeh.mpl bokeh.objects bokeh.tile_providers bokeh.util.string
    matplotlib.axes._subplots matplotlib.backends.backend_qt4agg matplotlib.backends.qt4_compat
    matplotlib.delaunay matplotlib.docstring matplotlib.externals matplotlib.finance matplotlib.fontconfig_pattern
    matplotlib.nxutils matplotlib.tight_layout matplotlib.tri.triangulation
    mpl_toolkits.axes_grid mpl_toolkits.axes_grid1.colorbar mpl_toolkits.basemap mpl_toolkits.clifford
    mpl_toolkits.exceltools mpl_toolkits.natgrid
    networkx.classes.ordered networkx.readwrite.gpickle networkx.readwrite.nx_shp networkx.testing
    nltk.model
    numpy.core.umath_tests numpy.distutils numpy.dual numpy.lib.arraysetops numpy.lib.function_base
    numpy.linalg.linalg numpy.testing.decorators
    pandas.algos pandas.core.datetools pandas.core.index pandas.datetools pandas.formats pandas.hashtable
    pandas.indexes pandas.io.data pandas.io.ga pandas.io.gbq pandas.io.wb pandas.lib pandas.plotting._converter
    pandas.rpy pandas.sandbox pandas.stats pandas.tools pandas.tseries.converter pandas.tseries.index
    pandas.tseries.plotting pandas.tseries.tools pandas.tslib pandas.types pandas.util.testing
    scipy.misc.pilutil scipy.sparse.linalg.eigen.arpack scipy.weave
    seaborn.apionly seaborn.linearmodels seaborn.timeseries
    skimage.feature.register_translation skimage.filter skimage.future.graph skimage.morphology.selem
    skimage.morphology.watershed skimage.novice skimage.util.montage skimage.viewer
    sklearn.cluster.affinity_propagation_ sklearn.cluster.bicluster sklearn.cluster.birch sklearn.cluster.dbscan_
    sklearn.cluster.hierarchical sklearn.cluster.k_means_ sklearn.cross_decomposition.pls_
    sklearn.cross_validation sklearn.datasets.base sklearn.datasets.california_housing sklearn.datasets.lfw
    sklearn.datasets.mldata sklearn.datasets.samples_generator sklearn.datasets.species_distributions
    sklearn.decomposition.pca sklearn.ensemble.bagging sklearn.ensemble.base sklearn.ensemble.forest
    sklearn.ensemble.gradient_boosting sklearn.ensemble.partial_dependence sklearn.ensemble.voting_classifier
    sklearn.ensemble.weight_boosting sklearn.externals.joblib sklearn.externals.six
    sklearn.feature_extraction.stop_words sklearn.feature_selection.base
    sklearn.feature_selection.univariate_selection sklearn.gaussian_process.correlation_models sklearn.grid_search
    sklearn.hmm sklearn.lda sklearn.learning_curve sklearn.linear_model.base
    sklearn.linear_model.coordinate_descent sklearn.linear_model.logistic sklearn.linear_model.perceptron
    sklearn.linear_model.ridge sklearn.linear_model.stochastic_gradient sklearn.manifold.t_sne
    sklearn.metrics.classification sklearn.metrics.ranking sklearn.metrics.regression sklearn.metrics.scorer
    sklearn.neighbors.classification sklearn.neighbors.kde sklearn.neighbors.nearest_centroid
    sklearn.neighbors.unsupervised sklearn.neural_network.multilayer_perceptron sklearn.neural_network.rbm
    sklearn.pls sklearn.preprocessing.data sklearn.preprocessing.imputation sklearn.preprocessing.label
    sklearn.qda sklearn.semi_supervised.label_propagation sklearn.svm.base sklearn.svm.classes sklearn.svm.libsvm
    sklearn.tree.export sklearn.tree.tree sklearn.utils.linear_assignment_ sklearn.utils.mocking
    sklearn.utils.testing
    statsmodels.tsa.kalmanf
    sympy.deprecated sympy.galgebra sympy.mpmath sympy.printing.ccode sympy.statistics
    xml.etree.cElementTree
"""
_NAMES = """
    Bio: Crystal GFF Prosite
    Bio.PDB.Polypeptide: one_to_three three_to_one
    Bio.Seq: Alphabet UnknownSeq
    Bio.SeqUtils: GC
    IPython.core.debugger: Tracer
    IPython.core.display: clear_output display publish_display_data set_matplotlib_formats
    IPython.display: set_matplotlib_close set_matplotlib_formats
    IPython.lib: passwd
    IPython.utils.path: get_ipython_package_dir locate_profile
    IPython.utils.py3compat: bytes_to_str str_to_bytes string_types unicode_type
    PIL.Image: ANTIALIAS
    ast: Bytes Ellipsis NameConstant Num Str
    asyncio: coroutine
    base64: decodestring encodestring
    bokeh.io: gridplot hplot output_server vform
    bokeh.layouts: WidgetBox widgetbox
    bokeh.models.graphs: from_networkx
    bokeh.models.widgets: HBox Panel VBox
    bokeh.plotting: hplot output_server vplot
    collections: Callable Container Hashable ItemsView Iterable Iterator KeysView Mapping MappingView
        MutableMapping MutableSequence MutableSet Sequence Set Sized ValuesView
    configparser: SafeConfigParser
    contextlib: nested
    fractions: gcd
    html.parser: HTMLParseError
    importlib: find_loader
    inspect: formatargspec getargspec
    itertools: ifilter ifilterfalse imap izip izip_longest
    jinja2: Markup contextfilter contextfunction environmentfilter escape
    matplotlib.animation: AVConvWriter
    matplotlib.cbook: MatplotlibDeprecationWarning is_string_like iterable
    matplotlib.cm: cmap_d register_cmap
    matplotlib.mlab: PCA bivariate_normal csv2rec entropy find griddata normpdf prctile rms_flat
    matplotlib.pyplot: hold plotfile
    matplotlib.testing.decorators: cleanup
    networkx: connected_component_subgraphs draw_graphviz from_numpy_matrix from_pandas_dataframe
        from_scipy_sparse_matrix graphviz_layout info read_gpickle read_shp to_numpy_matrix to_scipy_sparse_matrix
        write_gpickle
    numpy: Inf NAN NINF NaN PINF alltrue asfarray asscalar bool8 complex cumproduct find_common_type float float_
        in1d infty int mat msort object product rank recfromcsv round_ sometrue str trapz unicode who
    numpy.testing: Tester rand
    os: errno getcwdu
    pandas: Float64Index Int64Index Panel SparseDataFrame SparseSeries Term TimeGrouper TimeSeries UInt64Index
        datetime ewma lib np ols rolling_mean rolling_std scatter_matrix tslib value_counts
    pandas.compat: StringIO lrange range u
    pandas.core.common: SettingWithCopyWarning
    pandas.errors: SettingWithCopyError SettingWithCopyWarning
    pkgutil: ImpImporter ImpLoader find_loader get_loader
    platform: dist linux_distribution
    scipy: absolute append arange array asarray cos diff dot e exp floor histogram ifft interp linspace log log10
        mat mean meshgrid ones pi poly1d polyfit polyval rand randn round sign sin sqrt std sum tan unique zeros
    scipy.integrate: cumtrapz quadrature romberg simps trapz
    scipy.interpolate: spline
    scipy.linalg: kron pinv2 tril triu
    scipy.misc: ascent bytescale central_diff_weights comb derivative electrocardiogram face factorial factorial2
        imread imresize imrotate imsave imshow info lena logsumexp pade toimage
    scipy.signal: bartlett blackman blackmanharris boxcar cwt daub flattop gaussian hamming hann hanning kaiser
        morlet morlet2 ricker triang
    scipy.special: lpmn lpn sph_harm sph_jn
    scipy.stats: betai binom_test chisqprob histogram itemfreq median_absolute_deviation nanmean nanmedian nanstd
        signaltonoise threshold
    seaborn: corrplot factorplot tsplot
    shapely.geometry: asPoint asShape
    shapely.geos: TopologicalError
    shapely.ops: cascaded_union
    skimage.color: rgb2grey
    skimage.data: lena load
    skimage.draw: circle
    skimage.feature: greycomatrix greycoprops
    skimage.filters: canny denoise_bilateral gabor_filter gaussian_filter threshold_adaptive
    skimage.measure: compare_mse compare_psnr compare_ssim structural_similarity
    skimage.morphology: skeletonize_3d watershed
    skimage.restoration: nl_means_denoising
    skimage.transform: probabilistic_hough
    skimage.util: pad
    sklearn.covariance: GraphLasso GraphLassoCV
    sklearn.datasets: fetch_mldata load_boston load_lfw_pairs
    sklearn.decomposition: ProbabilisticPCA RandomizedPCA
    sklearn.gaussian_process: GaussianProcess
    sklearn.inspection: plot_partial_dependence
    sklearn.linear_model: RandomizedLasso RandomizedLogisticRegression
    sklearn.metrics: SCORERS calinski_harabaz_score jaccard_similarity_score plot_confusion_matrix plot_det_curve
        plot_precision_recall_curve plot_roc_curve
    sklearn.mixture: DPGMM GMM VBGMM
    sklearn.neighbors: LSHForest
    sklearn.preprocessing: CategoricalEncoder Imputer
    sklearn.utils: safe_indexing
    sklearn: cross_validation grid_search lda learning_curve qda
    string: atof atoi join letters lowercase maketrans replace split uppercase
    sys: maxint
    time: clock
    types: ClassType DictType FloatType IntType ListType StringType StringTypes UnicodeType
    unittest: findTestCases makeSuite
    urllib: quote quote_plus unquote urlencode urlopen urlretrieve
    urllib.request: FancyURLopener URLopener
    xarray: auto_combine open_rasterio
"""


def _read(text: str) -> Iterator[str]:
    """The names of the table in full; a word that ends in a colon is the module of those that follow."""
    module = ""
    for word in text.split():
        if word.endswith(":"):
            module = word[:-1]
        else:
            yield f"{module}.{word}"


GONE = frozenset((*_MODULES.split(), *_read(_NAMES)))
"""In full: `sklearn.cross_validation`, and all below it; `sklearn.datasets.load_boston`."""


def is_gone(dotted: str) -> bool:
    """Whether a module or name is no longer there, or is below one that isn't."""
    while "." in dotted:
        if dotted in GONE:
            return True
        dotted = dotted.rpartition(".")[0]
    return False


def gone_in(node: ast.ImportFrom) -> Iterator[str]:
    """The names a statement takes from a module that no longer has them, in full."""
    for name in node.names:
        full = f"{node.module}.{name.name}"
        if full in GONE:
            yield full
