"""Which feed-forward units tower over the others: found by running the float32 network on a few sentences of our own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa.models.encoder.source import EncoderSource, Floats
from qa.models.encoder.tokens import text_tokenizer

if TYPE_CHECKING:
    from onnx import ModelProto

Ids = NDArray[np.int64]

TOWERING = 2.5
"""A unit stands apart when its largest activation is this many times that of the unit at the 93rd percentile."""
PERCENTILE = 93
MOST_APART = 8

SENTENCES = (
    "2023年，全市科技创新工作坚持以习近平新时代中国特色社会主义思想为指导，深入实施创新驱动发展战略。",
    "全社会研发经费投入达到32.6亿元，同比增长18.4%，研发投入强度提高0.12个百分点。",
    "为进一步规范项目管理，提高财政资金使用效益，现就有关事项通知如下：",
    "一是强化政策支持，二是搭建创新平台，三是培育高新技术企业，四是引进高层次人才。",
    "会议由市委副书记、市长主持，各旗区、市直有关部门负责人参加会议。",
    "第十二条 申请人应当在收到通知之日起十五个工作日内提交书面材料，逾期视为放弃。",
    "联系电话：0477-8588888，传真：0477-8588999，电子邮箱：kjj@example.cn",
    "科技特派员服务农牧民近3万户，推广新技术384项，引进新品种556个。",
    "这是一个普通的句子。",
    "The project was funded by the National Natural Science Foundation of China (No. 61872001).",
    "谁负责这项工作？什么时候完成？需要多少经费？",
    "目前，我市已建成国家级企业技术中心5家、自治区级重点实验室24家、院士工作站11家，"
    "新能源、新材料、现代煤化工等领域的关键核心技术攻关取得阶段性成果，科技成果转化率稳步提升。",
)


def towering_units(model: ModelProto, inputs: Iterable[dict[str, Ids]]) -> list[Ids]:
    """For each layer the units to keep in float32, ascending; at most :data:`MOST_APART` a layer.

    ``model`` is a float32 graph whose last outputs are the layers' activations, ``inputs`` what it is run on.
    """
    found = []
    for layer in _largest_activations(model, inputs):
        limit = TOWERING * float(np.percentile(layer, PERCENTILE))
        highest = np.argsort(-layer, kind="stable")[:MOST_APART]
        found.append(np.sort(highest[layer[highest] > limit]).astype(np.int64))
    return found


def sentence_inputs(source: EncoderSource) -> Iterator[dict[str, Ids]]:
    """:data:`SENTENCES` as the folder's tokenizer cuts them, with its prompts in turn."""
    tokenizer = text_tokenizer(source.path)
    prompts = sorted({prompt for prompt in source.prompts.values() if prompt}) or [""]
    for number, sentence in enumerate(SENTENCES):
        tokens = tokenizer.encode(prompts[number % len(prompts)] + sentence).ids[: source.max_tokens]
        yield {"ids": np.array([tokens], np.int64)}


def _largest_activations(model: ModelProto, inputs: Iterable[dict[str, Ids]]) -> Floats:
    """(layers, units): the largest magnitude over all tokens."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs() if output.name.endswith(".active")]
    largest: list[Floats] = []
    for each in inputs:
        seen = [np.abs(layer[0]).max(axis=0) for layer in session.run(names, each)]
        largest = [np.maximum(*pair) for pair in zip(largest, seen, strict=True)] if largest else seen
    return np.array(largest, dtype=np.float32)
