import pytest

from .asking import of_kind, subjects


@pytest.mark.parametrize(
    ("code", "subject"),
    [
        ("import torch\ntorch.device('cuda')", 'torch.device("cuda")'),
        ("model.cuda()", ".cuda()"),
        ("model.to('cuda:0')", 'to("cuda:0")'),
        ("DEVICE = 'cuda'", None),
        ("DEVICE = 'cuda'\nmodel.to(DEVICE)", 'to("cuda")'),
        ("pipe = make(device='cuda')", 'device="cuda"'),
        ("import torch\ntorch.cuda.get_device_name(0)", "torch.cuda.get_device_name"),
        ("import cupy as cp", "cupy"),
        ("from numba import cuda", None),
        ("import numba.cuda", "numba.cuda"),
        ("import tensorflow as tf\nwith tf.device('/GPU:0'): pass", 'tensorflow.device("/GPU:0")'),
        ("model.to('cpu')", None),
        ("import torch\ntorch.device('cpu')", None),
        ("df.to('x')", None),
    ],
)
def test_cards(code: str, subject: str | None) -> None:
    found = [fact.subject for fact in of_kind("gpu", code) if not fact.optional]
    assert found == ([] if subject is None else [subject])


@pytest.mark.parametrize(
    "code",
    [
        "device = 'cuda' if torch.cuda.is_available() else 'cpu'\nmodel.to(device)",
        "device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')",
        "device = torch.device('cuda') if torch.cuda.is_available() else torch.device('cpu')",
        "if torch.cuda.is_available():\n    model.cuda()",
        "use_cuda = torch.cuda.is_available()\nif use_cuda:\n    model.cuda()",
        "import tensorflow as tf\ntf.config.list_physical_devices('GPU')",
        "print(torch.cuda.is_available())",
    ],
)
def test_asking_for_a_card_needs_none(code: str) -> None:
    facts = of_kind("gpu", f"import torch\n{code}")
    assert facts
    assert all(fact.optional for fact in facts)


@pytest.mark.parametrize(
    ("code", "size", "manner"),
    [
        ("np.zeros((10_000, 10_000))", 800_000_000, "numpy.zeros"),
        ("N = 10**4\nnp.ones((N, N), dtype=np.float32)", 400_000_000, "numpy.ones"),
        ("np.zeros(10**8, dtype='uint8')", 100_000_000, "numpy.zeros"),
        ("np.random.rand(10000, 10000)", 800_000_000, "numpy.random.rand"),
        ("np.random.normal(size=(10**4, 10**4))", 800_000_000, "numpy.random.normal"),
        ("np.random.normal(0, 1, size=int(1e8))", 800_000_000, "numpy.random.normal"),
        ("rng.normal(0, 1, size=10**8)", 800_000_000, "normal"),
        ("np.arange(10**8)", 800_000_000, "numpy.arange"),
        ("np.linspace(0, 1, 10**8)", 800_000_000, "numpy.linspace"),
        ("np.eye(20_000)", 3_200_000_000, "numpy.eye"),
        ("bytearray(10**9)", 10**9, "bytearray"),
        ("'a' * 10**9", 10**9, "str"),
        ("[0] * 10**8", 8 * 10**8, "list"),
        ("list(range(10**8))", 36 * 10**8, "list"),
        ("[i * i for i in range(10**8)]", 36 * 10**8, "list"),
    ],
)
def test_memory(code: str, size: int, manner: str) -> None:
    (fact,) = of_kind("memory", code)
    assert (int(fact.subject), fact.manner) == (size, manner)


@pytest.mark.parametrize(
    "code",
    ["np.zeros((10, 10))", "np.zeros(n)", "np.zeros(shape)", "np.random.rand()", "'-' * 60", "[0] * n",
     "list(range(9))", "for i in range(10**9): pass", "(i for i in range(10**9))", "np.zeros((n, 10**9))",
     "range(10**12)"],
)  # fmt: skip
def test_little_memory(code: str) -> None:
    assert subjects("memory", code) == []
