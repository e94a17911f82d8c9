"""Faults that 97 questions for figures beside told ones brought to light, on other sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import AbstainReason, AnswerKind, Question

Ask = Callable[[str], Question]
View = Callable[..., PassageView]

REGION, SUBJECT = AbstainReason.REGION, AbstainReason.SUBJECT
CALL = "4月5日，市科技局发布了征集“赛马”项目的通知。"
SPENT = "我市 31 家企业跻身全区百强，研发投入共计 9 亿元，占百强企业研发投入总额 30%，减免税近 2 亿元。"
LABS = "建成工作站13家、自治区重点实验室4家。自治区级以上研发机构增长到273家。"
FAIR = "本次活动优选了12家重点企业和科研院所，收到简历300份，达成协议90人。"
CLASSES = "在首次评价中，我市 5 个旗区跻身一、二类旗县。"
RULES = "自治区科技厅发布细则，攻关项目最高补助不超过800万。"
RANKS = "2024年，位列地级市创新指数排名第40位。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "expected"),
    [
        ("赛马项目最晚报到哪天截止", CALL, "4月5日", SUBJECT),
        ("赛马项目最晚报到哪天截止", "赛马项目申报截止4月30日。", "4月30日", None),
        ("征集通知哪天发布", CALL, "4月5日", None),
        ("行动方案计划哪天印发", "科技部4月5日消息称，方案正在编制。", "4月5日", SUBJECT),
        ("平台是几月份入选的", "平台建设入选2024年度典型案例。", "2024年度", SUBJECT),
        ("平台是哪年入选的", "平台建设入选2024年度典型案例。", "2024年度", None),
        ("“新政”是哪一年出台的", "2024年，科技支出20亿元。", "2024年", SUBJECT),
        ("启动计划最早是哪年开始的", "2021年将继续开展启动计划。", "2021年", SUBJECT),
        ("条约在哪一年签署", "1950年2月簽署條約。", "1950年", None),  # 繁體 is folded first
        ("上了百强的企业平均一家花多少钱", SPENT, "9 亿元", SUBJECT),
        ("百强企业在全区合计减免税多少亿元", SPENT, "近 2 亿元", REGION),
        ("我市百强企业减免税多少亿元", SPENT, "近 2 亿元", None),
        ("研发投入占它们自己营业收入的比重是多少", SPENT, "30%", SUBJECT),
        ("研发投入占百强企业研发投入总额的比重是多少", SPENT, "30%", None),
        ("国家级重点实验室有多少家", LABS, "4家", SUBJECT),
        ("自治区重点实验室有多少家", LABS, "4家", None),
        ("研发机构里国家级的是几家", LABS, "273家", SUBJECT),
        ("单位里头科研院所有几家", FAIR, "12家", SUBJECT),
        ("重点企业和科研院所一共几家", FAIR, "12家", None),
        ("科技工作会一共去了多少人", FAIR, "90人", SUBJECT),
        ("科技工作会参加的有多少人", "科技工作会90人参加。", "90人", None),
        ("评上一类的旗区是几个", CLASSES, "5 个", SUBJECT),
        ("评上一二类的旗区是几个", CLASSES, "5 个", None),
        ("我市攻关项目最多补助多少", RULES, "不超过800万", REGION),
        ("自治区攻关项目最多补助多少", RULES, "不超过800万", None),
        ("攻关项目起步补助多少钱", RULES, "不超过800万", SUBJECT),
        ("2024年在百强里排第几", RANKS, "第40位", SUBJECT),
        ("2024年创新指数排第几", RANKS, "第40位", None),
        ("绿色指标的权重是多少", "定性指标占比降为10%。", "10%", SUBJECT),
        ("还没达标的企业剩多少家", "达标企业增长至200家。", "200家", SUBJECT),
        ("“新政”一共多少条", "在自治区率先推出“新政”20条。", "20条", None),
    ],
)
def test_what_is_no_answer(
    ask: Ask, view: View, question: str, passage: str, answer: str, expected: AbstainReason | None
) -> None:
    start = passage.index(answer)
    assert Guard(ask(question), view(passage)).examine((start, start + len(answer))).reason is expected


def test_units(ask: Ask, view: View) -> None:
    def best(question: str, passage: str) -> str:
        seen = view(passage)
        found = max(candidates_for(ask(question), seen), key=lambda each: each.fit, default=None)
        return view(passage).slice((found.start, found.end)) if found else ""

    assert best("签约的人里博士占几成", "达成协议90人。") == ""
    assert best("一共有多少名研发人员", "我市31家企业上榜。") == ""
    assert best("排在第二名的盟市拿了几项", "我市获奖14项，位居首位。") == "14项"
    assert best("我市排第几", "我市获奖14项，位居首位。") == "首位"
    assert best("提案编的是第几号", "关于第0123号提案的答复，共3条。") == "第0123号"
    assert ask("提案编的是第几号").kind is AnswerKind.NUMBER
    assert ask("活动是几号办的").kind is AnswerKind.DATE


@pytest.mark.parametrize(
    ("question", "passage", "refused"),
    [
        ("专家们张罗着开了多少家公司", "专家创办企业16家。", False),  # nobody called 张罗
        ("尚健因什么原因辞职", "尚健因病辞职。", False),
        ("张伟说了什么", "市长李强说了话。", True),
        ("翠池在泰雅语中，意思是什么？", "翠池是高山湖泊。", False),
        ("“翠池”一词指的是什么？", "翠池是高山湖泊。", False),
        ("零碳产业园是什么", "翠池是高山湖泊。", True),
        ("国际危机组织资金来源是什么？", "国际危机组织由捐款维持。", False),
        ("第一次播出是什么时候", "1990年3月首播。", False),
        ("第二次播出是什么时候", "1990年3月首播。", True),
        ("2006年人口数量是多少", "2006年人口为5万人。", False),
    ],
)
def test_what_a_passage_speaks_of(ask: Ask, view: View, question: str, passage: str, refused: bool) -> None:
    """Found by holding the guards against 15,653 public questions and their answers."""
    assert bool(Guard(ask(question), view(passage)).missing) is refused
