"""Where a body is, whose it is, who applied for it: another body, the name's own beginning and a neighbour in a list are no answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

LAB = "2月25日，杜汇良在杭州考察之江实验室，听取汇报。鄂尔多斯实验室在康巴什区建设。"
APPLIED = "由鄂尔多斯羊绒公司申报的“内蒙古自治区山羊绒材料重点实验室”获批。自治区科技厅印发通知。"
LIST = "借助西北农林科技大学准格尔旗试验示范基地、农民发展学院准格尔分院、农业农村干部学院这三个平台。"
FIRM = "中为（上海）能源技术有限公司在鄂尔多斯市开展示范。达能科技公司在达拉特旗注册成立。"


@pytest.mark.parametrize(
    ("question", "text", "words", "refused"),
    [
        ("鄂尔多斯市实验室在哪？", LAB, "杭州", True),
        ("鄂尔多斯实验室在什么地方建设？", LAB, "杭州", True),
        ("鄂尔多斯实验室在什么地方建设？", LAB, "康巴什区", False),
        ("之江实验室在哪？", LAB, "杭州", False),
        ("杜汇良在哪里考察？", LAB, "杭州", False),
        ("我市首个实验室在哪里？", LAB, "康巴什区", False),
        ("碳中和研究院在哪里？", "推进碳中和研究院、产学研办公室“两个机构”落地。", "产学研办公室", True),
        ("矿业大学内蒙古研究院在哪里？", "构筑中国矿业大学(北京)内蒙古研究院等集群。", "北京", True),
        (
            "北京大学能源研究院在哪？",
            "构筑北京大学能源研究院、中国矿业大学(北京)研究院等。",
            "中国矿业大学(北京)",
            True,
        ),
        ("北京大学能源研究院在哪？", "在康巴什区构筑北京大学能源研究院、矿业大学研究院等。", "康巴什区", False),
        ("能源研究院在哪里？", "构筑北京大学能源研究院等集群。", "北京大学能源研究院", True),
        ("中为能源是哪个城市的公司？", FIRM, "鄂尔多斯市", True),
        ("中为能源是哪里的公司？", FIRM, "上海", False),
        ("达能科技是哪个旗的公司？", FIRM, "达拉特旗", False),
        ("金之钧是哪里的院士？", "引进金之钧等院士在鄂尔多斯市开展活动。", "鄂尔多斯市", True),
        ("中为能源在哪个城市开展示范？", FIRM, "鄂尔多斯市", False),
        ("山羊绒材料重点实验室是哪家申报的？", APPLIED, "内蒙古自治区", True),
        ("山羊绒材料重点实验室是哪家申报的？", APPLIED, "内蒙古自治区山羊绒材料重点实验室", True),
        ("山羊绒材料重点实验室是哪家申报的？", APPLIED, "鄂尔多斯羊绒公司", False),
        ("鄂尔多斯羊绒公司申报的是哪个实验室？", APPLIED, "内蒙古自治区山羊绒材料重点实验室", False),
        ("农民发展学院准格尔分院是哪个学校的？", LIST, "农业农村干部学院", True),
        ("农民发展学院准格尔分院是哪个学校的？", LIST, "西北农林科技大学", False),
        ("除了农民发展学院准格尔分院还有哪个学院？", LIST, "农业农村干部学院", False),
    ],
)
def test_where_and_whose(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, text: str, words: str, refused: bool,
) -> None:  # fmt: skip
    start = text.index(words)
    found = Guard(ask(question), view(text)).examine((start, start + len(words)))
    assert bool(found.reason) is refused, found.detail
