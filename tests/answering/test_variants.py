"""What the dev questions in other words (eval/variants/fit.jsonl) showed, on sentences of the test's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates import candidates_for
from qa.answering.candidates.enumeration import how_many_asked
from qa.answering.gathering import gather
from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import AbstainReason, AnswerKind, Question, Reading, SpanCandidate

Ask = Callable[[str], Question]
View = Callable[..., PassageView]

CHANGED = "指标体系更加精简，定性指标占比由25%降为不到12%，新增指标4个。"
REWARDED = "累计兑付奖励资金达8亿元，惠及各类创新主体500余个。"
ROLES = "会议强调，要以建设数字城市为目标，以建设东湖示范区、西湖示范区为主线，以产业融合为突破。"


def pointed(ask: Ask, view: View, question: str, passage: str, *words: str) -> list[str]:
    """What the candidates of a passage are where the network points at ``words`` alone."""
    seen = view(passage)
    spans = (SpanCandidate(passage.index(each), passage.index(each) + len(each), 0.9) for each in words)
    return [seen.slice((each.start, each.end)) for each in gather(ask(question), seen, [], Reading(0.9, tuple(spans)))]


@pytest.mark.parametrize(
    ("question", "passage", "words", "told"),
    [
        ("要深化哪种工作机制", "双方就深化“1+1”协同工作机制进行对接。", "“1+1”", ["“1+1”协同工作机制"]),
        ("补上了哪一项行业空白", "填补了我国这一领域的行业空白。", "我国这一领域", ["我国这一领域的行业空白"]),
        ("补上了哪一项行业空白", "填补了我国这一领域的行业空白。", "我国", []),
        ("提出了哪项办法", "全国推行项目法人制。", "全国", []),
        ("签约的代表是谁", "市政府与南湖大学签署深化战略合作协议。", "南湖大学签署深化战略合作协议", []),
        ("会议召开日期", "两会期间，代表接受采访。", "两会期间", []),
        ("会议召开日期", "3月5日，会议召开。", "3月5日", ["3月5日"]),
    ],
)
def test_what_the_network_points_at_has_the_form_asked_for(
    ask: Ask, view: View, question: str, passage: str, words: str, told: list[str]
) -> None:
    assert pointed(ask, view, question, passage, words) == told


@pytest.mark.parametrize(
    ("question", "passage", "right", "wrong"),
    [
        ("修订前定性指标的占比是多少", CHANGED, "25%", "不到12%"),
        ("定性指标的占比是多少", CHANGED, "不到12%", "25%"),
        ("有多少创新主体享受到奖励", REWARDED, "500余个", "8亿元"),
        ("以什么为主线", ROLES, "建设东湖示范区、西湖示范区", "建设数字城市"),
    ],
)
def test_candidates_are_those_asked_for(
    ask: Ask, view: View, question: str, passage: str, right: str, wrong: str
) -> None:
    found = {passage[each.start : each.end]: each.fit for each in candidates_for(ask(question), view(passage))}
    assert found[right] > found.get(wrong, 0.0)


def test_a_chain_of_purposes_is_a_candidate_whole(ask: Ask, view: View) -> None:
    chain = "为落实行动，推进改革，攻克一批难题，探索新模式"
    passage = f"{chain}，7月5日，市科技局发布通知，征集项目。"
    seen = view(passage)
    assert chain in {passage[each.start : each.end] for each in candidates_for(ask("征集项目的目的是什么"), seen)}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("协议的牵头单位是谁", AnswerKind.ORGANISATION),
        ("由哪一方出题", AnswerKind.ORGANISATION),
        ("突出哪个方面", AnswerKind.CLAUSE),
        ("答复函抄送了什么单位", AnswerKind.LIST),
    ],
)
def test_what_is_asked_for(ask: Ask, question: str, kind: AnswerKind) -> None:
    assert ask(question).kind is kind


def test_how_many_are_to_be_listed(ask: Ask) -> None:
    assert how_many_asked(ask("请列出规划中的六大重点行动")) == 6
    assert how_many_asked(ask("请列出重点工作")) == 0


@pytest.mark.parametrize("question", ["数字经济“十四五”规划有几项重点工程", "“十四五”数字经济规划有几项重点工程"])
def test_a_plan_of_another_subject_is_another_plan(ask: Ask, view: View, question: str) -> None:
    passage = "《“十四五”循环经济规划》部署了五大重点工程。"
    at = passage.index("五大")
    verdict = Guard(ask(question), view(passage)).examine((at, at + 2))
    assert verdict.reason is AbstainReason.SUBJECT
    asked = question.replace("数字", "循环")
    assert not Guard(ask(asked), view(passage)).examine((at, at + 2)).reason


@pytest.mark.parametrize("question", ["请问旗区科技特派员有多少人", "与准旗签约的高校是哪家", "赴五原县考察的是谁"])
def test_words_before_a_county_are_no_part_of_its_name(ask: Ask, question: str) -> None:
    assert not any(place.startswith(("请", "与", "赴")) for place in ask(question).places)


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("东河煤机的总经理是谁", "付世林"),
        ("东河机械公司总经理是谁", "曹志春"),
        ("会见煤机集团总经理的副市长是谁", "刘峰"),
    ],
)
def test_who_holds_an_office_holds_it_of_the_body_named(ask: Ask, view: View, question: str, right: str) -> None:
    passage = "副市长刘峰会见东河煤机集团总经理付世林、西山东河机械公司总经理曹志春等一行。"
    found = {passage[each.start : each.end]: each.fit for each in candidates_for(ask(question), view(passage))}
    assert max(found, key=lambda name: found[name]) == right
    assert list(found.values()).count(found[right]) == 1


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("全市高新技术企业户数增至多少", "330家"),
        ("2021年初“三清零”企业有多少家", "77家"),
        ("2019年龙头企业有多少家", "12家"),
    ],
)
def test_no_guard_refuses_what_is_asked(ask: Ask, view: View, question: str, words: str) -> None:
    passage = "2024年，全市高新技术企业由132家增长到330家，“三清零”企业从2021年初77家增长至279家，龙头企业由2019年的12家增加到45家。"
    at = passage.index(words)
    assert words in {passage[each.start : each.end] for each in candidates_for(ask(question), view(passage))}
    assert Guard(ask(question), view(passage)).examine((at, at + len(words))).reason is not AbstainReason.SUBJECT


@pytest.mark.parametrize("question", ["现任市统计局局长是谁", "2023年度全市科技工作会议是谁主持的"])
def test_what_stands_before_a_name_is_no_part_of_it(ask: Ask, view: View, question: str) -> None:
    passage = "2023年，全市科技工作会议召开，王明主持会议，市统计局局长王明参加。"
    at = passage.index("王明")
    assert not Guard(ask(question), view(passage)).examine((at, at + 2)).reason


def test_how_many_people_is_told_with_a_number(ask: Ask, view: View) -> None:
    passage = "人才池多层次、专业门类齐全。"
    assert pointed(ask, view, "人才池里有多少人", passage, "多层次、专业门类齐全") == []


@pytest.mark.parametrize(
    ("question", "passage", "words", "reason"),
    [
        ("征求意见到哪一天为止", "7月7日，工信部公开征求意见。", "7月7日", AbstainReason.SUBJECT),
        ("征求意见何时结束", "7月7日，工信部公开征求意见。", "7月7日", AbstainReason.SUBJECT),
        ("征求意见何时结束", "公开征求意见，截止7月7日。", "7月7日", None),
        ("科技进步奖评为一等奖的有多少项", "评出科学技术进步奖108项。", "108项", AbstainReason.SUBJECT),
        ("科技进步奖评为一等奖的有多少项", "评出科技进步奖一等奖8项。", "8项", None),
    ],
)
def test_a_day_and_a_prize_are_those_asked_for(
    ask: Ask, view: View, question: str, passage: str, words: str, reason: AbstainReason | None
) -> None:
    at = passage.index(words)
    assert Guard(ask(question), view(passage)).examine((at, at + len(words))).reason is reason


def test_who_signed_is_told_by_a_name(ask: Ask, view: View) -> None:
    assert pointed(ask, view, "协议是谁签的", "市政府与南湖大学签署协议。", "南湖大学签署") == []
    assert pointed(ask, view, "协议是谁签的", "协议由科研院所起草。", "科研院所") == ["科研院所"]


def test_forms_and_lists_that_are_asked_for(ask: Ask, view: View) -> None:
    assert candidates_for(ask("联系人的电子信箱"), view("联系人：苏明；联系电话0477-8580000")) == []
    assert ask("参加招聘的18家单位具体名称").kind is AnswerKind.LIST
    assert how_many_asked(ask("规划里那六大重点行动，是哪几项")) == 6
