from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.speakers import check_speaker
from qa.answering.view import PassageView
from qa.records import Question

SIGNING = (
    "2月17日，云川市与江东大学技术合作签约仪式举行。市长周立群出席并致辞，江东大学副校长何敏视频出席并致辞。周立群强调，"
    "云川氢能产业基础良好，应用场景丰富。此次签约，标志着校地合作进入新阶段，意义重大。副市长孙国平与江东大学化工学院院长"
    "郑海涛分别代表双方签署协议。双方将共建实验室。"
)
RALLY = (
    "6月16日，云川市召开水利工作推进会，副市长孙国平出席并讲话，市水利局局长郑海涛作工作报告，市政府副秘书长李文斌主持会议。"
    "孙国平要求，要抓好防汛准备。要加快水库除险。郑海涛指出，下半年要在抓灌区改造、抓河湖管护上下功夫。"
)
VISIT = "3月7日，省农业厅一级巡视员张志远一行到云川高新区调研，周立群对我市种业工作作了全面介绍。"
INSPECTION = "调研期间，冯家林主持召开座谈会，就我市粮食收购、仓储设施和补贴资金落实等情况进行了督导调度。"
EXPLAINED = "副局长贾成敬就《云川市节水条例》进行了政策解读。"
SIDES = "池海波围绕节水条例，从制定背景、过程、特点和落实举措等方面进行了详细解读。"


def _verdict(question: Question, view: PassageView, words: str) -> bool:
    start = view.text.index(words)
    return check_speaker(question, view, (start, start + len(words))).reason is not None


@pytest.mark.parametrize(
    ("question", "told", "words"),
    [
        ("何敏在签约仪式上强调了什么？", SIGNING, "标志着校地合作进入新阶段"),
        ("何敏在签约仪式上强调了什么？", SIGNING, "云川氢能产业基础良好"),
        ("何敏在签约仪式上强调了什么？", SIGNING, "江东大学副校长何敏视频出席并致辞"),
        ("何敏在签约仪式上强调了什么？", SIGNING, "双方将共建实验室"),
        ("李文斌在水利工作推进会上提了哪些要求？", RALLY, "加快水库除险"),
        ("李文斌在水利工作推进会上提了哪些要求？", RALLY, "副市长孙国平出席并讲话"),
        ("孙国平在推进会上提了哪些要求？", RALLY, "抓灌区改造、抓河湖管护"),
        ("张志远到云川高新区调研时提了哪些要求？", VISIT, "对我市种业工作作了全面介绍"),
        ("冯家林在座谈会上提出了哪几条具体意见？", INSPECTION, "就我市粮食收购、仓储设施和补贴资金落实"),
        ("贾成敬是从哪几个方面解读条例的？", EXPLAINED, "副局长贾成敬就《云川市节水条例》进行了政策解读"),
    ],
)
def test_another_ones_words_are_no_answer_nor_is_that_somebody_was_there(
    question: str, told: str, words: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    assert _verdict(ask(question), view(told), words)


@pytest.mark.parametrize(
    ("question", "told", "words"),
    [
        ("周立群在签约仪式上强调了什么？", SIGNING, "云川氢能产业基础良好"),
        ("周立群在签约仪式上强调了什么？", SIGNING, "标志着校地合作进入新阶段"),
        ("孙国平在推进会上提了哪些要求？", RALLY, "抓好防汛准备"),
        ("孙国平在推进会上提了哪些要求？", RALLY, "加快水库除险"),
        ("郑海涛在推进会上指出下半年抓哪些工作？", RALLY, "抓灌区改造、抓河湖管护"),
        ("周立群向调研组介绍了什么？", VISIT, "对我市种业工作作了全面介绍"),
        ("池海波从哪些方面解读了条例？", SIDES, "制定背景、过程、特点和落实举措"),
        ("推进会强调了什么？", RALLY, "抓好防汛准备"),
        ("签约仪式上双方将共建什么？", SIGNING, "双方将共建实验室"),
    ],
)
def test_what_somebody_said_goes_on_until_another_one_speaks(
    question: str, told: str, words: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    assert not _verdict(ask(question), view(told), words)


def test_what_the_meeting_asks_for_may_be_who_called_its(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    told = "3月5日，周立群主持召开市政府常务会议。会议强调，要抓好春耕备耕。"
    assert not _verdict(ask("周立群主持召开常务会议时强调了什么？"), view(told), "抓好春耕备耕")


def test_what_was_talked_about_is_told_by_the_talks(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    told = view("7月3日，市长周立群一行赴江东产业协作中心就产业疏解、外溢等相关事宜开展工作洽谈。")
    assert not _verdict(ask("周立群到江东产业协作中心谈了些什么事？"), told, "产业疏解、外溢等相关事宜")
    assert _verdict(ask("周立群到江东产业协作中心强调了什么？"), told, "产业疏解、外溢等相关事宜")
