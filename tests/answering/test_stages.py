"""A figure of one stage of a selection is no answer to a question about another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import AbstainReason, Question

FUNNEL = "本年度共受理申报项目67项，通过形式审查52项，进入现场考察24项，最终立项12项，其中重大项目2项、重点项目4项。"
FIRMS = "全年组织96家企业申报高新技术企业，通过认定71家，其中首次认定38家、重新认定33家。"
SENT = "截至3月底，全市共征集科技计划项目146项，经形式审查和专家评审，择优推荐118项，其中重点研发项目72项。"
HELD = "全市有效期内高新技术企业312家，今年首批申报高新技术企业104家。"
CHOSEN = "经单位申报、专家评审和公示，确定“肉羊精准饲喂”等12项为市级转化专项项目。"
STOCK = "全年组织11家企业申报高新技术企业，通过认定7家；截至12月15日，有效期内高新技术企业23家，比上年末增加3家。"
PATENTS = "全年专利申请412件，专利授权286件，其中发明专利授权58件。"

BY_NOW = "我市2家实验室被认定为优化重组后的自治区重点实验室，我市自治区重点实验室增至5家。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("这次实验室重组，我市报上去几家？", BY_NOW, "5家", False),
        ("这次实验室重组，我市批下来几家？", BY_NOW, "5家", False),
        ("这次实验室重组，我市批下来几家？", BY_NOW, "2家", True),
        ("我市自治区重点实验室增至几家？", BY_NOW, "5家", True),
        ("我市目前获批的自治区重点实验室一共有几家？", BY_NOW, "5家", True),
        ("转化专项总共收到多少项申报？", FUNNEL, "67项", True),
        ("转化专项申报了多少项？", FUNNEL, "67项", True),
        ("转化专项申报了多少项？", FUNNEL, "12项", False),
        ("转化专项收到多少项申报？", CHOSEN, "12项", False),
        ("转化专项最后立项多少项？", CHOSEN, "12项", True),
        ("转化专项立项了多少项？", FUNNEL, "12项", True),
        ("转化专项立项了多少项？", FUNNEL, "24项", False),
        ("立项的重大项目有几项？", FUNNEL, "2项、", True),
        ("重大项目申报了几项？", FUNNEL, "2项、", False),
        ("有多少项过了形式审查？", FUNNEL, "52项", True),
        ("有多少家企业申报了高新技术企业认定？", FIRMS, "96家", True),
        ("有多少家企业申报了高新技术企业认定？", FIRMS, "71家", False),
        ("通过认定的高新技术企业有多少家？", FIRMS, "71家", True),
        ("通过认定的高新技术企业有多少家？", FIRMS, "96家", False),
        ("首次认定的企业有几家？", FIRMS, "38家", True),
        ("推荐上去的科技计划项目立项了几项？", SENT, "146项", False),
        ("推荐上去的科技计划项目立项了几项？", SENT, "118项", False),
        ("推荐了多少项科技计划项目？", SENT, "118项", True),
        ("征集到多少项科技计划项目？", SENT, "146项", True),
        ("首批申报的高新技术企业有多少家通过评审？", HELD, "104家", False),
        ("首批申报高新技术企业多少家？", HELD, "104家", True),
        ("全市高新技术企业有多少家？", HELD, "312家", True),
        ("有多少家企业通过了高新技术企业认定？", STOCK, "23家", False),
        ("有多少家企业通过了高新技术企业认定？", STOCK, "7家", True),
        ("有效期内高新技术企业有多少家？", STOCK, "23家", True),
        ("没过评审的企业有几家？", "有105家通过评审，费用归集不规范的22家未通过。", "22家", True),
        ("全年申请专利多少件？", PATENTS, "286件", False),
        ("全年申请专利多少件？", PATENTS, "412件", True),
        ("发明专利授权多少件？", PATENTS, "58件", True),
    ],
)
def test_a_figure_is_of_its_own_stage(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert verdict.reason == (None if sound else AbstainReason.SUBJECT), verdict.detail
