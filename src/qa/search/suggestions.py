"""Questions for a first-time visitor, made from what the corpus itself says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.records import BlockRole, Passage

_FIGURE = re.compile(
    r"(?P<verb>引进|推广|建成|选派|增长到|增至|达到|收到|提供|总投资|培养|解决|共选派)(?P<noun>[一-鿿]{2,8}?)(?P<number>\d[\d.,]*)(?P<unit>[个家名人项户元件])"
)
_LEAD_CHARS = range(8, 23)


def suggest(passages: Sequence[Passage], limit: int) -> list[str]:
    """Up to ``limit`` questions, at most one a passage: figures first, then what title sentences tell; spread over the documents."""
    found: list[tuple[int, str]] = []
    taken: dict[str, int] = {}
    for passage in passages:
        if passage.role is not BlockRole.BODY or taken.get(passage.document_id, 0) >= max(1, limit // 2):
            continue
        figure = _FIGURE.search(passage.text)
        if figure:
            found.append((0, f"{_topic(passage)}{figure['verb']}了多少{figure['unit']}{figure['noun']}？"))
        elif len(passage.lead) in _LEAD_CHARS:
            found.append((1, f"{passage.lead}，具体内容是什么？"))
        else:
            continue
        taken[passage.document_id] = taken.get(passage.document_id, 0) + 1
    found.sort(key=lambda each: each[0])
    return [question for _, question in found[:limit]]


def _topic(passage: Passage) -> str:
    year = re.search(r"20\d\d年", passage.text)
    subject = re.search(r"[一-鿿]{2,8}(?=制度|工作|行动|计划)", passage.lead or passage.text)
    return f"{subject.group() if subject else passage.section}{year.group() if year else ''}"
