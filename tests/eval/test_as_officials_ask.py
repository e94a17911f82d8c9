"""The whole product as it ships, asked as officials ask: by the name of the own bureau, which its bulletins do not say (7月6日，边东赴北京
大学……), for what would have to be reckoned, with courtesies, by the name of an issue.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.bootstrap import index_corpus, open_assistant
from qa.records import Query
from qa.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    settings = replace(
        Settings.from_environment(), corpus=ROOT / "corpus", index=tmp_path_factory.mktemp("index"), history=False
    )
    index_corpus(settings)
    return open_assistant(settings)


@pytest.mark.parametrize("bureau", ["市科技局", "鄂尔多斯市科技局", "鄂尔多斯市科学技术局", "我局"])
@pytest.mark.parametrize(
    ("deed", "answer"),
    [
        ("和北大的座谈取得了什么结果？", "初步达成合作方案"),
        ("7月6日去了哪所大学？", "北京大学"),
        ("3月会见了哪家企业的创新团队？", "朵日纳硒科生物公司"),
        ("什么时候开的民主生活会？", "2月17日"),
        ("7月2日开会通报了什么？", "通报上半年重点工作任务落实情况"),
    ],
)
def test_what_the_bureau_did_is_found_under_its_name(assistant: Assistant, bureau: str, deed: str, answer: str) -> None:
    found = assistant.ask(Query(bureau + deed)).answer
    assert answer in found.text, found.reason_text


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("市科技局和市统计局一起跑自治区统计局是哪天？", "7月14日"),
        ("7月8日市科技局和市统计局座谈想推动什么？", "全社会研发投入持续增长"),
        ("市科技局边东去康巴什区调研，想推动建立什么机制？", "市区共建"),
        ("市科技局局长是谁？", "边东"),
    ],
)
def test_wherever_it_stands(assistant: Assistant, question: str, answer: str) -> None:
    found = assistant.ask(Query(question)).answer
    assert answer in found.text, found.reason_text


@pytest.mark.parametrize(
    "question",
    [
        "市教育局7月6日去了哪所大学？",  # another bureau
        "准旗科技局7月6日去了哪所大学？",
        "自治区科技厅7月6日去了哪所大学？",
        "市科技局7月7日公开征求意见的是什么文件？",  # in the bulletin, done by others
        "市科技局会见了哪位院士？",  # a vice mayor did, in the bulletin's own news
        "市科技局在2021年评出了多少个星创天地？",
    ],
)
def test_what_others_did_is_not_told_of_it(assistant: Assistant, question: str) -> None:
    assert assistant.ask(Query(question)).answer.abstained


@pytest.mark.parametrize(
    "question",
    [
        "高新技术企业2024年比2021年多了多少家？",
        "2024年高企比上年增加了多少家？",
        "市级和旗区科技特派员相差多少人？",
        "三年的财政科技支出合计多少？",
        "哪一年的高企最多？",
        "高企和科技型中小企业哪个多？",
        "高企和科小一共多少家？",
        "高企数量翻了几番？",
        "全市gdp是多少",
        "21年科技特派员引进多少新品种？",
    ],
)
def test_what_would_have_to_be_reckoned_or_is_of_another_year_is_refused(assistant: Assistant, question: str) -> None:
    found = assistant.ask(Query(question)).answer
    assert found.abstained, found.text


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("全市高企有多少家？请注明出处", "330家"),
        ("写材料要用，全市高企有多少家？", "330家"),
        ("2021年第1期简报里，星创天地建成几个？", "22个"),
        ("2021年第8期简报里，本市在自治区科技评奖中拿了多少个奖？", "14项"),
        ("谁是边东", "局长"),
        ("20年科技特派员引进多少新品种？", "556个"),
        ("提案的答复是哪个办公室印发的？", "鄂尔多斯市人民政府办公室"),
        ("循环经济规划里重点行动有几项？", "六大"),
    ],
)
def test_plain_questions_are_answered(assistant: Assistant, question: str, answer: str) -> None:
    found = assistant.ask(Query(question)).answer
    assert answer in found.text, found.reason_text


@pytest.mark.parametrize(
    "question",
    [
        "我市科技人才分成哪几类？",  # 青海省's
        "鄂尔多斯对基础研究人才以什么评价为主？",
        "南平市帮扶了多少人？",  # we did
        "福建省有几个星创天地？",
        "安徽省引进了多少退休高层次人才？",  # 铜陵 did
        "边东带队去清华和北大是什么时候？",  # 清华 and 矿大, another day 北大
        "鄂尔多斯实验室在什么地方建设？",  # 杭州 is where 之江实验室 is
        "金之钧是哪里的院士？",
    ],
)
def test_what_is_told_of_another_place_or_body_is_refused(assistant: Assistant, question: str) -> None:
    found = assistant.ask(Query(question)).answer
    assert found.abstained, found.text


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("青海省科技人才分成哪几类？", "基础研究人才"),
        ("我市带动多少人脱贫？", "2382人"),
        ("福建的科技特派员制度实施了多少年？", "20多年"),
        ("谁去北大座谈？", "边东"),
        ("边东去北大对接科技合作是几月几号？", "7月6日"),
        ("之江实验室在哪？", "杭州"),
        ("循环经济能源低碳转化重点实验室是哪家申报的？", "鄂尔多斯电力冶金集团"),
        ("中为能源是哪个城市的公司？", "上海"),
        ("农民发展学院准格尔分院是哪个学校的？", "西北农林科技大学"),
        ("提案答复函是答复谁的？", "九三学社"),
        ("答复函抄送给了谁？", "市政协办公室"),
        ("提案答复函的文号？", "鄂建提复字[2025]185号"),
    ],
)
def test_what_is_told_of_the_very_place_or_body_is_answered(assistant: Assistant, question: str, answer: str) -> None:
    found = assistant.ask(Query(question)).answer
    assert answer in found.text, found.reason_text
