import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.environment.server.names import package_of, similar_names


@pytest.mark.parametrize(
    ("module", "package"),
    [("sklearn", "scikit-learn"), ("cv2", "opencv-python"), ("PIL", "pillow"), ("Bio", "biopython"), ("numpy", "")],
)
def test_a_module_is_told_from_its_package(module: str, package: str) -> None:
    assert package_of(module) == package


@pytest.mark.parametrize(
    ("written", "meant"),
    [("pandsa", "pandas"), ("matplotib", "matplotlib"), ("Tensor_flow", "tensorflow"), ("scikitlearn", "scikit-learn")],
)
def test_a_slip_of_the_pen_meets_the_right_name(written: str, meant: str) -> None:
    assert meant in similar_names(written)


@given(st.text())
def test_any_name_is_looked_up(name: str) -> None:
    assert len(similar_names(name)) <= 3
