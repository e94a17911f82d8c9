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

from qa.models.encoder.source import EncoderShape, EncoderSource, Floats

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto, TensorProto

OPSET, IR_VERSION = 18, 9
MICROSOFT = "com.microsoft"
FOUR_BIT_BLOCK = 64
"""Neighbouring inputs of a unit that share a scale where weights are in 4 bits."""
_NONE: NDArray[np.int64] = np.empty(0, np.int64)
SMOOTHING = 0.5
"""Share of a channel's range that moves from activations into weights."""

Outliers = Sequence[NDArray[np.int64]]
"""For each layer the feed-forward units that are kept in float32."""


class EncoderGraph:
    """Writes the nodes of an encoder; a text at a time, without padding and therefore without a mask.

    ``tensors`` go by BERT's names. With ``outliers=None`` everything is float32 and every layer's feed-forward activations are
    outputs too (:mod:`qa.models.encoder.calibration`). ``four_bit_weights``: see :func:`four_bits`.
    """

    def __init__(
        self, shape: EncoderShape, tensors: dict[str, Floats], outliers: Outliers | None, four_bit_weights: bool = False
    ) -> None:
        from onnx import helper, numpy_helper

        self._four_bit_weights = four_bit_weights

        self._helper, self._to_tensor = helper, numpy_helper.from_array
        self._shape, self._tensors, self._outliers = shape, tensors, outliers
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def model(self, inputs: Sequence[str], outputs: Sequence[str], states: Sequence[str] = ()) -> ModelProto:
        """The finished model; nothing in it depends on anything but the tensors. ``inputs`` are (1, length) int64, ``states``
        inputs that are hidden states, (1, length, dim) float32.
        """
        from onnx import TensorProto

        taken = [self._helper.make_tensor_value_info(name, TensorProto.INT64, [1, "length"]) for name in inputs]
        wide: list[str | int | None] = [1, "length", self._shape.dim]
        taken += [self._helper.make_tensor_value_info(name, TensorProto.FLOAT, wide) for name in states]
        given = [*outputs]
        if self._outliers is None:
            given += [f"{layer}.active" for layer in range(self._shape.layers)]
        made = [self._helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in given]
        graph = self._helper.make_graph(self._nodes, "encoder", taken, made, self._constants)
        opsets = [self._helper.make_opsetid("", OPSET), self._helper.make_opsetid(MICROSOFT, 1)]
        return self._helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="qa")

    # ------------------------------------------------------------------------------------------------------- the parts

    def embedded(self, ids: str, segments: str | None = None, eight_bit_words: bool = False) -> str:
        """Words (a table of tens of thousands of rows, kept in half precision or in 8 bits with a scale a row), positions and segments
        (all 0 without).
        """
        tensors = self._tensors
        table = tensors["embeddings.word_embeddings.weight"]
        kinds = tensors["embeddings.token_type_embeddings.weight"]
        places = tensors["embeddings.position_embeddings.weight"] + (kinds[0] if segments is None else 0)
        if eight_bit_words:
            small, scale = _eight_bits(table)
            rows = self.node("Gather", [self.constant("words", small), ids], "word.small")
            scales = self.node("Gather", [self.constant("words.scale", scale[:, None]), ids], "word.scale")
            total = self.node("Mul", [self.node("Cast", [rows], "word.wide", to=1), scales], "word")
        else:
            words = self.constant("words", table.astype(np.float16))
            total = self.node("Cast", [self.node("Gather", [words, ids], "word.half")], "word", to=1)
        length = self.node("Gather", [self.node("Shape", [ids], "shape"), self.constant("second", [1])], "length")
        place = self.node("Slice", [self.constant("places", places), self.constant("first", [0]), length], "place")
        total = self.node("Add", [total, place], "embedded")
        if segments is not None:
            kind = self.node("Gather", [self.constant("kinds", kinds), segments], "kind")
            total = self.node("Add", [total, kind], "embedded.kind")
        return self._norm("embeddings.LayerNorm", total, "normed")

    def layers(self, x: str) -> str:
        """The last hidden state, (1, length, dim)."""
        norm = "embeddings.LayerNorm"
        for layer in range(self._shape.layers):
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
        seen = self.node(
            "MultiHeadAttention", [query, key, value], f"{layer}.seen", MICROSOFT,
            num_heads=self._shape.heads,
        )  # fmt: skip
        out = f"{prefix}.output.dense"
        mixed = self._linear(f"{layer}.mix", seen, self._tensors[f"{out}.weight"], self._tensors[f"{out}.bias"])
        return self._norm(f"{prefix}.output.LayerNorm", self.node("Add", [mixed, x], f"{layer}.attended"), f"{layer}.a")

    def _feed_forward(self, layer: int, prefix: str, x: str, norm: str) -> str:
        rise, rise_bias = (self._tensors[f"{prefix}.intermediate.dense.{part}"] for part in ("weight", "bias"))
        fall, fall_bias = (self._tensors[f"{prefix}.output.dense.{part}"] for part in ("weight", "bias"))
        apart = self._outliers[layer] if self._outliers is not None else np.empty(0, np.int64)
        risen = self._linear(f"{layer}.rise", x, rise, rise_bias, self._range(norm), rows_apart=apart)
        active = self.node("Gelu", [risen], f"{layer}.active", MICROSOFT)
        fallen = self._linear(f"{layer}.fall", active, fall, fall_bias, columns_apart=apart)
        if len(apart):
            if self._four_bit_weights:
                rise, fall = (unpacked(*four_bits(each)) for each in (rise, fall))
            risen = self.product(f"{layer}.apart.rise", x, rise[apart], rise_bias[apart])
            active = self.node("Gelu", [risen], f"{layer}.apart.active", MICROSOFT)
            more = self.product(f"{layer}.apart.fall", active, fall[:, apart], None)
            fallen = self.node("Add", [fallen, more], f"{layer}.both")
        return self._norm(
            f"{prefix}.output.LayerNorm", self.node("Add", [fallen, x], f"{layer}.passed"), f"{layer}.out"
        )

    # ---------------------------------------------------------------------------------------------------- the products

    def _linear(
        self,
        name: str,
        x: str,
        weight: Floats,
        bias: Floats,
        span: Floats | None = None,
        rows_apart: NDArray[np.int64] = _NONE,
        columns_apart: NDArray[np.int64] = _NONE,
    ) -> str:
        """``x · weightᵀ + bias`` with ``weight`` (out, in); ``span`` is the range of each channel of ``x`` where it is known. What is
        computed apart counts as 0 here (gelu(0) is 0).
        """
        if self._outliers is None:
            return self.product(name, x, weight, bias)
        stored = four_bits(weight) if self._four_bit_weights else None
        weight = unpacked(*stored) if stored else weight.copy()
        bias = bias.copy()
        weight[rows_apart], bias[rows_apart], weight[:, columns_apart] = 0, 0, 0
        factor = np.ones(weight.shape[1], np.float32)
        if span is not None:
            factor = _smoothing(span, weight)
            x = self.node("Mul", [x, self.constant(f"{name}.even", 1 / factor)], f"{name}.evened")
            weight = weight * factor
        small, scale = _eight_bits(weight)
        if stored:
            stretch = np.asarray(1 / scale, np.float32)
            stretch[rows_apart], factor[columns_apart] = 0, 0
            held = self._from_four_bits(name, *stored, factor, stretch)
        else:
            held = self.constant(f"{name}.weight", small.T)
        operands = [x, held, self.constant(f"{name}.scale", scale), ""]
        return self.node(
            "DynamicQuantizeMatMul", [*operands, self.constant(f"{name}.bias", bias)], name, MICROSOFT
        )  # fmt: skip

    def _from_four_bits(
        self, name: str, packed: NDArray[np.uint8], scales: Floats, factor: Floats, stretch: Floats
    ) -> str:
        """The int8 weights (in, out) from those in 4 bits, times ``factor`` (in,) and ``stretch`` (out,): constants all, which
        onnxruntime works out once when it opens the file. Its products in 8 bits take half the time of those in 4.
        """
        stored = self.constant(f"{name}.packed", packed)
        low = self.node("BitwiseAnd", [stored, self.constant(f"{name}.mask", np.uint8(15))], f"{name}.low")
        high = self.node(
            "BitShift", [stored, self.constant(f"{name}.shift", np.uint8(4))], f"{name}.high", direction="RIGHT"
        )
        last = self.constant(f"{name}.last", np.array([3]))
        halves = [self.node("Unsqueeze", [half, last], f"{half}.wide") for half in (low, high)]
        pairs = self.node("Concat", halves, f"{name}.pairs", axis=3)
        steps = self.node(
            "Sub",
            [self.node("Cast", [pairs], f"{name}.counted", to=1), self.constant(f"{name}.zero", np.float32(8))],
            f"{name}.steps",
        )
        rows, blocks, _ = packed.shape
        shape = self.constant(f"{name}.blocks", np.array([rows, blocks, FOUR_BIT_BLOCK]))
        sized = self.node(
            "Mul",
            [
                self.node("Reshape", [steps, shape], f"{name}.blocked"),
                self.constant(f"{name}.steps.scale", scales[..., None]),
            ],
            f"{name}.sized",
        )
        whole = self.node(
            "Reshape",
            [sized, self.constant(f"{name}.shape", np.array([rows, blocks * FOUR_BIT_BLOCK]))],
            f"{name}.whole",
        )
        evened = self.node("Mul", [whole, self.constant(f"{name}.factor", factor[None])], f"{name}.factored")
        stretched = self.node("Mul", [evened, self.constant(f"{name}.stretch", stretch[:, None])], f"{name}.stretched")
        small = self.node("Cast", [self.node("Round", [stretched], f"{name}.rounded")], f"{name}.small", to=3)
        return self.node("Transpose", [small], f"{name}.weight", perm=[1, 0])

    def product(self, name: str, x: str, weight: Floats, bias: Floats | None) -> str:
        """``x · weightᵀ + bias`` in float32; the result is called ``name`` (``name.product`` without a bias)."""
        product = self.node("MatMul", [x, self.constant(f"{name}.weight", weight.T)], f"{name}.product")
        return product if bias is None else self.node("Add", [product, self.constant(f"{name}.bias", bias)], name)

    def _range(self, norm: str) -> Floats:
        """Three standard deviations of each channel that leaves a layer norm."""
        return 3 * np.abs(self._tensors[f"{norm}.weight"]) + np.abs(self._tensors[f"{norm}.bias"])

    def _norm(self, name: str, x: str, out: str) -> str:
        gain, shift = (self.constant(f"{name}.{part}", self._tensors[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.node("LayerNormalization", [x, gain, shift], out, axis=-1, epsilon=self._shape.layer_norm_eps)

    def _split(self, x: str, *outs: str) -> Sequence[str]:
        self._nodes.append(self._helper.make_node("Split", [x], list(outs), axis=-1, num_outputs=len(outs)))
        return outs

    def node(self, kind: str, inputs: list[str], out: str, domain: str = "", **attributes: Any) -> str:
        """Adds a node with one output and returns the output's name."""
        self._nodes.append(self._helper.make_node(kind, inputs, [out], domain=domain, **attributes))
        return out

    def constant(self, name: str, value: object) -> str:
        """Adds a constant and returns its name; float64 becomes float32."""
        array = np.asarray(value)
        if array.dtype == np.float64:
            array = array.astype(np.float32)
        self._constants.append(self._to_tensor(array.copy(order="C"), name))
        return name


def _eight_bits(weight: Floats) -> tuple[NDArray[np.int8], Floats]:
    """(rows, n) in 8 bits and the scale of each row, (rows,)."""
    scale = np.abs(weight).max(axis=1) / 127
    scale[scale == 0] = 1
    return np.round(weight / scale[:, None]).clip(-127, 127).astype(np.int8), scale


def four_bits(weight: Floats) -> tuple[NDArray[np.uint8], Floats]:
    """(out, in) in 4 bits: uint8 (out, blocks, :data:`FOUR_BIT_BLOCK` / 2), two neighbours a byte, the first one in the lower half, 8 for
    zero; and the scales, (out, blocks): the weight of the largest magnitude in a block stands at −8.
    """
    blocks = weight.reshape(weight.shape[0], -1, FOUR_BIT_BLOCK)
    highest = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=2)[..., None], axis=2)
    scales = highest / -8
    scales[scales == 0] = 1
    steps = (np.round(blocks / scales).clip(-8, 7) + 8).astype(np.uint8)
    packed = steps[..., ::2] | (steps[..., 1::2] << np.uint8(4))
    return packed.astype(np.uint8), scales[..., 0].astype(np.float32)


def unpacked(packed: NDArray[np.uint8], scales: Floats) -> Floats:
    """The weights, (out, in), that :func:`four_bits` put into 4 bits."""
    steps = np.stack([packed & 15, packed >> 4], axis=-1).astype(np.float32) - 8
    return np.asarray(steps.reshape(*scales.shape, FOUR_BIT_BLOCK) * scales[..., None]).reshape(len(packed), -1)


def vector_model(source: EncoderSource, tensors: dict[str, Floats], outliers: Outliers | None) -> ModelProto:
    """``ids (1, length) → vector (1, dim)`` of length 1, pooled as the folder says."""
    graph = EncoderGraph(source.shape, tensors, outliers)
    hidden = graph.layers(graph.embedded("ids"))
    if source.pooling == "cls":
        total = graph.node("Gather", [hidden, graph.constant("cls", np.int64(0))], "pooled", axis=1)
    else:  # the sum: the mean is the same vector at another length, and lengths are taken out below
        total = graph.node("ReduceSum", [hidden, graph.constant("tokens", [1])], "pooled", keepdims=0)
    return graph.model(["ids"], [graph.node("LpNormalization", [total], "vector", axis=-1, p=2)])


def _smoothing(span: Floats, weight: Floats) -> Floats:
    """What each input channel is divided by, and its weights multiplied with; the geometric mean of all is 1."""
    heaviest = np.maximum(np.abs(weight).max(axis=0), 1e-6)
    factor = np.maximum(span, 1e-6) ** SMOOTHING / heaviest ** (1 - SMOOTHING)
    return np.asarray(factor / np.exp(np.log(factor).mean()), dtype=np.float32)
