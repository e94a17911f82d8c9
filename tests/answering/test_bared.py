"""Answers without what the question says itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.bared import bared
from qa.answering.view import PassageView
from qa.records import Question

Ask, View = Callable[[str], Question], Callable[..., PassageView]


@pytest.mark.parametrize(
    ("question", "words", "told"),
    [
        ("科创飞地是什么？", "科创飞地（异地孵化器）是在外地设立的孵化载体", "在外地设立的孵化载体"),
        ("科创飞地的定义是什么？", "科创飞地是指在外地设立的孵化载体", "在外地设立的孵化载体"),
        ("中心的前身是什么？", "前身为市农业技术推广站", "市农业技术推广站"),
        ("研究院由什么公司运营？", "由蒙泰集团", "蒙泰集团"),
        ("两个出口设在什么地方？", "在该楼东南侧", "该楼东南侧"),
        ("采取什么方式评审？", "专家打分的方式", "专家打分"),
        ("成果转到什么杂志发表？", "煤炭学报发表", "煤炭学报"),
        ("示范站什么时候投入使用？", "2008年7月19日随着一期工程同时通车投入运营", "2008年7月19日"),
        ("祠堂建于哪一年？", "清朝乾隆十八年（1753年）", "清朝乾隆十八年（1753年）"),
        ("产品是什么时候发行的？", "1880年代", "1880年代"),
        ("研究院位于哪里？", "研究院（新址）位于康巴什区", "康巴什区"),
        ("大会以什么著称？", "以规模宏大而著称", "规模宏大"),
        ("研究院因什么得名？", "研究院因设在煤炭大厦而得名", "设在煤炭大厦"),
        ("作者是谁？", "著名漫画家李明", "李明"),
        ("校长是谁？", "李明女士", "李明"),
        ("他研究什么？", "长期研究干扰素", "干扰素"),
        ("往哪方面改造？", "数字化改造", "数字化改造"),
        ("研究院是怎么改造的？", "分三期改造完成", "分三期改造完成"),
        ("是哪一协定保护的？", "《水鸟保护协定》", "《水鸟保护协定》"),
    ],
)
def test_what_the_question_says_is_left_out(ask: Ask, view: View, question: str, words: str, told: str) -> None:
    held = view(f"资料显示，{words}。")
    start = held.text.index(words)
    assert held.slice(bared(ask(question), held, (start, start + len(words)))) == told


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("科创飞地是什么？", "飞地办公室是市科技局的内设机构"),
        ("西班牙语的定义是什么？", "西班牙语指的在西班牙使用的语言"),
        ("为什么采用煤气？", "为降低污染"),
        ("是哪个大学？", "北京大学"),
        ("评审意见是什么？", "有关专家认为可行"),
        ("由什么公司运营？", "由此"),
        ("选自哪本书？", "于都县志"),
    ],
)
def test_what_is_of_the_answer_stays(ask: Ask, view: View, question: str, words: str) -> None:
    held = view(f"资料显示，{words}。")
    start = held.text.index(words)
    assert held.slice(bared(ask(question), held, (start, start + len(words)))) == words
