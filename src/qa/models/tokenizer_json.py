"""The Unigram vocabulary as a ``tokenizer.json`` for the ``tokenizers`` library.

Written by hand rather than by the library, so that the file is the same to the byte whatever the library's version.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from qa.models.vocabulary import METASPACE, SPECIAL_PIECES

_BOS, _EOS, _UNK = 0, 2, 3

_WIDE_TILDE, _STAND_IN = "～", "\ufdd0"
"""XLM-R keeps U+FF5E as a piece of its own (3～5个), NFKC makes it ``~``; the noncharacter carries it past NFKC.

The only other character where XLM-R's map differs from Nmt + NFKC is U+1F23B, a television mark; it is left to NFKC.
"""


def tokenizer_json(pieces: Sequence[str], scores: Sequence[float]) -> str:
    """The file's text: Nmt, NFKC and single spaces; Metaspace; Unigram; ``<s> A </s>`` and ``<s> A </s></s> B </s>``.

    ``pieces`` start with ``<s> <pad> </s> <unk>``.
    """
    tokenizer = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [_special_token(index, content) for index, content in enumerate(pieces[:SPECIAL_PIECES])],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "Nmt"},
                {"type": "Replace", "pattern": {"String": _WIDE_TILDE}, "content": _STAND_IN},
                {"type": "NFKC"},
                {"type": "Replace", "pattern": {"String": _STAND_IN}, "content": _WIDE_TILDE},
                {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
            ],
        },
        "pre_tokenizer": {"type": "Metaspace", "replacement": METASPACE, "prepend_scheme": "always", "split": True},
        "post_processor": _template(pieces),
        "decoder": {"type": "Metaspace", "replacement": METASPACE, "prepend_scheme": "always", "split": True},
        "model": {
            "type": "Unigram",
            "unk_id": _UNK,
            "vocab": list(zip(pieces, scores, strict=True)),
            "byte_fallback": False,
        },
    }
    return json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")) + "\n"


def _special_token(index: int, content: str) -> dict[str, Any]:
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return {"id": index, "content": content, **flags}


def _template(pieces: Sequence[str]) -> dict[str, Any]:
    bos, eos = pieces[_BOS], pieces[_EOS]

    def special(content: str) -> dict[str, Any]:
        return {"SpecialToken": {"id": content, "type_id": 0}}

    def sequence(name: str) -> dict[str, Any]:
        return {"Sequence": {"id": name, "type_id": 0}}

    single = [special(bos), sequence("A"), special(eos)]
    return {
        "type": "TemplateProcessing",
        "single": single,
        "pair": [*single, special(eos), sequence("B"), special(eos)],
        "special_tokens": {
            content: {"id": content, "ids": [index], "tokens": [content]}
            for content, index in ((bos, _BOS), (eos, _EOS))
        },
    }
