"""The benchmarks that can be run, where their files come from, and what was published on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qa.errors import UsageError


@dataclass(frozen=True, slots=True)
class Published:
    """A published result with the paragraph given: EM and F1 in [0, 1], on which part, and where it was published."""

    system: str
    part: str
    em: float
    f1: float
    source: str


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A public data set. ``parts``: name of a part → the file names looked for, in this order; the first part is meant where
    none is named. The user downloads the files from ``home``.
    """

    name: str
    title: str
    parts: Mapping[str, tuple[str, ...]]
    home: str
    licence: str
    published: tuple[Published, ...]
    note: str = ""  # what a reader of the figures has to know


_WWM = "Cui et al., Pre-Training with Whole Word Masking for Chinese BERT, arXiv:1906.08101（十次运行的平均）"
_XQUAD = "XQuAD 数据集说明（google-deepmind/xquad），零样本迁移；EM/F1 用 SQuAD 1.1 的算法，与此处不全同"

BENCHMARKS = {
    benchmark.name: benchmark
    for benchmark in (
        Benchmark(
            "cmrc2018",
            "CMRC 2018",
            {
                "dev": ("dev.json", "cmrc2018_dev.json"),
                "trial": ("trial.json", "cmrc2018_trial.json"),
                "train": ("train.json", "cmrc2018_train.json"),
            },
            "https://github.com/ymcui/cmrc2018（squad-style-data/cmrc2018_dev.json）",
            "CC BY-SA 4.0",
            (
                Published("BERT-base 中文", "dev", 0.644, 0.840, _WWM),
                Published("RoBERTa-wwm-ext", "dev", 0.665, 0.865, _WWM),
                Published("RoBERTa-wwm-large-ext", "dev", 0.676, 0.879, _WWM),
            ),
        ),
        Benchmark(
            "drcd",
            "DRCD",
            {"dev": ("dev.json", "DRCD_dev.json"), "test": ("test.json", "DRCD_test.json")},
            "https://github.com/DRCKnowledgeTeam/DRCD（DRCD_dev.json）",
            "CC BY-SA 3.0",
            (
                Published("BERT-base 中文", "dev", 0.827, 0.896, _WWM),
                Published("RoBERTa-wwm-ext", "dev", 0.859, 0.922, _WWM),
                Published("RoBERTa-wwm-large-ext", "dev", 0.891, 0.944, _WWM),
            ),
            "随附的阅读模型用 DRCD 的 dev 与 test 训练过，只有“检索”一步是没见过的题",
        ),
        Benchmark(
            "xquad",
            "XQuAD 中文",
            {"test": ("xquad.zh.json",)},
            "https://github.com/google-deepmind/xquad（xquad.zh.json）",
            "CC BY-SA 4.0",
            (
                Published("mBERT", "test", 0.483, 0.580, _XQUAD),
                Published("XLM-R Large", "test", 0.500, 0.593, _XQUAD),
                Published("Translate-test BERT-Large", "test", 0.591, 0.737, _XQUAD),
            ),
        ),
    )
}


def benchmark_named(name: str) -> Benchmark:
    """Raises :class:`UsageError` naming those there are."""
    if name not in BENCHMARKS:
        raise UsageError(f"没有评测“{name}”", hint=f"可用：{'、'.join(BENCHMARKS)}、collection")
    return BENCHMARKS[name]


def part_named(benchmark: Benchmark, part: str | None) -> str:
    """The part, or the first one for ``None``. Raises :class:`UsageError` naming those there are."""
    if part is None:
        return next(iter(benchmark.parts))
    if part not in benchmark.parts:
        raise UsageError(f"{benchmark.title} 没有“{part}”这一部分", hint=f"可用：{'、'.join(benchmark.parts)}")
    return part
