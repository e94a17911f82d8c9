"""Short forms: 高企 of 高新技术企业, 化工系 of 化学工程系."""

from __future__ import annotations


def stands_in_order(short: str, whole: str) -> bool:
    """Whether the characters of ``short`` stand in ``whole`` in this order, whatever stands between them."""
    rest = iter(whole)
    return all(character in rest for character in short)


_LEAST_CHARS = 4  # of a short form: the 科学奖 of 自然科学奖 is no 科学技术进步奖
_HEAD_CHARS = 3  # what a thing is, with what tells it from the next one: 科学技术奖 is no 科学技术进步奖, but what that is a kind of


def short_form_in(text: str, name: str) -> bool:
    """Whether ``text`` says ``name``, or what it is called for short: from its first character to its last ones, with some between left out
    (科技进步奖 of 科学技术进步奖).
    """
    if name in text:
        return True
    head = name[-_HEAD_CHARS:]
    ends = [at for at in range(_LEAST_CHARS, len(text) + 1) if text.endswith(head, 0, at)]
    return any(
        text[start] == name[0] and stands_in_order(text[start:end], name)
        for end in ends
        for start in range(max(0, end - len(name)), end - _LEAST_CHARS + 1)
    )
