"""口径护栏 of grades: what is told of 国家高新区 is no answer for 自治区级的高新区."""

from __future__ import annotations

import re

from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView
from qa.answering.zones import FULL_NAMES
from qa.records import AbstainReason, Question

_GRADES = ("国家", "自治区", "省", "市", "旗", "县", "校")
_ASKED = re.compile(rf"(?P<grade>{'|'.join(_GRADES)})级的?(?=[一-鿿])")
_BETWEEN = r"[^，。；、]{0,12}?"
_LEAST_CHARS = 3
_ALIKE = {"自治区": "自治区|内蒙古|区级|省级", "省": "省|自治区", "国家": "国家|全国"}


def check_grade(question: Question, view: PassageView) -> Verdict:
    """Where the passage speaks of the thing with another grade alone, it tells nothing of the one that is asked about."""
    asked = _ASKED.search(question.text)
    if asked is None:
        return SOUND
    noun = next((word.text for word in question.words if word.start == asked.end()), "")
    if len(noun) < _LEAST_CHARS:
        return SOUND
    forms = "|".join(re.escape(each) for each in (noun, *question.same.get(noun, ()), FULL_NAMES.get(noun, noun)))
    own, text = _ALIKE.get(asked["grade"], asked["grade"]), view.unspaced
    if re.search(rf"(?:{own}){_BETWEEN}(?:{forms})", text):
        return SOUND
    other = next((each for each in _GRADES if each not in own and re.search(rf"{each}级?的?(?:{forms})", text)), "")
    if not other:
        return SOUND
    return Verdict(AbstainReason.SUBJECT, f"资料中说的是{other}级的{noun}，不是{asked['grade']}级的", absent=True)
