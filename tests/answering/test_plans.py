"""What is planned is no result, and a result is no aim."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

AREA = "项目财政支持资金800万元；任务书要求建设示范区3000亩，目前建成1850亩。"
PARK = "零碳产业园二期开工，计划总投资12.6亿元，今年计划完成5亿元。"
SPENT = "零碳产业园二期总投资12.6亿元，一季度实际完成投资1.3亿元。"
VISITS = "与海淀区科技部门开展互访对接不少于4次。"
VISITED = "与海淀区科技部门开展了互访对接4次以上。"
BATCHES = "今年计划新认定高新技术企业150家，前两批共申报228家，第一批通过专家评审73家。"
ROW = "力争新增高新技术企业50家，完成技改投资20亿元，获批平台3个。"
BEYOND = "全市高新技术企业301家，超额完成290家的目标。"
SHARE = "科技型中小企业入库869家，完成年度目标（1100家）的79%。"
REPORT = "新认定高新技术企业24家；国家科技型中小企业入库112家。"
AIM = "全年新认定高新技术企业20家以上，科技型中小企业入库达到130家以上。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("示范区已经建成多少亩？", AREA, "3000亩", False),
        ("示范区已经建成多少亩？", AREA, "1850亩", True),
        ("任务书要求建多少亩示范区？", AREA, "3000亩", True),
        ("二期实际完成投资多少？", PARK, "12.6亿元", False),
        ("二期实际完成投资多少？", PARK, "5亿元", False),
        ("二期实际完成投资多少？", SPENT, "1.3亿元", True),
        ("二期实际完成投资多少？", SPENT, "12.6亿元", False),
        ("二期总投资多少？", PARK, "12.6亿元", True),
        ("互访对接实际搞了几次？", VISITS, "不少于4次", False),
        ("互访对接要搞几次？", VISITS, "不少于4次", True),
        ("互访对接实际搞了几次？", VISITED, "4次以上", True),
        ("第一批有多少家通过专家评审？", BATCHES, "73家", True),
        ("新认定高新技术企业多少家？", BATCHES, "150家", False),
        ("获批平台多少个？", ROW, "3个", False),
        ("高新技术企业有多少家？", BEYOND, "290家", False),
        ("高新技术企业有多少家？", BEYOND, "301家", True),
        ("高新技术企业的目标是多少家？", BEYOND, "290家", True),
        ("高新技术企业的目标是多少家？", BEYOND, "301家", False),
        ("科技型中小企业入库多少家？", SHARE, "1100家", False),
        ("科技型中小企业入库多少家？", SHARE, "869家", True),
        ("科技型中小企业入库的目标是多少家？", REPORT, "112家", False),
        ("科技型中小企业入库的目标是多少家？", AIM, "达到130家以上", True),
        ("科技型中小企业入库多少家？", REPORT, "112家", True),
    ],
)
def test_an_aim_and_what_came_of_it(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail


def test_the_heading_tells_an_aim(ask: Callable[[str], Question], view: Callable[..., PassageView]) -> None:
    passage, question = "科技型中小企业入库200家。", ask("科技型中小企业入库的目标是多少家？")
    start = passage.index("200家")
    planned, reported = view(passage, section="二、2025年重点工作"), view(passage, section="一、2024年工作回顾")
    assert Guard(question, planned).examine((start, start + 4)).reason is None
    assert Guard(question, reported).examine((start, start + 4)).reason is not None
