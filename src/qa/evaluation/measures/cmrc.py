"""Exact match and F1 of CMRC 2018, the usual measures of Chinese span extraction.

Cui et al., "A Span-Extraction Dataset for Chinese Machine Reading Comprehension", EMNLP 2019; the rules follow the
behaviour of the data set's evaluation script (version 5): lower case; its own list of punctuation removed; F1 over
units that are single Han characters and words of everything else, with the *longest common run* of units as the
overlap.

The script cuts what is not Han with NLTK's ``word_tokenize``; :data:`_WORD` does the same for figures, Latin names and
abbreviations (held against outputs of the script recorded in ``tests/evaluation/measures/cmrc_recorded.json``). English
contractions (do|n't), double marks and full stops in the middle of a text are where the two part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# The script's list. It also holds "……", which, being two characters, never equals one: an ellipsis is not removed.
PUNCTUATION = frozenset("-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』")
_HAN = re.compile(r"[\u4e00-\u9fa5]")
_MARKS = r"\s;@#$%&?!\[\](){}<>\"',."
_WORD = re.compile(rf"[^{_MARKS}]+(?:(?:[.']|,(?=\d))[^{_MARKS}]+)*|\S")


def exact_match(gold: Sequence[str], predicted: str) -> float:
    """1.0 when ``predicted`` equals any of ``gold`` without case and punctuation, else 0.0. No gold: 0.0."""
    stripped = without_punctuation(predicted)
    return float(any(without_punctuation(each) == stripped for each in gold))


def f1(gold: Sequence[str], predicted: str) -> float:
    """The best F1 of ``predicted`` with any of ``gold``: P = overlap/predicted units, R = overlap/gold units. No gold:
    0.0.
    """
    units = mixed_units(predicted)
    return max((_f1_of_units(mixed_units(each), units) for each in gold), default=0.0)


def without_punctuation(text: str) -> str:
    """Lower case, outer white space and :data:`PUNCTUATION` removed."""
    return "".join(char for char in text.lower().strip() if char not in PUNCTUATION)


def mixed_units(text: str) -> list[str]:
    """Han characters one by one, everything else by words; punctuation removed *before* words are cut, as the script
    does.
    """
    units: list[str] = []
    other = ""
    for char in without_punctuation(text):
        if _HAN.match(char):
            units += _WORD.findall(other)
            units.append(char)
            other = ""
        else:
            other += char
    return units + _WORD.findall(other)


def longest_common_run(first: Sequence[str], second: Sequence[str]) -> int:
    """Length of the longest stretch of neighbouring units that both have."""
    best = 0
    previous = [0] * (len(second) + 1)
    for unit in first:
        current = [0] * (len(second) + 1)
        for at, other in enumerate(second, start=1):
            if unit == other:
                current[at] = previous[at - 1] + 1
                best = max(best, current[at])
        previous = current
    return best


def _f1_of_units(gold: Sequence[str], predicted: Sequence[str]) -> float:
    overlap = longest_common_run(gold, predicted)
    # 2PR/(P+R) with P = overlap/len(predicted) and R = overlap/len(gold).
    return 2 * overlap / (len(gold) + len(predicted)) if overlap else 0.0
