from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.contacts import check_contact
from qa.answering.extents import whole_extent
from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

LINES = "资源配置与管理科：那仁，0476-8830136（经费咨询）\n成果转化科：曹雪松，0476-8830142（业务咨询）\n监督电话：0476-8830199"
DIVISIONS = (
    "联系人：规划统计处 韩雪梅，电话：0471-6328815（统计事宜）；平台基地处 白音，电话：0471-6328827（平台评估事宜）。"
)


@pytest.mark.parametrize(
    ("question", "told", "phone", "right"),
    [
        ("拨款的事打电话找谁、号码多少？", LINES, "0476-8830136", True),
        ("拨款的事打电话找谁、号码多少？", LINES, "0476-8830142", False),
        ("拨款的事打电话找谁、号码多少？", LINES, "0476-8830199", False),
        ("业务咨询电话是多少？", LINES, "0476-8830142", True),
        ("业务咨询电话是多少？", LINES, "0476-8830136", False),
        ("监督电话是多少？", LINES, "0476-8830199", True),
        ("平台评估的事电话多少", DIVISIONS, "0471-6328827", True),
        ("平台评估的事电话多少", DIVISIONS, "0471-6328815", False),
        ("联系电话是多少", DIVISIONS, "0471-6328815", True),
    ],
)
def test_the_line_that_names_what_is_asked(
    question: str, told: str, phone: str, right: bool, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = told.index(phone)
    verdict = check_contact(ask(question), view(told), (start, start + len(phone)))
    assert (verdict.reason is None) is right


@pytest.mark.parametrize(
    ("question", "told", "phone", "whole"),
    [
        ("拨款的事该找谁、号码多少？", LINES, "0476-8830136", "那仁，0476-8830136"),
        ("平台评估的事找谁，电话多少", DIVISIONS, "0471-6328827", "白音，电话：0471-6328827"),
        ("平台评估的事电话多少", DIVISIONS, "0471-6328827", "0471-6328827"),
        ("找谁监督，电话多少", LINES, "0476-8830199", "0476-8830199"),
    ],
)
def test_who_and_the_number_are_told_together(
    question: str, told: str, phone: str, whole: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = told.index(phone)
    place = whole_extent(ask(question), view(told), (start, start + len(phone)))
    assert told[slice(*place)] == whole


@pytest.mark.parametrize(
    ("question", "told", "best"),
    [
        ("提案会办单位", "该提案由我局主办，市财政局、市工业和信息化局会办。", "市财政局、市工业和信息化局"),
        ("提案的主办单位是哪个？", "该提案由市科技局主办，市财政局会办。", "市科技局"),
        ("哪个部门牵头？", "由市科技局牵头，市统计局配合。", "市科技局"),
        (
            "被推荐的稀土企业是哪一家？",
            "同意推荐甲市瑞霖稀土新材料有限公司、内蒙古恒晟煤基新材料有限公司申报。",
            "甲市瑞霖稀土新材料有限公司",
        ),
        (
            "被推荐的煤基企业是哪一家？",
            "同意推荐甲市瑞霖稀土新材料有限公司、内蒙古恒晟煤基新材料有限公司申报。",
            "内蒙古恒晟煤基新材料有限公司",
        ),
    ],
)
def test_the_body_of_the_part_or_the_sort_asked_for(
    question: str, told: str, best: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    found = max(candidates_for(ask(question), view(told)), key=lambda each: (each.fit, each.end - each.start))
    assert told[found.start : found.end] == best


@pytest.mark.parametrize(
    ("question", "told", "sound"),
    [
        ("举报骗取补贴打哪个电话？", "咨询电话：0478-6620325，联系人王敏。", False),
        ("对公示有异议打什么电话", "公示期内有异议的，请向市科技局反映，电话：0478-6620325。", True),
        ("咨询电话是多少", "咨询电话：0478-6620325，联系人王敏。", True),
        ("投诉电话是多少", "投诉举报电话：0478-6620325。", True),
    ],
)
def test_complaints_have_a_number_of_their_own(
    question: str, told: str, sound: bool, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = told.index("0478")
    verdict = Guard(ask(question), view(told)).examine((start, start + len("0478-6620325")))
    assert (verdict.reason is None) is sound, verdict.detail
