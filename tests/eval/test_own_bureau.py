"""Officials name their own bureau when they ask; its bulletins do not (7月6日，边东赴北京大学……): the whole product as it ships."""

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
