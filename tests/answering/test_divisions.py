"""A list is that of the division, the bundle or the remainder which is asked about; a sort is of the thing asked about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

GRANTS = "重点资助养老、托育、家政等领域的公益项目。公益服务项目分为培育类和提升类项目。"
BUNDLE = "聚焦实施“六大工程”。申建国际花园城市。加快西湖隧道、滨江大桥、体育公园、污水处理厂、科技馆、图书馆建设。"
TOLD = "实施“三大工程”：强基工程、提质工程、惠民工程。"
NEXT = "实施“三大工程”。即强基工程、提质工程、惠民工程。"
FACED = "坚持“四个面向”，面向市场、面向前沿、面向需求、面向健康，打造高地。"
BEFORE = "实施强基、提质、惠民、暖心“四大工程”，建成5个社区。"
PAIRS = "起草战略协议，推进碳中和研究院、产学研办公室“两个机构”，人才引育和流域发展研究平台“两个平台”建设。"
RULES = "出台“惠企20条”，累计兑付资金3亿元、惠及各类主体200个。"
TWO = "赵县的“省梨种质资源保护库”、元氏县的“省石榴种质资源保护库”被认定，全市省级保护库增至6家。"
OTHERS = "全市省级保护库增至4家，另外两家为平山县核桃保护库、灵寿县板栗保护库。"
PVC = "该技术总投资3亿元，历时5年完成研发，实现了氯乙烯无汞化生产。"
CATALYST = "采用铜基催化剂替代汞，实现了氯乙烯无汞化生产。"
GUESTS = "引进王学、李文等院士在汉中市长期开展创新活动，聘请8位院士为科技顾问。"
FIELD = "王学院士长期从事朱鹮保护生物学研究。"
CLUSTERS = "集中打造风电装备产业集群和新材料基地，建设好现代纺织产业集群。"
SITED = "现代纺织产业集群落户褒河园区。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("公益服务项目分为哪几类？", GRANTS, "培育类和提升类项目", True),
        ("公益创新项目又分为哪几类？", GRANTS, "养老、托育、家政", False),
        ("养老项目又分为哪几类？", GRANTS, "培育类和提升类项目", False),
        ("“六大工程”分别是哪六项？", BUNDLE, "西湖隧道、滨江大桥、体育公园、污水处理厂、科技馆、图书馆", False),
        ("加快建设哪六个项目？", BUNDLE, "西湖隧道、滨江大桥、体育公园、污水处理厂、科技馆、图书馆", True),
        ("“三大工程”分别是哪三项？", TOLD, "强基工程、提质工程、惠民工程", True),
        ("“三大工程”分别是哪三项？", NEXT, "强基工程、提质工程、惠民工程", True),
        ("“两个机构”分别是什么？", PAIRS, "碳中和研究院、产学研办公室", True),
        ("“两个机构”分别是什么？", PAIRS, "人才引育和流域发展研究平台", False),
        ("“两个平台”是指哪两个？", PAIRS, "人才引育和流域发展研究平台", True),
        ("“两个平台”是指哪两个？", PAIRS, "碳中和研究院、产学研办公室", False),
        ("“四个面向”分别是哪四个？", FACED, "面向市场、面向前沿、面向需求、面向健康", True),
        ("“四大工程”分别是哪四项？", BEFORE, "强基、提质、惠民、暖心", True),
        ("“惠企20条”分为哪几类？", RULES, "累计兑付资金3亿元、惠及各类主体200个", False),
        ("6家省级保护库，除这次认定的两家外另外四家叫什么？", TWO, "“省梨种质资源保护库”", False),
        ("这次认定的两家叫什么？", TWO, "“省梨种质资源保护库”", True),
        ("4家省级保护库，除这次认定的两家外另外两家叫什么？", OTHERS, "平山县核桃保护库、灵寿县板栗保护库", True),
        ("氯乙烯无汞化生产用什么催化剂替代了汞？", PVC, "实现了氯乙烯无汞化生产", False),
        ("氯乙烯无汞化生产用什么催化剂替代了汞？", CATALYST, "采用铜基催化剂替代汞", True),
        ("王学院士主攻什么方向？", GUESTS, "聘请8位院士为科技顾问", False),
        ("王学院士主攻什么方向？", FIELD, "长期从事朱鹮保护生物学研究", True),
        ("现代纺织产业集群放在哪个园区？", CLUSTERS, "风电装备产业集群和新材料基地", False),
        ("现代纺织产业集群放在哪个园区？", SITED, "褒河园区", True),
    ],
)
def test_what_a_list_is_of(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, passage: str, answer: str, sound: bool,
) -> None:  # fmt: skip
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage, region="")).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail


def test_the_members_right_before_a_bundle_are_a_list(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    held = view(PAIRS)
    for name, members in (("“两个机构”", "碳中和研究院、产学研办公室"), ("“两个平台”", "人才引育和流域发展研究平台")):
        found = candidates_for(ask(f"{name}分别是什么？"), held)
        assert members in {held.text[each.start : each.end] for each in found}
