"""Which edition of rules a figure is told of: 新版设置了五个一级指标 is none of the edition of 2013, with which the new one is only compared."""

from __future__ import annotations

import re

from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, Question

_OLD_ASKED = re.compile(
    r"(?P<year>(?:19|20)\d\d)年?(?:的)?(?:[那这]一?个?)?版(?!块|权|面)|(?P<old>旧版|老版|原版|上一?版|[修改]订?前|最[早初](?:的?那?一?[个]?版|出台(?:的时候|时))|第一版|1\.0版?)"
)
_NEW_TOLD = re.compile(r"新版|新修[订改]|修[订改]后|迭代至?|2\.0|新(?:的)?(?:办法|规定|标准|体系|细则|条例)")


def check_version(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where an earlier edition is asked about, what the sentence tells of the new one alone is no answer."""
    asked = _OLD_ASKED.search(question.text)
    if asked is None or view.number_at(span) is None:
        return SOUND
    sentence = view.folded[slice(*view.sentence_of(*span))]
    new = _NEW_TOLD.search(sentence)
    if new is None:
        return SOUND
    if asked["year"]:
        year = asked["year"]  # by the item the edition that the new one is compared with, and not the new one itself
        compared = re.search(rf"[与和较比同原对由从]\s*{year}\s*年?(?:的)?(?:版|旧)", view.unspaced) is not None
        tells_it = not compared or year in sentence
    else:
        tells_it = re.search(r"[旧老原]|上一?版|[修改]订?前|[由从]", sentence) is not None
    return SOUND if tells_it else Verdict(AbstainReason.SUBJECT, f"资料中的数字是“{new.group()}”的")
