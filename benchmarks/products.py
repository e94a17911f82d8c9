"""How fast this processor multiplies matrices, and how near the embedder and the reader come to it: ``python -m benchmarks.products``.

A matrix product of (m, k) by (k, n) is counted as 2·m·k·n operations. Everything runs on one thread, and what is taken is that
thread's processor time, the smallest of many runs: other work on the machine only makes it longer.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.machine import load, machine
from qa.models.encoder import int8_encoder
from qa.models.reader.manifest import NETWORK_FILE, SHIPPED_FOLDER
from qa.models.resolve import resolve_model
from qa.settings import Settings

if TYPE_CHECKING:
    from onnx import ModelProto

ROWS = 160  # tokens of a passage of usual length
SHAPES = ((384, 1152), (384, 384), (384, 1536), (1536, 384))  # (k, n) of one layer: query-key-value, mix, rise, fall
LARGE = (1024, 1024, 1024)  # m, k, n: what the processor does when nothing else limits it


@dataclass(frozen=True, slots=True)
class Rate:
    """Billions of operations a second of a kind of product, at one shape."""

    kind: str
    shape: tuple[int, int, int]
    gops: float


def smallest_s(run: Callable[[], Any], runs: int = 60) -> float:
    """Seconds of processor time of the shortest of ``runs`` runs, after two that warm up; ``run`` works in the calling thread."""
    times = []
    for _ in range(runs + 2):
        begun = time.thread_time()
        run()
        times.append(time.thread_time() - begun)
    return min(times[2:])


def rates(kinds: tuple[str, ...]) -> Iterator[Rate]:
    """Each kind of product at a large shape and at those of the encoder."""
    for kind in kinds:
        for m, k, n in (LARGE, *((ROWS, k, n) for k, n in SHAPES)):
            run = _torch_product(kind, m, k, n) if kind.startswith("torch") else _onnx_product(kind, m, k, n)
            yield Rate(kind, (m, k, n), 2 * m * k * n / smallest_s(run) / 1e9)


def _torch_product(kind: str, m: int, k: int, n: int) -> Callable[[], Any]:
    import torch

    torch.set_num_threads(1)
    dtype = torch.bfloat16 if kind.endswith("bf16") else torch.float32
    left, right = torch.rand(m, k, dtype=dtype), torch.rand(k, n, dtype=dtype)
    return lambda: left @ right


def _onnx_product(kind: str, m: int, k: int, n: int) -> Callable[[], Any]:
    """``onnx int8``: the kernel alone (8-bit in, 32-bit out); ``onnx int8 dynamic``: with making activations 8-bit, as the encoder has it."""
    from onnx import TensorProto, helper, numpy_helper

    random = np.random.default_rng(0)
    weight = random.integers(-127, 127, (k, n)).astype(np.int8)
    if kind == "onnx fp32":
        node = helper.make_node("MatMul", ["x", "w"], ["y"])
        constants, x = [numpy_helper.from_array(weight.astype(np.float32), "w")], random.random((m, k), np.float32)
    elif kind == "onnx int8":
        node = helper.make_node("MatMulInteger", ["x", "w"], ["y"])
        constants, x = [numpy_helper.from_array(weight, "w")], random.integers(0, 255, (m, k)).astype(np.uint8)
    else:
        node = helper.make_node("DynamicQuantizeMatMul", ["x", "w", "s"], ["y"], domain="com.microsoft")
        scale = numpy_helper.from_array(np.full(n, 0.01, np.float32), "s")
        constants, x = [numpy_helper.from_array(weight, "w"), scale], random.random((m, k), np.float32)
    taken = helper.make_tensor_value_info("x", helper.np_dtype_to_tensor_dtype(x.dtype), [m, k])
    kind_out = TensorProto.INT32 if kind == "onnx int8" else TensorProto.FLOAT
    given = helper.make_tensor_value_info("y", kind_out, [m, n])
    graph = helper.make_graph([node], "product", [taken], [given], constants)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    session = _session(helper.make_model(graph, opset_imports=opsets, ir_version=9))
    return lambda: session.run(None, {"x": x})


def _session(model: ModelProto) -> Any:
    import onnx

    from qa.adapters.onnx_session import open_session

    with TemporaryDirectory() as folder:
        path = Path(folder) / "model.onnx"
        onnx.save(model, path)
        return open_session(path, 1)


@dataclass(frozen=True, slots=True)
class Network:
    """A whole network at one length: milliseconds of a run, its operations, and the milliseconds by kind of node."""

    name: str
    tokens: int
    ms: float
    products_gop: float  # of weight products; attention's own products are the small rest
    attention_gop: float
    by_node_ms: dict[str, float]

    @property
    def gops(self) -> float:
        """Billions of operations a second over the whole run."""
        return (self.products_gop + self.attention_gop) / self.ms * 1000


def networks(settings: Settings) -> Iterator[Network]:
    """The embedder at a question's and a passage's length, the reader at that of a question with a passage."""
    files = int8_encoder(resolve_model(None, settings.cache), settings.cache)
    assert files is not None
    yield from (_network("embedder", files.path, tokens) for tokens in (16, ROWS, 320))
    yield from (_network("reader", SHIPPED_FOLDER / NETWORK_FILE, tokens) for tokens in (ROWS, 320))


def _network(name: str, path: Path, tokens: int) -> Network:
    from qa.adapters.onnx_session import open_session

    session = open_session(path, 1)
    feed = {each.name: np.ones((1, tokens), np.int64) for each in session.get_inputs()}
    feed["ids"] = np.random.default_rng(0).integers(5, 5000, (1, tokens))
    ms = smallest_s(lambda: session.run(None, feed), runs=40) * 1000
    products, attention = _operations(path, tokens)
    return Network(name, tokens, ms, products, attention, _by_node(path, feed))


def _operations(path: Path, tokens: int) -> tuple[float, float]:
    """Billions of operations of a run: (weight products, attention's products)."""
    import onnx

    graph = onnx.load(path, load_external_data=False).graph
    shapes = {each.name: tuple(each.dims) for each in graph.initializer}
    weights = [shapes.get(node.input[1], ()) for node in graph.node if "MatMul" in node.op_type]
    products = sum(2 * tokens * shape[0] * shape[1] for shape in weights if len(shape) == 2)
    layers, dim = sum(node.op_type == "MultiHeadAttention" for node in graph.node), 384
    return products / 1e9, layers * 2 * 2 * tokens * tokens * dim / 1e9


def _by_node(path: Path, feed: dict[str, Any], runs: int = 15) -> dict[str, float]:
    """Milliseconds of a run by kind of node, the smallest over ``runs`` of each node, largest first (onnxruntime's own profile)."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    with TemporaryDirectory() as folder:
        options.enable_profiling, options.profile_file_prefix = True, str(Path(folder) / "profile")
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        for _ in range(runs):
            session.run(None, feed)
        events = json.loads(Path(session.end_profiling()).read_text("utf-8"))
    nodes: dict[tuple[str, str], list[float]] = {}
    for event in events:
        if event.get("cat") == "Node" and event["name"].endswith("_kernel_time"):
            nodes.setdefault((event["args"]["op_name"], event["name"]), []).append(event["dur"] / 1000)
    total: dict[str, float] = {}
    for (kind, _), spent in nodes.items():
        total[kind] = total.get(kind, 0.0) + min(spent)
    return dict(sorted(total.items(), key=lambda each: -each[1]))


def main() -> None:
    """Prints what was measured as JSON."""
    settings = Settings.from_environment()
    kinds = ("torch fp32", "torch bf16", "onnx fp32", "onnx int8", "onnx int8 dynamic")
    found = {"machine": machine(), "load": load(), "rates": [asdict(each) for each in rates(kinds)]}
    found["networks"] = [{**asdict(each), "gops": each.gops} for each in networks(settings)]
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
