"""BERT's tensors → an ONNX graph: 8-bit products where they count, everything else in float32.

Weights are 8-bit with a scale an output channel, activations 8-bit with a scale a text (``DynamicQuantizeMatMul``). Two things keep
the vectors at a cosine of .999 to float32 (docs/decisions/0006): the scales of channels are evened out between the norm's output and
the weights (SmoothQuant, Xiao et al. 2023, without calibration: the norm's own gain tells the range), and the one or two units
of a feed-forward layer whose activations tower over all others are computed apart in float32.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qa.models.encoder.source import EncoderSource, Floats

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto, TensorProto

OPSET, IR_VERSION = 18, 9
MICROSOFT = "com.microsoft"
SMOOTHING = 0.5
"""Share of a channel's range that moves from activations into weights."""

Outliers = Sequence[NDArray[np.int64]]
"""For each layer the feed-forward units that are kept in float32."""


class EncoderGraph:
    """Builds the graph ``ids (b, t) int64, mask (b, t) int32 → vector (b, dim) float32`` of length 1.

    With ``outliers=None`` everything is float32 and every layer's feed-forward activations are outputs too
    (:mod:`qa.models.encoder.calibration`).
    """

    def __init__(self, source: EncoderSource, tensors: dict[str, Floats], outliers: Outliers | None) -> None:
        from onnx import helper, numpy_helper

        self._helper, self._to_tensor = helper, numpy_helper.from_array
        self._source, self._tensors, self._outliers = source, tensors, outliers
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def model(self) -> ModelProto:
        """The finished model; nothing in it depends on anything but the folder."""
        from onnx import TensorProto

        dim = self._source.dim
        vector = self._pooled(self._layers(self._embedded()))
        inputs = [
            self._helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "length"]),
            self._helper.make_tensor_value_info("mask", TensorProto.INT32, ["batch", "length"]),
        ]
        outputs = [self._helper.make_tensor_value_info(vector, TensorProto.FLOAT, ["batch", dim])]
        if self._outliers is None:
            outputs += [
                self._helper.make_tensor_value_info(f"{layer}.active", TensorProto.FLOAT, None)
                for layer in range(self._source.layers)
            ]
        graph = self._helper.make_graph(self._nodes, "encoder", inputs, outputs, self._constants)
        opsets = [self._helper.make_opsetid("", OPSET), self._helper.make_opsetid(MICROSOFT, 1)]
        return self._helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="qa")

    # ------------------------------------------------------------------------------------------------------- the parts

    def _embedded(self) -> str:
        """Words (kept in half precision: a table of tens of thousands of rows), positions and the one segment."""
        tensors = self._tensors
        words = self._constant("words", tensors["embeddings.word_embeddings.weight"].astype(np.float16))
        places = (
            tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
        )
        found = self._node("Cast", [self._node("Gather", [words, "ids"], "word.half")], "word", to=1)
        length = self._node("Gather", [self._node("Shape", ["ids"], "shape"), self._constant("second", [1])], "length")
        place = self._node("Slice", [self._constant("places", places), self._constant("first", [0]), length], "place")
        total = self._node("Add", [found, place], "embedded")
        return self._norm("embeddings.LayerNorm", total, "normed")

    def _layers(self, x: str) -> str:
        norm = "embeddings.LayerNorm"
        for layer in range(self._source.layers):
            prefix = f"encoder.layer.{layer}"
            x = self._attention(layer, f"{prefix}.attention", x, norm)
            norm = f"{prefix}.attention.output.LayerNorm"
            x = self._feed_forward(layer, prefix, x, norm)
            norm = f"{prefix}.output.LayerNorm"
        return x

    def _attention(self, layer: int, prefix: str, x: str, norm: str) -> str:
        parts = [f"{prefix}.self.{part}" for part in ("query", "key", "value")]
        weight = np.concatenate([self._tensors[f"{part}.weight"] for part in parts])
        bias = np.concatenate([self._tensors[f"{part}.bias"] for part in parts])
        joined = self._linear(f"{layer}.qkv", x, weight, bias, self._range(norm))
        query, key, value = self._split(joined, f"{layer}.query", f"{layer}.key", f"{layer}.value")
        seen = self._node(
            "MultiHeadAttention", [query, key, value, "", "mask"], f"{layer}.seen", MICROSOFT,
            num_heads=self._source.heads,
        )  # fmt: skip
        out = f"{prefix}.output.dense"
        mixed = self._linear(f"{layer}.mix", seen, self._tensors[f"{out}.weight"], self._tensors[f"{out}.bias"])
        return self._norm(
            f"{prefix}.output.LayerNorm", self._node("Add", [mixed, x], f"{layer}.attended"), f"{layer}.a"
        )

    def _feed_forward(self, layer: int, prefix: str, x: str, norm: str) -> str:
        rise, rise_bias = (self._tensors[f"{prefix}.intermediate.dense.{part}"].copy() for part in ("weight", "bias"))
        fall, fall_bias = (self._tensors[f"{prefix}.output.dense.{part}"].copy() for part in ("weight", "bias"))
        apart = self._outliers[layer] if self._outliers is not None else np.empty(0, np.int64)
        towering = (rise[apart], rise_bias[apart], fall[:, apart])
        rise[apart], rise_bias[apart], fall[:, apart] = 0, 0, 0  # gelu(0) is 0: the 8-bit part does not see them
        risen = self._linear(f"{layer}.rise", x, rise, rise_bias, self._range(norm))
        active = self._node("Gelu", [risen], f"{layer}.active", MICROSOFT)
        fallen = self._linear(f"{layer}.fall", active, fall, fall_bias)
        if len(apart):
            risen = self._product(f"{layer}.apart.rise", x, towering[0], towering[1])
            active = self._node("Gelu", [risen], f"{layer}.apart.active", MICROSOFT)
            more = self._product(f"{layer}.apart.fall", active, towering[2], None)
            fallen = self._node("Add", [fallen, more], f"{layer}.both")
        return self._norm(
            f"{prefix}.output.LayerNorm", self._node("Add", [fallen, x], f"{layer}.passed"), f"{layer}.out"
        )

    def _pooled(self, x: str) -> str:
        if self._source.pooling == "cls":
            total = self._node("Gather", [x, self._constant("cls", np.int64(0))], "pooled", axis=1)
        else:
            mask = self._node("Cast", ["mask"], "mask.float", to=1)
            column = self._node("Unsqueeze", [mask, self._constant("last", [-1])], "mask.column")
            masked = self._node("Mul", [x, column], "masked")
            # The sum: the mean is the same vector at another length, and lengths are taken out below.
            total = self._node("ReduceSum", [masked, self._constant("tokens", [1])], "pooled", keepdims=0)
        return self._node("LpNormalization", [total], "vector", axis=-1, p=2)

    # ---------------------------------------------------------------------------------------------------- the products

    def _linear(self, name: str, x: str, weight: Floats, bias: Floats, span: Floats | None = None) -> str:
        """``x · weightᵀ + bias`` with ``weight`` (out, in); ``span`` is the range of each channel of ``x`` where it is known."""
        if self._outliers is None:
            return self._product(name, x, weight, bias)
        if span is not None:
            factor = _smoothing(span, weight)
            weight = weight * factor
            x = self._node("Mul", [x, self._constant(f"{name}.even", 1 / factor)], f"{name}.evened")
        scale = np.abs(weight).max(axis=1) / 127
        scale[scale == 0] = 1
        small = np.round(weight / scale[:, None]).clip(-127, 127).astype(np.int8)
        operands = [x, self._constant(f"{name}.weight", small.T), self._constant(f"{name}.scale", scale), ""]
        return self._node(
            "DynamicQuantizeMatMul", [*operands, self._constant(f"{name}.bias", bias)], name, MICROSOFT
        )  # fmt: skip

    def _product(self, name: str, x: str, weight: Floats, bias: Floats | None) -> str:
        product = self._node("MatMul", [x, self._constant(f"{name}.weight", weight.T)], f"{name}.product")
        return product if bias is None else self._node("Add", [product, self._constant(f"{name}.bias", bias)], name)

    def _range(self, norm: str) -> Floats:
        """Three standard deviations of each channel that leaves a layer norm."""
        return 3 * np.abs(self._tensors[f"{norm}.weight"]) + np.abs(self._tensors[f"{norm}.bias"])

    def _norm(self, name: str, x: str, out: str) -> str:
        gain, shift = (self._constant(f"{name}.{part}", self._tensors[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self._node("LayerNormalization", [x, gain, shift], out, axis=-1, epsilon=self._source.layer_norm_eps)

    def _split(self, x: str, *outs: str) -> Sequence[str]:
        self._nodes.append(self._helper.make_node("Split", [x], list(outs), axis=-1, num_outputs=len(outs)))
        return outs

    def _node(self, kind: str, inputs: list[str], out: str, domain: str = "", **attributes: Any) -> str:
        self._nodes.append(self._helper.make_node(kind, inputs, [out], domain=domain, **attributes))
        return out

    def _constant(self, name: str, value: object) -> str:
        array = np.asarray(value)
        if array.dtype == np.float64:
            array = array.astype(np.float32)
        self._constants.append(self._to_tensor(array.copy(order="C"), name))
        return name


def _smoothing(span: Floats, weight: Floats) -> Floats:
    """What each input channel is divided by, and its weights multiplied with; the geometric mean of all is 1."""
    heaviest = np.maximum(np.abs(weight).max(axis=0), 1e-6)
    factor = np.maximum(span, 1e-6) ** SMOOTHING / heaviest ** (1 - SMOOTHING)
    return np.asarray(factor / np.exp(np.log(factor).mean()), dtype=np.float32)
