"""What is compared: each system with its runner, its environment and the sizes it is asked to hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class System:
    """``environment`` names a file of ``requirements/`` and a virtual environment; empty: 引证's own. ``shares`` names the system
    whose index is asked too (another way to ask the same index). ``embeds``: takes given vectors, and makes its own without;
    ``embeds_as`` names the system whose embedding it has too, so that it is not measured twice.
    """

    key: str
    title: str
    runner: str
    environment: str = ""
    options: Sequence[str] = ()
    shares: str = ""
    embeds: bool = True
    embeds_as: str = ""


SYSTEMS = (
    System("qa-search", "引证, search only", "runner_qa.py", options=("--mode", "search")),
    System("qa-rules", "引证, answer by rules", "runner_qa.py", options=("--mode", "rules"), shares="qa-search"),
    System("qa", "引证, with the trained reader", "runner_qa.py", options=("--mode", "trained"), shares="qa-search"),
    System("bm25s", "BM25 alone (bm25s, jieba)", "runner_bm25s.py", "bm25s", embeds=False),
    System("st-faiss", "sentence-transformers + FAISS", "runner_sentence_transformers.py", "sentence-transformers"),
    System("txtai", "txtai", "runner_txtai.py", "txtai"),
    System("haystack-memory", "Haystack 2, in memory", "runner_haystack.py", "haystack", ("--store", "memory")),
    System(
        "haystack-faiss",
        "Haystack 2, FAISS",
        "runner_haystack.py",
        "haystack",
        ("--store", "faiss"),
        embeds_as="haystack-memory",
    ),
    System("llamaindex", "LlamaIndex, FAISS", "runner_llamaindex.py", "llamaindex"),
)
BY_KEY = {system.key: system for system in SYSTEMS}
