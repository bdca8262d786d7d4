"""The embedded model as an ONNX graph that ONNX Runtime runs on the CPU, without torch.

The graph takes ``input_ids`` and ``attention_mask`` (int64, texts x tokens) and gives ``embedding``
(float32, texts x hidden, L2-normalised): pooling is inside, so a caller cannot pool differently. It
uses the fused operators of ONNX Runtime (domain ``com.microsoft``), documented in its
``docs/ContribOperators.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from index.e5_weights import BLOCK, LAYER_NORM_EPSILON, ZERO_POINT, E5Weights, QuantizedTensor

_CONTRIB = "com.microsoft"
_OPSETS = {"": 21, _CONTRIB: 1}  # 21 is the first with 4-bit tensors
_IR_VERSION = 10  # the oldest that opset 21 may have, so that older runtimes load the file
_INT8_COMPUTE = 4  # MatMulNBits' accuracy_level: activations in int8 with a scale per block


class Precision(StrEnum):
    """How the matrices of the layers are multiplied.

    ``INT4`` keeps the 4-bit codes of the source file; matrices that were adapted have none and are kept in
    half precision. ``INT8`` rounds them once more, to 8 bits per output column, and the activations to 8
    bits per matrix.
    """

    INT4 = "int4"
    INT8 = "int8"


def write_onnx(weights: E5Weights, path: Path, precision: Precision = Precision.INT4) -> None:
    """Write the graph to ``path`` (74 MB in 4 bits, 82 MB in 8)."""
    onnx.save(build_graph(weights, precision), path)


def build_graph(weights: E5Weights, precision: Precision) -> onnx.ModelProto:
    """The graph of ``weights``; the same input gives the same graph."""
    graph = _Graph(weights, precision)
    hidden = graph.embed()
    padding = graph.op("Cast", ["attention_mask"], to=TensorProto.INT32)
    for layer in range(weights.shape.layers):
        hidden = graph.layer(f"l{layer}.", hidden, padding)
    graph.op("LpNormalization", [graph.mean(hidden)], output="embedding", axis=1, p=2)
    return graph.model()


@dataclass(slots=True)
class _Graph:
    """Nodes and constants in the making. Methods add to them and give the name of their result."""

    weights: E5Weights
    precision: Precision
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, onnx.TensorProto] = field(default_factory=dict)

    def op(self, kind: str, inputs: list[str], *, domain: str = "", output: str = "", **options: Any) -> str:
        """Add one operator and give the name of its (first) result."""
        output = output or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **options))
        return output

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        """Add a constant under ``name``, once."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def vector(self, name: str) -> str:
        """Add a vector of the source file."""
        return self.constant(name, self.weights.vectors[name])

    def integer(self, name: str, value: int) -> str:
        return self.constant(name, np.array([value], np.int64))

    def embed(self) -> str:
        """Word, position and type embeddings, added and normalised."""
        shape = self.weights.shape
        words = self._embed_words()
        # All tokens have type 0: its row joins the positions.
        positions = (
            self.weights.matrix("emb.pos", shape.positions, shape.hidden)
            + self.weights.matrix("emb.type", shape.token_types, shape.hidden)[0]
        )
        length = self.op("Shape", ["input_ids"], start=1, end=2)
        table = self.constant("positions", positions)
        used = self.op("Slice", [table, self.integer("zero", 0), length, self.integer("axis_0", 0)])
        summed = self.op("Add", [words, used])
        scale, bias = self.vector("emb.ln.w"), self.vector("emb.ln.b")
        return self.op("LayerNormalization", [summed, scale, bias], axis=-1, epsilon=LAYER_NORM_EPSILON)

    def _embed_words(self) -> str:
        """Look up rows of the word table, which stays in 4 bits: it is nine tenths of the model."""
        shape, table = self.weights.shape, self.weights.matrices["emb.word"]
        codes = table.codes.reshape(shape.vocabulary, shape.hidden)
        packed = _pack_neighbours(codes ^ np.uint8(ZERO_POINT))  # 0..15 around 8 → two's complement around 0
        self.constants["words"] = helper.make_tensor(
            "words", TensorProto.INT4, codes.shape, packed.tobytes(), raw=True
        )
        scales = self.constant("words.scales", table.scales.reshape(shape.vocabulary, -1))
        return self.op(
            "GatherBlockQuantized",
            ["words", "input_ids", scales],
            domain=_CONTRIB,
            gather_axis=0,
            quantize_axis=1,
            block_size=BLOCK,
        )

    def layer(self, name: str, x: str, padding: str) -> str:
        """One transformer layer: attention and feed-forward, each followed by residual and norm."""
        shape = self.weights.shape
        q, k, v = (self.linear(x, f"{name}{part}", shape.hidden, shape.hidden) for part in "qkv")
        inputs, heads = [q, k, v, "", padding], shape.heads
        context = self.op("MultiHeadAttention", inputs, domain=_CONTRIB, num_heads=heads)
        attended = self.linear(context, f"{name}ao", shape.hidden, shape.hidden)
        x = self._add_and_norm(attended, x, f"{name}aln")
        inner = self.linear(x, f"{name}fi", shape.hidden, shape.feed_forward)
        inner = self.op("Gelu", [inner], domain=_CONTRIB)
        return self._add_and_norm(
            self.linear(inner, f"{name}fo", shape.feed_forward, shape.hidden), x, f"{name}oln"
        )

    def _add_and_norm(self, x: str, residual: str, name: str) -> str:
        inputs = [x, residual, self.vector(f"{name}.w"), self.vector(f"{name}.b")]
        return self.op("SkipLayerNormalization", inputs, domain=_CONTRIB, epsilon=LAYER_NORM_EPSILON)

    def linear(self, x: str, name: str, inputs: int, outputs: int) -> str:
        """``x · Wᵀ + b`` in the precision chosen."""
        bias = self.vector(f"{name}.b")
        if self.precision is Precision.INT8:
            return self._linear_int8(x, name, self.weights.matrix(f"{name}.w", outputs, inputs), bias)
        if matrix := self.weights.matrices.get(f"{name}.w"):
            return self._linear_int4(x, name, matrix, bias, inputs, outputs)
        return self._linear_half(x, name, self.weights.matrix(f"{name}.w", outputs, inputs), bias)

    def _linear_int4(
        self, x: str, name: str, matrix: QuantizedTensor, bias: str, inputs: int, outputs: int
    ) -> str:
        blocks = inputs // BLOCK
        packed = _pack_neighbours(matrix.codes).reshape(outputs, blocks, BLOCK // 2)
        product = self.op(
            "MatMulNBits",
            [x, self.constant(f"{name}.codes", packed), self.constant(f"{name}.scales", matrix.scales)],
            domain=_CONTRIB,
            K=inputs,
            N=outputs,
            bits=4,
            block_size=BLOCK,
            accuracy_level=_INT8_COMPUTE,
        )
        return self.op("Add", [product, bias])

    def _linear_half(self, x: str, name: str, matrix: NDArray[np.float32], bias: str) -> str:
        """Kept in half precision, multiplied in single: the runtime widens it once, when it loads."""
        kept = self.constant(f"{name}.half", matrix.T.astype(np.float16))
        widened = self.op("Cast", [kept], to=TensorProto.FLOAT)
        return self.op("Add", [self.op("MatMul", [x, widened]), bias])

    def _linear_int8(self, x: str, name: str, matrix: NDArray[np.float32], bias: str) -> str:
        scales = np.maximum(np.abs(matrix).max(axis=1), np.finfo(np.float32).tiny) / 127
        codes = np.rint(matrix / scales[:, None]).astype(np.int8).T
        constants = [self.constant(f"{name}.codes", codes), self.constant(f"{name}.scales", scales)]
        return self.op("DynamicQuantizeMatMul", [x, *constants, "", bias], domain=_CONTRIB)

    def mean(self, x: str) -> str:
        """The mean over the tokens of each text, padding left out."""
        mask = self.op("Cast", ["attention_mask"], to=TensorProto.FLOAT)
        axis_1 = self.integer("axis_1", 1)
        weighted = self.op("Mul", [x, self.op("Unsqueeze", [mask, self.integer("axis_2", 2)])])
        total = self.op("ReduceSum", [weighted, axis_1], keepdims=0)
        return self.op("Div", [total, self.op("ReduceSum", [mask, axis_1], keepdims=1)])

    def model(self) -> onnx.ModelProto:
        """The finished graph."""
        inputs = [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
            for name in ("input_ids", "attention_mask")
        ]
        shape: list[str | int] = ["texts", self.weights.shape.hidden]
        output = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, shape)
        graph = helper.make_graph(self.nodes, "e5", inputs, [output], list(self.constants.values()))
        opsets = [helper.make_opsetid(domain, version) for domain, version in _OPSETS.items()]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION, producer_name="hjemmel")


def _pack_neighbours(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Two 4-bit codes a byte: the even one in the low half, the odd one in the high half."""
    flat = codes.reshape(-1)
    return flat[0::2] | (flat[1::2] << np.uint8(4))
