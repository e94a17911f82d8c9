"""A number, a day or a name of what another body or person has or did is no answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from qa.answering.contacts import check_contact_body
from qa.answering.forms import check_form
from qa.answering.parties import check_attended
from qa.answering.roles import check_day_role, check_judged
from qa.answering.subject import check_subject
from qa.answering.universities import check_universities
from qa.answering.view import PassageView
from qa.answering.whereabouts import check_destination
from qa.records import Question

SIGNATURE = (
    "云川市人民政府\n2025年8月7日\n（联系人：苏文；联系电话0535-8586566）\n抄送：市政协办公室，市政协提案委员会。"
)
NEWS = "江东省科技厅3月25日发布消息，为打通技术梗阻，铜山市将企业聘请老专家担任顾问纳入补助范围。"
POLICY = "3月25日，铜山市出台柔性引才办法，将企业聘请老专家担任顾问纳入补助范围。"
LAB = "2月25日，市长周立群在江州考察东湖实验室，听取建设情况介绍。"
PRIZES = "省科技厅7月3日发布消息，2020年度全省共评选科学技术进步奖108项。"


@pytest.mark.parametrize(
    ("question", "issuer", "refused"),
    [
        ("云川市政协提案委员会的联系电话是多少？", "云川市人民政府", True),
        ("市政协办公室电话是多少？", "云川市人民政府", True),
        ("云川市政府的联系电话是多少？", "云川市人民政府", False),
        ("云川市人民政府联系电话是多少？", None, False),
        ("对答复有疑问该打哪个电话？", "云川市人民政府", False),
    ],
)
def test_who_is_sent_a_copy_is_not_reached_there(
    question: str,
    issuer: str | None,
    refused: bool,
    ask: Callable[[str], Question],
    view: Callable[..., PassageView],
) -> None:
    seen = view(SIGNATURE, region="云川市")
    seen.passage = replace(seen.passage, issuer=issuer)
    start = SIGNATURE.index("0535")
    assert (check_contact_body(ask(question), seen, (start, start + 12)).reason is not None) is refused


def test_the_day_of_the_news_is_not_the_policys(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    asked = ask("铜山市聘请老专家纳入补助的政策是哪天出台的？")
    start = NEWS.index("3月25日")
    assert check_day_role(asked, view(NEWS), (start, start + 5)).reason
    assert not check_day_role(asked, view(POLICY), (0, 5)).reason
    assert not check_day_role(ask("省科技厅哪天发布的消息？"), view(NEWS), (start, start + 5)).reason


def test_a_visit_is_of_who_went_and_of_where(ask: Callable[[str], Question], view: Callable[..., PassageView]) -> None:
    assert check_subject(ask("市委书记李理2023年2月参观的是哪家实验室？"), view(LAB)).reason
    assert check_subject(ask("李理2023年2月是哪天去看的东湖实验室？"), view(LAB)).reason
    assert check_destination(ask("市长周立群2月赴大湾区考察是哪天？"), view(LAB)).reason
    assert check_destination(ask("市长周立群哪天考察了之江实验室？"), view(LAB)).reason
    assert not check_destination(ask("周立群哪天去北大洽谈合作？"), view("7月6日，周立群赴北京大学座谈。")).reason
    assert not check_destination(ask("周立群2月赴江州考察是哪天？"), view(LAB)).reason
    assert not check_destination(ask("周立群到企业调研是哪天？"), view(LAB)).reason


def test_when_an_assessment_came_out_is_told_of_it(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    assert check_judged(ask("县域创新评价的结果是什么时候公布的？"), view(PRIZES)).reason
    assert not check_judged(ask("科学技术奖评选结果是什么时候公布的？"), view(PRIZES)).reason
    assert not check_judged(
        ask("县域创新评价的结果是什么时候公布的？"), view("7月3日，县域创新能力评价结果公布。")
    ).reason


def test_an_academys_institute_is_told_where_the_academy_is(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    told = "建成江东大学云川研究院、云川实验室。"
    assert check_universities(ask("中科院在云川合办的研究院叫什么"), view(told)).reason
    assert not check_universities(ask("中科院在云川合办的研究院叫什么"), view(f"与中国科学院{told}")).reason


def test_what_was_done_is_no_plan(ask: Callable[[str], Question], view: Callable[..., PassageView]) -> None:
    asked = ask("省科技厅今年将重点抓好哪几个方面的工作？")
    visit = "省科技厅巡视员张志远一行到高新区，郑海涛作了全面介绍。"
    assert check_form(asked, view(visit), (0, len(visit) - 1)).reason
    plan = "今年省科技厅将抓好平台建设、人才引育、成果转化三个方面工作。"
    start = plan.index("平台")
    assert not check_form(asked, view(plan), (start, plan.index("三个"))).reason


def test_who_led_a_visit_did_not_come_along(ask: Callable[[str], Question], view: Callable[..., PassageView]) -> None:
    told = "市委书记李理带队赴大湾区考察，与企业负责人座谈。"
    assert check_attended(ask("李理赴大湾区考察，还有哪些市领导随行？"), view(told), (0, 6)).reason
    told = "市委书记李理带队赴大湾区考察，副市长孙国平、秘书长何敏陪同。"
    start = told.index("副市长")
    assert not check_attended(ask("李理赴大湾区考察，还有哪些市领导随行？"), view(told), (start, start + 6)).reason
