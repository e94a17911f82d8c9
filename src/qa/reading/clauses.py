"""How officials name a place in a document: 第三部分（二）第1点, 第三章第十二条, 【科技兴蒙】“一批项目签约落地准旗”."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMERAL = "一二三四五六七八九十百零〇"
_ENUMERATION = re.compile(rf"(?:^|[。；;：:，,])\s*((?:[{_NUMERAL}]{{1,3}}是)|(?:第[{_NUMERAL}]{{1,3}}(?=[，,是])))")
_LABELS = (
    (re.compile(rf"\s*([{_NUMERAL}]{{1,4}})[、.．]"), "第{}部分"),
    (re.compile(rf"\s*[（(]([{_NUMERAL}]{{1,4}})[）)]"), "（{}）"),
    (re.compile(r"\s*(\d{1,3})\s?[.．、]"), "第{}点"),
    (re.compile(r"\s*[（(](\d{1,3})[）)]"), "（{}）"),
    (re.compile(rf"\s*(第[{_NUMERAL}\d]{{1,6}}[编章节条款](?:之[{_NUMERAL}]+)?)"), "{}"),
    (re.compile(rf"\s*([{_NUMERAL}]{{1,3}}是)$"), "{}"),
)


def clause_label(path: Iterable[str]) -> str:
    """A clause path in short: numbered headings by their numbers, the first other one in 【】, further ones in “”."""
    parts: list[str] = []
    for title in path:
        for pattern, form in _LABELS:
            if match := pattern.match(title):
                parts.append(form.format(match.group(1)))
                break
        else:
            parts.append(f"“{title}”" if any(part.startswith("【") for part in parts) else f"【{title.strip('【】')}】")
    return "".join(parts)


def enumerator(text: str, position: int) -> str:
    """The 一是, 二是, 第一， that ``position`` of a paragraph stands under, or ``""``."""
    found = [match.group(1) for match in _ENUMERATION.finditer(text) if match.start(1) <= position]
    return found[-1] if found else ""
