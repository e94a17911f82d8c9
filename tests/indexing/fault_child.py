"""What is killed: a process that brings an index up to date and tells what it has finished. Loaded once, forked for every kill."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from qa.adapters.analyzer import JiebaAnalyzer
from qa.adapters.memory import BigramEmbedder
from qa.indexing.build import BuildEvent

from .workshop import Workshop

ANALYZER = JiebaAnalyzer()
ANALYZER.terms("先载入词典")


def workshop_in(corpus: Path, index: Path) -> Workshop:
    return Workshop(corpus, index, BigramEmbedder(), ANALYZER)


def build_and_tell(corpus: Path, index: Path, told: Connection) -> None:
    """Sends "begun", the path of every file as soon as it is durable, and "published"."""

    def tell(event: BuildEvent) -> None:
        if event.result is not None:
            told.send(event.path)

    workshop = workshop_in(corpus, index)
    told.send("begun")
    workshop.build(tell)
    told.send("published")
