import pytest

from lite_site.courses.declaration.names import is_plumbing, is_server_own, pypi_name


@pytest.mark.parametrize(
    ("conda", "pypi"),
    [
        ("numpy", "numpy"),
        ("pytorch", "torch"),
        ("py-opencv", "opencv-python-headless"),
        ("opencv", "opencv-python-headless"),
        ("matplotlib-base", "matplotlib"),
        ("pytables", "tables"),
        ("tables", "tables"),
        ("python-graphviz", "graphviz"),
        ("multiqc", "multiqc"),
        ("graphviz", None),
        ("samtools", None),
        ("bowtie2", None),
        ("fastqc", None),
        ("salmon", None),
        ("r-ggplot2", None),
        ("bioconductor-deseq2", None),
        ("gcc_linux-64", None),
        ("compilers", None),
        ("cudatoolkit", None),
        ("sra-tools", None),
    ],
)
def test_names_elsewhere(conda: str, pypi: str | None) -> None:
    assert pypi_name(conda) == pypi


def test_what_nobody_need_ask_for() -> None:
    assert all(
        map(is_server_own, ("pip", "JupyterLab", "ipykernel", "notebook", "nb_conda_kernels", "nb-conda-kernels"))
    )
    assert all(map(is_plumbing, ("_libgcc_mutex", "ca-certificates", "libgcc-ng", "openssl", "mkl_fft", "xorg-libx11")))
    assert not any(map(is_plumbing, ("numpy", "samtools", "libsvm", "tkinter-x", "sqlite")))
    assert not any(map(is_server_own, ("numpy", "notebook-shim", "ipywidgets")))
