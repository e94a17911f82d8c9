"""A word of the question that the evidence has to carry: each, before, new, apart from, of all, a half-year, a rank among whom, a number of a
document. Red-teamed on 2026-11-23: every one of these figures was shown as the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from qa.answering.guards import Guard
from qa.answering.reckoned import all_that_is_asked
from qa.answering.view import PassageView
from qa.records import Question

Ask, View = Callable[[str], Question], Callable[..., PassageView]

AWARDS = "2020年度全区共评选自然科学奖18项、科学技术进步奖108项，我市获奖总数14项，位居各盟市首位。"
ENVOYS = "我市共选派各级科技特派员535人（市级科技特派员200人，旗区科技特派员335人）。"
HELP = "累计结对帮扶312人，带动2382人走上脱贫致富的路子，服务农牧民近3万户。"
FIRMS = "“三清零”企业从2021年初77家增长至279家，国家高新技术企业、科技型中小企业由132家、111家，增长到330家、701家。"
SHARE = "带动全市R&D经费投入53.2亿元，对全区R&D投入增长的贡献率达到48.9%，居全区首位。"
HUNDRED = "我市29家企业跻身全区2020年度研发投入100强，研发投入共计18.5亿元，占100强企业研发投入总额33.8%。"
RANK = "中国城市新质生产力排名第15位，是自治区唯一上榜城市。"
FUEL = "氢能重卡补贴标准由每公里1.5元调整为每公里1.2元。"
SPENT = "2024年，全市科技支出24.82亿元。"
TIERS = (
    "间接费用比例：500万元以下的部分，不超过30%；500万元至1000万元的部分，不超过25%；1000万元以上的部分，不超过20%。"
)
PURCHASES = "政府采购预算总额248.60万元，其中货物类58.60万元、服务类190.00万元。"
LETTER = "鄂建提复字[2025]185号，关于市政协五届四次会议第0355号提案的答复函。签发人：张秀玲"


@pytest.mark.parametrize(
    ("question", "passage", "answer"),
    [
        ("帮扶和带动的人数一共多少", HELP, "312人"),
        ("自治区科学技术奖一共评选了多少项", AWARDS, "18项"),
        ("市级和旗区科技特派员一共多少人", ENVOYS, "335人"),
        ("各旗区科技特派员分别有多少人", "旗区科技特派员335人。", "335人"),
        ("高新技术企业原来有多少家", FIRMS, "330家"),
        ("新增三清零企业多少家", FIRMS, "279家"),
        ("除市级外还有多少科技特派员", "全市科技特派员200人。", "200人"),
        ("科技特派员服务农牧民多少人", HELP, "近3万户"),
        ("我市R&D投入占全区的比重是多少", SHARE, "48.9%"),
        ("全市R&D经费投入居全区第几", SHARE, "首位"),
        ("我市2020年研发投入总量是多少", HUNDRED, "18.5亿元"),
        ("新质生产力排名全区第几", RANK, "第15位"),
        ("氢能重卡补贴标准是多少", FUEL, "1.5元"),
        ("2024年上半年科技支出多少", SPENT, "24.82亿元"),
        ("科技支出每月多少", SPENT, "24.82亿元"),
        ("2024年科技支出预算是多少", SPENT, "24.82亿元"),
        ("鄂建提复字2025年186号的签发人是谁", LETTER, "张秀玲"),
        ("六届四次会议第0355号提案的签发人是谁", LETTER, "张秀玲"),
        ("2024届毕业生招聘会收到多少份简历", "2023届毕业生招聘会收到简历378份。", "378份"),
        ("总30期的联系人是谁", "第3期（总29期），联系人：张秀玲", "张秀玲"),
        ("第二十一条的期限是多少天", "第十一条 期限为15天。", "15天"),
        ("7月2日通报了什么", "2月17日，召开2022年度民主生活会，通报了整改情况。", "通报了整改情况"),
    ],
)
def test_what_does_not_carry_it_is_no_answer(ask: Ask, view: View, question: str, passage: str, answer: str) -> None:
    start = passage.index(answer)
    assert Guard(ask(question), view(passage, day=date(2025, 8, 7))).examine((start, start + len(answer))).reason


@pytest.mark.parametrize(
    ("question", "passage", "answer"),
    [
        ("市级和旗区科技特派员一共多少人", ENVOYS, "535人"),
        ("重点企业和科研院所一共几家", "优选了12家重点企业和科研院所。", "12家"),
        ("自治区级及以上的研发机构总共多少家", "自治区级以上研发机构达到273家。", "273家"),
        ("R&D投入增长的贡献率是多少", SHARE, "48.9%"),
        ("百强企业研发投入共计多少", HUNDRED, "18.5亿元"),
        ("2020年度研发投入100强我市有几家企业", HUNDRED, "29家"),
        ("氢能重卡补贴标准原来是多少", FUEL, "1.5元"),
        ("氢能重卡补贴标准调整为多少", FUEL, "1.2元"),
        ("2024年科技支出多少", SPENT, "24.82亿元"),
        ("科技支出占一般公共预算多少", "科技支出24.82亿元，占一般公共预算2.2%。", "2.2%"),
        ("鄂建提复字2025年185号的签发人是谁", LETTER, "张秀玲"),
    ],
)
def test_what_carries_it_is_one(ask: Ask, view: View, question: str, passage: str, answer: str) -> None:
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage, day=date(2025, 8, 7))).examine((start, start + len(answer)))
    assert verdict.reason is None, verdict.detail


@pytest.mark.parametrize(
    ("question", "passage", "answer", "whole"),
    [
        ("市级和旗区科技特派员各多少人", ENVOYS, "335人", "535人（市级科技特派员200人，旗区科技特派员335人"),
        ("自然科学奖和科学技术进步奖分别评选多少项", AWARDS, "18项", "科学技术进步奖108项"),
        ("高新技术企业和科技型中小企业分别有多少家", FIRMS, "330家", "330家、701家"),
        ("三清零企业从多少家增长到多少家", FIRMS, "279家", "77家增长至279家"),
        ("科技特派员有多少人", ENVOYS, "535人", "535人"),
    ],
)
def test_where_several_are_asked_all_are_shown(
    ask: Ask, view: View, question: str, passage: str, answer: str, whole: str
) -> None:
    seen, start = view(passage), passage.index(answer)
    assert whole in seen.slice(all_that_is_asked(ask(question), seen, (start, start + len(answer))))


def test_what_a_year_was_like_is_signed_in_the_next(ask: Ask, view: View) -> None:
    text = "全年登记技术合同1542份。"
    seen = view(text, day=date(2024, 1, 5))
    summary = PassageView(replace(seen.passage, title="呼和浩特市科学技术局2023年工作总结"), seen.analyzer)
    place = (text.index("1542份"), text.index("1542份") + 5)
    assert Guard(ask("2023年登记技术合同多少份"), summary).examine(place).reason is None
    assert Guard(ask("2024年登记技术合同多少份"), summary).examine(place).reason


@pytest.mark.parametrize(
    ("question", "passage", "answer"),
    [
        (
            "揭榜方的营业收入不低于多少",
            "发榜方注册满一年，上年度营业收入不低于2000万元。揭榜方应当有技术。",
            "2000万元",
        ),
        ("房地产开发投资增长多少", "房地产开发投资12.8亿元，下降15.6%。", "15.6%"),
        ("2024年技术合同成交额是多少", "2024年，力争技术合同成交额突破65亿元。", "65亿元"),
        ("全市净增高新技术企业多少家", "高新技术企业达到95家，较上年净增12家。", "95家"),
        ("1000万元以上的间接费用比例不超过多少", TIERS, "不超过25%"),
        ("服务类采购预算是多少", PURCHASES, "248.60万元"),
        ("由市里直接选派的特派员人数", ENVOYS, "535人"),
        ("2024年净增高新技术企业比2023年多几家", "2024年净增高新技术企业86家。", "86家"),
        ("2024年净增高新技术企业比2023年多几家", "高新技术企业较上年净增71家。", "71家"),
        ("我旗科技特派员有多少名", ENVOYS, "535人"),
        ("全盟高新技术企业多少家", "国家高新技术企业增长到330家。", "330家"),
        ("达拉特旗水稻种植面积多少万亩", "全盟水稻种植面积124.6万亩。达拉特旗种得最多。", "124.6万亩"),
        ("加氢站审批时限以前是多少天", "审批时限由原来的60个工作日压缩至25个工作日。", "25个工作日"),
        ("CF2022-002的承担单位是谁", "CF2022-001 敖汉小米研究 赤峰市农牧科学研究所。", "赤峰市农牧科学研究所"),
        ("联系人的传真是多少", "联系电话：0472-5618832。", "0472-5618832"),
    ],
)
def test_counterparts_aims_codes_and_directions(ask: Ask, view: View, question: str, passage: str, answer: str) -> None:
    start = passage.index(answer)
    assert Guard(ask(question), view(passage, day=date(2025, 1, 6))).examine((start, start + len(answer))).reason


@pytest.mark.parametrize(
    ("question", "passage", "answer"),
    [
        ("发榜方的营业收入不低于多少", "发榜方注册满一年，上年度营业收入不低于2000万元。", "2000万元"),
        ("房地产开发投资下降多少", "房地产开发投资12.8亿元，下降15.6%。", "15.6%"),
        ("技术合同成交额的目标是多少", "力争技术合同成交额突破65亿元。", "65亿元"),
        ("全市净增高新技术企业多少家", "高新技术企业达到95家，较上年净增12家。", "12家"),
        ("全市净增高新技术企业多少家", "全市净增高新技术企业86家，总数达到612家。", "86家"),
        ("全旗高新技术企业多少家", "全旗高新技术企业28家。", "28家"),
        ("1000万元以上的间接费用比例不超过多少", TIERS, "不超过20%"),
        ("500万元以下的间接费用比例不超过多少", TIERS, "不超过30%"),
        ("采购预算总额是多少", PURCHASES, "248.60万元"),
        ("服务类采购预算是多少", PURCHASES, "190.00万元"),
        ("CF2022-001的承担单位是谁", "CF2022-001 敖汉小米研究 赤峰市农牧科学研究所。", "赤峰市农牧科学研究所"),
    ],
)
def test_and_what_is_of_the_one_asked_for(ask: Ask, view: View, question: str, passage: str, answer: str) -> None:
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage, day=date(2025, 1, 6))).examine((start, start + len(answer)))
    assert verdict.reason is None, verdict.detail
