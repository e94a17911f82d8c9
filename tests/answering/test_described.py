"""Who describes a body, a prize or a place in everyday words names none: no such name has to stand in the text, but what it is told by does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

Ask = Callable[[str], Question]
View = Callable[..., PassageView]

FAIR = "3月4日，我市走进清华大学和北京大学举办招聘会，21家企业提供1300个用人需求，达成意向性协议90人。"
SIGNED = "达旗与华南农林科技大学签约，借助果蔬试验站、农技学院分院两个平台发展设施农业。"
PRIZE = "下一步申建全球生态治理城市奖，讲好治沙故事。"
RANKED = "我市12家企业跻身全区研发投入100强，研发投入占100强企业总额的21.4%。"
FIRMS = "科技型中小企业增长到820家，支持各类创新主体300余个。"
COUNTIES = "在首次县域创新能力评价中，我市5个旗区跻身一、二类旗县。"
OFFICE = "5月8日，自治区农牧厅召开调度会，今后按月调度重点项目。"
ABOARD = "7月2日，市局局长会同市财政局局长周宝山前往自治区统计局对接。"
VISIT = "4月7日，自治区工信厅二级巡视员陶志远一行到高新区调研。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "refused"),
    [
        ("到北京两所名校招人那次，拿出了多少个岗位？", FAIR, "1300个", False),
        ("到北京两所名校招人那次，拿出了多少个岗位？", FAIR, "90人", True),
        ("到北京两所顶尖大学招应届生，带去了多少个招人名额？", FAIR, "1300个", False),
        ("到上海两所顶尖大学招应届生，带去了多少个招人名额？", FAIR, "1300个", True),
        ("达旗和外省那所农业大学合作，靠哪几个平台？", SIGNED, "果蔬试验站、农技学院分院", False),
        ("达旗和外省那所师范大学合作，靠哪几个平台？", SIGNED, "果蔬试验站、农技学院分院", True),
        ("达旗和内蒙古农业大学合作，靠哪几个平台？", SIGNED, "果蔬试验站、农技学院分院", True),
        ("要去争哪个世界性的城市奖项？", PRIZE, "全球生态治理城市奖", False),
        ("国家最高科学技术奖评了哪个城市？", PRIZE, "全球生态治理城市奖", True),
        ("要去争哪个世界性的城市奖项？", PRIZE, "全球", True),
        ("我市上榜企业的研发投入占到全区百强的几成？", RANKED, "21.4%", False),
        ("我市上榜企业的研发投入占到营业收入的几成？", RANKED, "21.4%", True),
        ("全区最肯为科研掏钱的一百家公司，我市有多少家？", RANKED, "12家", False),
        ("全区最肯为科研掏钱的一百家公司，我市有多少家？", FIRMS, "820家", True),
        ("搞科技的中小公司现在有多少家？", FIRMS, "820家", False),
        ("科研单位现在有多少家？", FIRMS, "820家", True),
        ("星河科技公司有多少家？", FIRMS, "820家", True),
        ("按县评科技本事，我市有几个旗区进了前两类？", COUNTIES, "5个", False),
        ("清水县有几个旗区进了前两类？", COUNTIES, "5个", True),
        ("内蒙古农牧厅今后隔多长时间调度一回重点项目？", OFFICE, "按月", False),
        ("河北农牧厅今后隔多长时间调度一回重点项目？", OFFICE, "按月", True),
        ("内蒙古自治区财政局局长是谁？", ABOARD, "周宝山", True),
        ("市财政局局长是谁？", ABOARD, "周宝山", False),
        ("会同去的本市财政一把手是哪个？", ABOARD, "周宝山", False),
        ("自治区工信厅带队来调研的是哪位？", VISIT, "陶志远", False),
        ("自治区工信厅来调研是哪位主持的？", VISIT, "陶志远", True),
    ],
)
def test_what_is_described_and_what_is_named(
    ask: Ask, view: View, question: str, passage: str, answer: str, refused: bool
) -> None:
    seen = view(passage)
    start = seen.text.index(answer)
    verdict = Guard(ask(question), seen).examine((start, start + len(answer)))
    assert (verdict.reason is not None) is refused, verdict.detail
