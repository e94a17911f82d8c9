"""Why a passage came up: in words, and in the figures behind them."""

from __future__ import annotations

from qa.records import Hit, Question
from qa.text.normalise import fold
from qa.web.contexts import Reason

CLOSE = 0.5
"""From here on a scaled part of the score counts as found by that way."""
NAMED_WORDS = 6


def why(hit: Hit, question: Question) -> str:
    """One sentence: which words of the question stand in the passage, whether it is near in meaning, reads as an answer and
    speaks of the period asked for.
    """
    folded = fold(hit.passage.text)
    words = [word for word in dict.fromkeys(w.text for w in question.words) if len(word) > 1 and word in folded]
    parts = [f"含有问题中的{'、'.join(f'“{word}”' for word in words[:NAMED_WORDS])}"] if words else []
    if hit.dense is not None and hit.dense >= CLOSE:
        parts.append("意思与问题接近")
    if hit.reader is not None and hit.reader >= CLOSE:
        parts.append("读来像是回答")
    if hit.period is not None:
        parts.append("讲的是所问的时间" if hit.period else "讲的不是所问的时间")
    return f"{'；'.join(parts)}。" if parts else "与问题略有关联。"


def reasons(hit: Hit) -> tuple[Reason, ...]:
    """The parts of the score, scaled to [0, 1], and the score."""
    ways = (("字面", hit.lexical), ("语义", hit.dense), ("精读", hit.reader))
    made = [
        Reason(name, "未命中") if value is None else Reason(name, f"{value:.2f}", min(max(value, 0.0), 1.0))
        for name, value in ways
    ]
    if hit.period is not None:
        made.append(Reason("时间", "与所问时间相符" if hit.period else "与所问时间不符"))
    return (*made, Reason("总分", f"{hit.score:.2f}"))
