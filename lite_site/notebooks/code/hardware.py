"""What code asks of the machine: graphics cards, and memory that a shape spells out."""

import ast
from collections.abc import Iterator
from math import prod

from lite_site.notebooks.code.called import Called, Found, Rule, rules_for
from lite_site.notebooks.code.folding import fold_count

_LARGE = 50_000_000  # bytes; less isn't worth a fact
_ELEMENT = 8
_POINTER = 8
_NUMBER = 36  # bytes of an int and the pointer to it
_SIZES = {
    "float64": 8, "float": 8, "int": 8, "int64": 8, "uint64": 8, "complex": 16, "complex128": 16, "complex64": 8,
    "float32": 4, "int32": 4, "uint32": 4, "single": 4, "f4": 4, "i4": 4, "float16": 2, "half": 2, "int16": 2,
    "uint16": 2, "int8": 1, "uint8": 1, "bool": 1, "bool_": 1, "byte": 1, "u1": 1, "i1": 1,
}  # fmt: skip
_SHAPED = ("zeros", "ones", "empty", "full")
_BY_SIZE = (
    "normal", "uniform", "integers", "randint", "random", "standard_normal", "exponential", "poisson", "binomial",
    "choice", "gamma", "beta", "lognormal", "random_sample", "geometric", "chisquare", "standard_t",
)  # fmt: skip
_SPREAD = ("rand", "randn")
_CARDS = ("cuda", "/gpu", "/device:gpu", "gpu")


def _asks_shape(called: Called) -> Iterator[Found]:
    yield from _large(_length(called.argument(0, "shape", "size"), called), _element(called), called.name)


def _asks_size(called: Called) -> Iterator[Found]:
    position = 0 if called.name.endswith((".random", ".random_sample", ".standard_normal")) else -1
    yield from _large(_length(called.argument(position, "size"), called), _element(called), called.name)


def _asks_spread(called: Called) -> Iterator[Found]:
    lengths = [fold_count(argument, called.scope) for argument in called.node.args]
    known = [length for length in lengths if length is not None]
    if lengths and len(known) == len(lengths):
        yield from _large(prod(known), 4 if called.name.startswith("torch.") else _ELEMENT, called.name)


def _asks_square(called: Called) -> Iterator[Found]:
    rows = called.number(0, "N", "n") or 0
    yield from _large(rows * (called.number(1, "M") or rows), _element(called), called.name)


