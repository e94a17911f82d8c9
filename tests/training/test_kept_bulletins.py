"""The kept bulletins asked of the product: every question comes out one way, and of its own text alone where it is not clear by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.bootstrap import index_corpus, open_assistant
from qa.settings import Settings
from training.confidence.bulletins import FILES, OF_ALL_TEXTS, bulletin_questions, kept_texts
from training.confidence.kept import outcomes

TEXTS = 6


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("bulletins")
    settings = replace(
        Settings.from_environment(), reader="rules", corpus=folder / "corpus", index=folder / "index", history=False
    )
    settings.corpus.mkdir()
    for key, text in islice(kept_texts().items(), TEXTS):
        (settings.corpus / f"{key}.txt").write_text(text, encoding="utf-8")
    index_corpus(settings)
    return open_assistant(settings)


@pytest.mark.parametrize(("files", "of_its_text"), [(FILES, True), (OF_ALL_TEXTS, False)])
def test_every_question_comes_out_one_way(assistant: Assistant, files: Sequence[Path], of_its_text: bool) -> None:
    keys = set(islice(kept_texts(), TEXTS))
    questions = [each for half in ("fit", "kept") for each in bulletin_questions(half, files) if each.key in keys]
    found = outcomes(assistant, questions, of_its_text)
    asked = Counter(each.asked.answerable for each in questions)
    assert found["right"] + found["wrong"] + found["refused"] == asked[True]
    assert found["trap answered"] + found["trap refused"] == asked[False]
    assert found["right"] > asked[True] / 4
