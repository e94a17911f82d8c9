"""Of several figures of a sentence the one is meant that is told of what the question names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

SPENT = "全旗“三公”经费支出1873万元，其中公务用车购置费1516万元、公务接待费327万元、因公出国（境）费30万元。"
DEALS = "全盟登记技术合同96项，成交额2.3亿元。分领域看，农牧业61项、7400万元，能源21项、1.28亿元。"
ENVOYS = "科技特派员在册312名，其中长期驻嘎查村开展服务的97名，服务覆盖嘎查村408个。"
PAID = "旗本级兑现科技奖补资金2316万元，惠及企业71家，其中对首次认定的高新技术企业一次性奖励25万元。"
TURNED = "登记技术合同417项，成交额9.86亿元，其中输出技术成交额3.12亿元、吸纳技术成交额6.74亿元。"
PRIZES = "全区共评选自然科学奖18项、科学技术进步奖108项，我市获奖总数14项。"
DOUBLED = "国家高新技术企业、科技型中小企业由132家、111家，增长到330家、701家。"
GUIDE = "申报指南包括3大板块，项目分成5个类型。"
FARMS = "全市登记技术合同238项，成交额5.17亿元，同比增长21.6%；其中涉农技术合同81项，成交额0.94亿元。"
MOVED = "安排中医医院迁建1.5亿元、老旧小区改造项目1.2亿元。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("公务接待花了多少？", SPENT, "327万元", True),
        ("公务接待花了多少？", SPENT, "30万元", False),
        ("公务接待花了多少？", SPENT, "1516万元", False),
        ("公务接待花了多少？", SPENT, "1873万元", False),
        ("三公经费支出多少？", SPENT, "1873万元", True),
        ("能源领域技术合同成交额是多少？", DEALS, "2.3亿元", False),
        ("能源领域技术合同成交额是多少？", DEALS, "7400万元", False),
        ("能源领域技术合同成交额是多少？", DEALS, "1.28亿元", True),
        ("技术合同成交额是多少？", DEALS, "2.3亿元", True),
        ("科技特派员当中常年待在嘎查村服务的有多少人？", ENVOYS, "97名", True),
        ("科技特派员有多少人？", ENVOYS, "97名", False),
        ("企业头一回认定为高企，旗本级奖多少钱？", PAID, "25万元", True),
        ("企业头一回认定为高企，旗本级奖多少钱？", PAID, "2316万元", False),
        ("旗本级兑现科技奖补资金多少？", PAID, "2316万元", True),
        ("技术合同成交额是多少？", TURNED, "9.86亿元", True),
        ("吸纳技术成交额是多少？", TURNED, "6.74亿元", True),
        ("吸纳技术成交额是多少？", TURNED, "9.86亿元", False),
        ("科学技术奖我市拿了几项？", PRIZES, "14项", True),
        ("国家高新技术企业有多少家？", DOUBLED, "330家", True),
        ("科技型中小企业现在涨到多少家？", DOUBLED, "701家", True),
        ("申报指南把项目分成几种类型？", GUIDE, "5个", True),
        ("涉农技术合同成交额是多少？", FARMS, "5.17亿元", False),
        ("涉农技术合同成交额是多少？", FARMS, "0.94亿元", True),
        ("技术合同成交额是多少？", FARMS, "5.17亿元", True),
        ("中医医院迁建项目安排了多少资金？", MOVED, "1.5亿元", True),
    ],
)
def test_a_figure_beside_the_one_asked_for(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail
