"""Passages that look right and hold no answer: the other half of what a reader must learn."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]

from training.reader.examples import Example

NEAREST = 12
YEAR = re.compile(r"(?<!\d)(1[5-9]|20)\d\d(?=年)")


def _bigram_counts(texts: list[str], known: dict[str, int], grow: bool) -> sparse.csr_matrix:
    rows: list[int] = []
    columns: list[int] = []
    for row, text in enumerate(texts):
        for pair in {text[i : i + 2] for i in range(len(text) - 1)}:
            column = known.setdefault(pair, len(known)) if grow else known.get(pair)
            if column is not None:
                rows.append(row)
                columns.append(column)
    shape = (len(texts), len(known))
    return sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)


def near_passages(examples: list[Example]) -> list[Example]:
    """For each example the same question on passages near it (character-bigram idf overlap) without its answer.

    Up to three of the ``NEAREST`` other contexts an example, in order of nearness; deterministic.
    """
    contexts = sorted({example.context for example in examples})
    known: dict[str, int] = {}
    passages = _bigram_counts(contexts, known, grow=True)
    questions = _bigram_counts([example.question for example in examples], known, grow=False)
    seen_in = np.asarray(passages.sum(axis=0)).reshape(-1)
    weighted = passages.multiply(np.log(1 + len(contexts) / seen_in)[None, :]).tocsr().T.tocsc()
    found: list[Example] = []
    for begin in range(0, len(examples), 512):
        scores = (questions[begin : begin + 512] @ weighted).toarray()
        for row, order in enumerate(np.argsort(-scores, axis=1, kind="stable")[:, :NEAREST]):
            example = examples[begin + row]
            answers = {example.context[a:b] for a, b in example.spans}
            near = [contexts[i] for i in order if contexts[i] != example.context]
            near = [context for context in near if not any(answer in context for answer in answers)]
            found += [replace(example, context=context, spans=(), source="near") for context in near[:3]]
    return found


def other_years(examples: list[Example], rng: random.Random) -> list[Example]:
    """Questions that name a year, asked of their own passage about a year that it does not hold: no answer."""
    made: list[Example] = []
    for example in examples:
        match = YEAR.search(example.question)
        if match is None:
            continue
        year = str(int(match.group()) + rng.choice([-10, -3, -2, -1, 1, 2, 3, 10]))
        if year not in example.context and match.group() in example.context:
            question = example.question[: match.start()] + year + example.question[match.end() :]
            made.append(replace(example, question=question, spans=(), source="other-year"))
    return made