def _asks_row(called: Called) -> Iterator[Found]:
    numbers = [fold_count(argument, called.scope) for argument in called.node.args[:3]]
    start, stop = (0, numbers[0]) if len(numbers) == 1 else (numbers[0], numbers[1]) if len(numbers) > 1 else (0, 0)
    step = numbers[2] if len(numbers) == 3 else 1
    if start is not None and stop is not None and step:
        yield from _large((stop - start) // step, _element(called), called.name)


def _asks_points(called: Called) -> Iterator[Found]:
    yield from _large(called.number(2, "num"), _ELEMENT, called.name)


def _asks_bytes(called: Called) -> Iterator[Found]:
    yield from _large(called.number(0), 1, called.name)


def _asks_list(called: Called) -> Iterator[Found]:
    inner = called.argument(0)
    if isinstance(inner, ast.Call) and called.scope.dotted(inner.func) == "range":
        yield from _large(_steps(Called(inner, "range", called.scope)), _NUMBER, called.name)


def repeated(node: ast.BinOp, called: Called) -> Iterator[Found]:
    """`"a" * 10**9` and `[0] * n`, written out as an operation."""
    for one, times in ((node.left, node.right), (node.right, node.left)):
        if isinstance(one, ast.List):
            yield from _large(fold_count(times, called.scope), _POINTER * len(one.elts), "list")
        elif isinstance(one, ast.Constant) and isinstance(one.value, str | bytes):
            yield from _large(fold_count(times, called.scope), len(one.value), "str")


def comprehended(node: ast.ListComp | ast.SetComp, called: Called) -> Iterator[Found]:
    """`[f(i) for i in range(10**8)]`: a number an element, at least."""
    first = node.generators[0]
    if isinstance(first.iter, ast.Call) and not first.ifs and called.scope.dotted(first.iter.func) == "range":
        yield from _large(_steps(Called(first.iter, "range", called.scope)), _NUMBER, "list")


def _steps(called: Called) -> int | None:
    if len(called.node.args) == 1:
        return called.number(0)
    first, last = called.number(0), called.number(1)
    return None if first is None or last is None else last - first


def _length(shape: ast.expr | None, called: Called) -> int | None:
    if isinstance(shape, ast.Tuple | ast.List):
        sides = [fold_count(side, called.scope) for side in shape.elts]
        known = [side for side in sides if side is not None]
        return prod(known) if sides and len(known) == len(sides) else None
    return fold_count(shape, called.scope)


def _element(called: Called) -> int:
    """Bytes an element, by the `dtype` named."""
    usual = 4 if called.name.startswith("torch.") else _ELEMENT
    for keyword in called.node.keywords:
        if keyword.arg == "dtype":
            kind = keyword.value
            name = kind.attr if isinstance(kind, ast.Attribute) else kind.id if isinstance(kind, ast.Name) else ""
            named = kind.value if isinstance(kind, ast.Constant) and isinstance(kind.value, str) else name
            return _SIZES.get(named, usual)
    return usual


def _large(elements: int | None, size: int, manner: str) -> Iterator[Found]:
    if elements is not None and elements * size >= _LARGE:
        yield Found("memory", str(elements * size), manner)


def names_card(text: str) -> bool:
    """Whether a device string such as `cuda:0` names a graphics card."""
    return text.lower().startswith(_CARDS)


def _device(called: Called) -> Iterator[Found]:
    """`torch.device("cuda")`, `.to("cuda")`, `tf.device("/GPU:0")`."""
    for text in called.texts(0, "device", "type", "device_name"):
        if names_card(text):
            yield Found("gpu", f'{called.name}("{text}")')


def _cuda_method(called: Called) -> Iterator[Found]:
    yield Found("gpu", ".cuda()")


def _asked_for_card(called: Called) -> Iterator[Found]:
    """Asking whether there is a card harms nobody."""
    texts = called.texts(0, "device_type")
    if not texts or names_card(texts[0]):
        yield Found("gpu", called.name, optional=True)


def _uses_card(called: Called) -> Iterator[Found]:
    yield Found("gpu", called.name)


def _devices(called: Called) -> Iterator[Found]:
    for text in called.texts(0, "backend"):
        if names_card(text):
            yield Found("gpu", f'{called.name}("{text}")')


RULES: dict[str, Rule] = {
    **rules_for(_asks_shape, (f"{package}.{name}" for package in ("numpy", "torch") for name in _SHAPED)),
    **rules_for(_asks_size, (f"numpy.random.{name}" for name in _BY_SIZE)),
    **rules_for(_asks_spread, (*(f"numpy.random.{name}" for name in _SPREAD), "torch.rand", "torch.randn")),
    **rules_for(_asks_square, ("numpy.eye", "numpy.identity")),
    **rules_for(_asks_row, ("numpy.arange",)),
    **rules_for(_asks_points, ("numpy.linspace",)),
    **rules_for(_asks_bytes, ("bytearray", "bytes")),
    **rules_for(_asks_list, ("list", "set", "tuple")),
    **rules_for(_device, ("torch.device", "tensorflow.device", "jax.device_put")),
    **rules_for(_devices, ("jax.devices",)),
    **rules_for(_asked_for_card, (
        "torch.cuda.is_available", "torch.cuda.device_count", "torch.backends.mps.is_available",
        "tensorflow.config.list_physical_devices", "tensorflow.config.experimental.list_physical_devices",
        "tensorflow.test.is_gpu_available", "tensorflow.test.gpu_device_name", "torch.cuda.manual_seed",
        "torch.cuda.manual_seed_all", "torch.cuda.empty_cache", "numba.cuda.is_available",
    )),
    "torch.cuda.*": _uses_card,
    "cupy.*": _uses_card,
    "numba.cuda.*": _uses_card,
}  # fmt: skip

METHODS: dict[str, Rule] = {
    "cuda": _cuda_method,
    "to": _device,
    **rules_for(_asks_size, ("normal", "uniform", "integers", "standard_normal")),
}

MODULES = frozenset(("cupy", "numba.cuda", "pycuda", "cudf", "cuml", "rmm", "pynvml", "GPUtil", "pyopencl"))
