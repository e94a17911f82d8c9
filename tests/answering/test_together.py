"""What is told of several together is told of none of them by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

TALENTS = "近年来该市共引进包括“两院”院士在内的退休高层次人才36名，帮助企业培养技术人才520余名。"
TRAINING = "市农牧局、各旗区业务骨干，合作社和种养企业负责人等120余人参加了培训。"
GUESTS = "座谈会邀请张强、李敏等5名科技特派员发言。"
PRIZES = "2020年度全区共评选自然科学奖18项、科学技术进步奖108项，我市获奖总数14项，位居各盟市首位。"
CITIES = "截至2023年末，全区高新技术企业2296家，其中呼和浩特市、包头市两市合计占52%。"
CAMPUS = "我市走进清华大学和北京大学招聘。书记在两校分别致辞。招聘会上共收到简历378份，达成意向性协议140人。"
EACH = "我市走进清华大学和北京大学招聘。书记在两校分别致辞。北京大学一场共收到简历210份。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("该市引进的退休高层次人才里，两院院士占几位？", TALENTS, "36名", False),
        ("该市引进了多少位两院院士？", TALENTS, "36名", False),
        ("该市引进了多少名退休高层次人才？", TALENTS, "36名", True),
        ("该市引进包括院士在内的高层次人才多少名？", TALENTS, "36名", True),
        ("培训班来了多少位企业负责人？", TRAINING, "120余人", False),
        ("培训班有多少名业务骨干参加？", TRAINING, "120余人", False),
        ("培训班有多少人参加？", TRAINING, "120余人", True),
        ("座谈会邀请了多少名科技特派员发言？", GUESTS, "5名", True),
        ("2020年度我市获得自然科学奖几项？", PRIZES, "14项", False),
        ("2020年度我市一共获奖几项？", PRIZES, "14项", True),
        ("2020年度全区科技进步奖总共授了几项？", PRIZES, "14项", False),
        ("2020年度全区科技进步奖总共授了几项？", PRIZES, "108项", True),
        ("2020年度全区科技进步奖总共授了几项？", PRIZES, "18项", False),
        ("2020年度全区自然科学奖总共授了几项？", PRIZES, "108项", False),
        ("2020年度全区自然科学奖总共授了几项？", PRIZES, "18项", True),
        ("2020年度全区科技奖总共授了几项？", PRIZES, "108项", False),
        ("呼和浩特市2023年末高新技术企业占全区多大比例？", CITIES, "52%", False),
        ("呼和浩特市和包头市2023年末高新技术企业合计占全区多大比例？", CITIES, "52%", True),
        ("北大那一场收到多少份简历？", CAMPUS, "378份", False),
        ("北京大学场收到简历份数", CAMPUS, "378份", False),
        ("清华的招聘会达成意向协议多少人？", CAMPUS, "140人", False),
        ("清华北大招聘会收到多少份简历？", CAMPUS, "378份", True),
        ("校园招聘会收到多少份简历？", CAMPUS, "378份", True),
        ("北京大学场收到简历多少份？", EACH, "210份", True),
    ],
)
def test_of_several_together(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
