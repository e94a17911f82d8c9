"""Enumerations: A、B和C, 一是…二是…, one title after another; and cutting them into items."""

from __future__ import annotations

import re

from qa.answering.candidates.candidate import Candidate
from qa.answering.view import PassageView, Range
from qa.records import Question

_CUE = re.compile(
    r"包括|包含|分为|分成|围绕|聚焦|涉及|涵盖|即|分别是|分别为|明确了|设立|设置|设有|建成|建立|引进|打造|推广|部署|突出|重点抓好|重点资助|资助|抓好|推进|从|在|由|向|与|和|对|将|是|为|有|送|报|抄送|："
)
_ORDERED = re.compile(r"(?:一是|二是|三是|四是|五是|六是|七是|八是|九是|十是)")
_TITLES = re.compile(r"(?:《[^》]+》(?:、|和|及|，)?){2,}")
_SEPARATOR = re.compile(r"、|；|(?<=[》”])(?=[《“])")
_LAST_JOINT = re.compile(r"(?:以及|和|及|与|或)(?=[^、]{2,}$)")
_TAIL = re.compile(
    r"(?:等(?:[^、，。；]{0,14})?|(?:[一二两三四五六七八九十\d]+)(?:个|大|项|类|种|方面|家)[^、，。；]{0,10})$"
)


def enumeration_candidates(question: Question, view: PassageView) -> list[Candidate]:
    """Every enumeration, from its cue to its end; 一是…二是… as a whole."""
    text = view.text
    found: list[Candidate] = []
    for start, end in view.sentences:
        sentence = text[start:end]
        found.extend(Candidate(start + match.start(), start + match.end(), 1.0) for match in _TITLES.finditer(sentence))
        for clause in view.clauses:
            if clause[0] < start or clause[1] > end or "、" not in view.slice(clause):
                continue
            found.extend(_in_clause(question, view, clause))
    ordered = [match.start() for match in _ORDERED.finditer(text)]
    if len(ordered) >= 2:
        last = view.sentence_of(ordered[-1], ordered[-1] + 2)[1]
        found.append(Candidate(ordered[0], last, 1.0))
    return found


def _in_clause(question: Question, view: PassageView, clause: Range) -> list[Candidate]:
    words = view.slice(clause)
    mark = _first_mark(words)
    cues = [cue.end() for cue in _CUE.finditer(words, 0, mark)]
    begins = cues[-1] if cues else 0
    while begins < len(words) and words[begins] in "了：:“ ":
        begins += 1
    tail = _TAIL.search(words)
    ends = tail.start() if tail and tail.start() > mark else len(words)
    if ends - begins < 4:
        return []
    many = words.count("、") + 1
    return [Candidate(clause[0] + begins, clause[0] + ends, min(1.0, 0.6 + 0.1 * many))]


def _first_mark(words: str) -> int:
    """Where the first 、 stands that is not inside brackets or quotation marks."""
    depth = 0
    for at, character in enumerate(words):
        depth += character in "（(“《「"
        depth -= character in "）)”》」"
        if character == "、" and depth <= 0:
            return at
    return words.index("、")


def items_of(text: str) -> list[Range]:
    """The items of an enumeration, as ranges of ``text``: parted at 、 and between titles, and at the last 和/及/与."""
    marks = list(_ORDERED.finditer(text))
    if len(marks) >= 2:
        bounds = [mark.start() for mark in marks] + [len(text)]
        return [_trim(text, mark.end(), after) for mark, after in zip(marks, bounds[1:], strict=True)]
    cuts = [0]
    ends: list[int] = []
    for match in _SEPARATOR.finditer(text):
        if _depth(text, match.start()) == 0:
            ends.append(match.start())
            cuts.append(match.end())
    ends.append(len(text))
    parts = [(start, end) for start, end in zip(cuts, ends, strict=True) if start < end]
    if not parts:
        return []
    first, last = parts[-1]
    joint = _LAST_JOINT.search(text[first:last])
    if joint and _depth(text, first + joint.start()) == 0 and joint.start() >= 2:
        parts[-1:] = [(first, first + joint.start()), (first + joint.end(), last)]
    return [_trim(text, start, end) for start, end in parts if text[start:end].strip("，。；、 ")]


def _depth(text: str, at: int) -> int:
    return sum(c in "（(“《「" for c in text[:at]) - sum(c in "）)”》」" for c in text[:at])


def _trim(text: str, start: int, end: int) -> Range:
    while start < end and text[start] in "，、；：。 \n":
        start += 1
    while end > start and text[end - 1] in "，、；：。 \n":
        end -= 1
    return start, end
