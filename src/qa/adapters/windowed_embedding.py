"""What every embedder does alike: prompts, windows for long texts, and vectors of length 1."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from qa.adapters.token_windows import windows
from qa.ports import Vectors

QUERY_PROMPTS = ("query",)
DOCUMENT_PROMPTS = ("document", "passage", "corpus")
"""Names under which models keep their prompts, in the order in which sentence-transformers looks for them."""


def prompt_of(prompts: Mapping[str, str | None], default: str | None, names: tuple[str, ...]) -> str:
    """The first prompt that is not empty among those called ``names`` and the model's default, else an empty one.

    sentence-transformers itself stops at the first name that is there; as it adds an empty ``document`` to every model, it
    would pass over the prompt of a model that calls it ``passage``.
    """
    found = (prompts.get(name) for name in (*names, default or ""))
    return next((prompt for prompt in found if prompt), "")


def embed(
    text: str, limit: int | None, count: Callable[[str], int], encode: Callable[[str], Vectors]
) -> tuple[Vectors, bool]:
    """(vector of length 1, whether the text took several windows): the average of the windows by their number of tokens.

    ``count`` and ``encode`` put the prompt before what they are given.
    """
    pieces = [text] if limit is None else windows(text, lambda piece: count(piece) <= limit)
    if len(pieces) == 1:
        return normalised(encode(text)), False
    frame = count("")
    total: Vectors | None = None
    for piece in pieces:
        part = max(count(piece) - frame, 1) * normalised(encode(piece))
        total = part if total is None else total + part
    assert total is not None
    return normalised(total), True


def normalised(vector: Vectors) -> Vectors:
    """The vector at length 1; a zero vector stays."""
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length > 0 else vector
