"""Stretches of a passage that a careless reader might take for the answer."""

from __future__ import annotations

import random
import re

NUMBER = re.compile(
    r"(?:最高|不超过|不低于|不少于|超过|约|近|达到?|逾)?第?[\d０-９][\d０-９,，.．]*\d*(?:[%％‰]|(?:[多余])?[万亿千百]*(?:平方公里|公里|公斤|平方米|立方米|千瓦时|千瓦|个百分点|亩|美元|元|个|家|项|人次|人|名|位|户|所|座|倍|天|日|年|月|岁|吨|次|条|件|台|套|处|类|万|亿|[一-龥]))?"
)
DATE = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日")
HAN_NUMBER = re.compile(
    r"[第约近]?[一二三四五六七八九十百千两]{1,5}(?:个|项|家|人|名|条|年|月|次|批|级|等|类|大|届|章|分之[一二三四五六七八九十]+)"
)
PIECE = re.compile(r"[^，。；：、！？\n“”《》（）()]+")
NAMED = re.compile(r"《[^》]{2,40}》|“[^”]{2,20}”")


def candidate_spans(text: str, rng: random.Random, most: int) -> list[tuple[int, int]]:
    """Up to ``most`` half-open code point spans: all numbers and dates first, then pieces between marks and cuts of them."""
    figures = {found.span() for pattern in (NUMBER, DATE, HAN_NUMBER) for found in pattern.finditer(text)}
    pieces = [found.span() for found in PIECE.finditer(text)]
    cuts = set()
    for start, end in pieces:
        if end - start > 4:
            length = rng.randint(2, min(14, end - start - 1))
            begin = rng.choice((start, end - length, rng.randint(start, end - length)))
            cuts.add((begin, begin + length))
    others = [*{found.span() for found in NAMED.finditer(text)}, *pieces, *sorted(cuts)]
    rng.shuffle(others)
    ordered = sorted(figures)
    rng.shuffle(ordered)
    chosen = ordered[: most * 2 // 3]
    apart = [each for each in dict.fromkeys(others) if each not in figures]
    return chosen + apart[: most - len(chosen)]
