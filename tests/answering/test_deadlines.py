"""A deadline is told as one: a day on which something was held, signed or begun is no day by which anything has to be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import BlockRole, Question

Ask = Callable[[str], Question]
View = Callable[..., PassageView]

FAIR = "4月9日—10日，汉中市在西安交通大学举行校园招聘会，签订意向性协议86份，2025年3月31日前提交应聘材料。"
HELD = "4月9日—10日，汉中市在西安交通大学举行校园招聘会，签订意向性协议86份。"
CALL = "2021年重点研发计划项目网上申报时间为3月8日—4月15日，逾期不予受理。"
DRAFT = "7月7日，住建部公开征求对《城市更新技术导则》的意见。意见稿指出，到2024年，建成300个示范社区。"
OPINIONS = "7月7日，住建部公开征求对《城市更新技术导则》的意见，意见反馈截止日期为8月6日。"
CLEARED = "2024年，全市“两不愁”帮扶户从2021年初40户减少到2户，累计脱贫2038户。"
TARGET = "全市散煤清零行动自2021年初启动，到2025年底前全部清零。"
CONGRESS = "3月6日，陈光参加省十四届人大二次会议渭南代表团审议时强调，要加快产业转型。"
CLOSED = "3月5日开幕的市科技活动周3月11日闭幕。"
CALLED_ON = "她要求，各乡镇要建立季度调度制度，于4月15日前将任务清单报市水利局。"
USED = "储能研究院中试基地二期于2024年4月22日正式投用，新增岗位46个。"
DONE = "一期工程2022年3月开工，计划2023年12月完成主体施工。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "sound"),
    [
        ("招聘会上签了意向的学生最迟什么时候到岗报到？", HELD, "4月9日—10日", False),
        ("招聘会是什么时候举行的？", HELD, "4月9日—10日", True),
        ("应聘材料最迟什么时候提交？", FAIR, "2025年3月31日前", True),
        ("2021年重点研发计划项目最迟什么时候申报？", CALL, "3月8日—4月15日", True),
        ("重点研发计划项目申报截止时间", CALL, "3月8日—4月15日", True),
        ("《城市更新技术导则》公开征求意见截止时间", DRAFT, "2024年", False),
        ("《城市更新技术导则》公开征求意见截止时间", DRAFT, "7月7日", False),
        ("《城市更新技术导则》征求意见最晚到哪天？", OPINIONS, "8月6日", True),
        ("“两不愁”帮扶户要到哪一年底前全部清完？", CLEARED, "2021年初", False),
        ("“两不愁”帮扶户要到哪一年底前全部清完？", CLEARED, "2024年", False),
        ("散煤要到哪一年底前全部清零？", TARGET, "2025年底前", True),
        ("各乡镇什么时候前报送任务清单？", CALLED_ON, "4月15日", True),
        ("储能研究院中试基地二期最后是哪一天正式用起来的", USED, "2024年4月22日", True),
        ("主体施工最迟什么时候完成？", DONE, "2023年12月", True),
        ("省十四届人大二次会议是哪一天闭幕的？", CONGRESS, "3月6日", False),
        ("市科技活动周哪天闭幕？", CLOSED, "3月11日", True),
    ],
)
def test_a_deadline_is_told_as_one(ask: Ask, view: View, question: str, passage: str, answer: str, sound: bool) -> None:
    start = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((start, start + len(answer)))
    assert (verdict.reason is None) is sound, verdict.detail


def test_the_day_of_an_imprint_is_no_deadline(ask: Ask, view: View) -> None:
    text = "赵县人民政府\n2024年6月12日\n（联系人：王某）"
    seen = view(text)
    seen = replace(seen, passage=replace(seen.passage, role=BlockRole.IMPRINT))
    start = text.index("2024")
    span = (start, start + len("2024年6月12日"))
    assert Guard(ask("这件提案最迟要在哪天之前答复？"), seen).examine(span).reason is not None
    assert Guard(ask("这件提案是哪天答复的？"), seen).examine(span).reason is None


def test_a_term_is_told_as_a_time(ask: Ask, view: View) -> None:
    seen = view(HELD)
    at = HELD.index("签订")
    assert Guard(ask("校园招聘 意向性协议转正式协议的最后期限"), seen).examine((at, len(HELD) - 1)).reason is not None
    text = "意向性协议应当在签订后30个工作日内转为正式协议。"
    assert Guard(ask("意向性协议转正式协议的最后期限"), view(text)).examine((0, len(text) - 1)).reason is None


def test_a_day_on_which_a_term_is_spoken_of_is_none(ask: Ask, view: View) -> None:
    text = "3月8日，市水利局召开2023年度民主生活会，通报了专题教育整改情况。"
    assert Guard(ask("市水利局专题教育整改任务完成时限"), view(text)).examine((0, len(text) - 1)).reason is not None
    text = "专题教育整改任务于2023年6月底前全部完成。"
    assert Guard(ask("专题教育整改任务完成时限"), view(text)).examine((0, len(text) - 1)).reason is None
