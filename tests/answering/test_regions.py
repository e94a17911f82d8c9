"""What another region did is not ours, and what we did is not another region's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.guards import Guard
from qa.answering.regions import only_elsewhere
from qa.answering.view import PassageView
from qa.records import AbstainReason, Question

QINGHAI = "近日，青海省科技厅出台方案，将科技人才分为三类。对基础研究人才以同行学术评价为主。"
ENVOYS = (
    "科技特派员制度发源于福建省南平市，实施了20多年。我市建成22个星创天地。2020年，累计结对帮扶312人，带动2382人脱贫。"
)


def _reason(question: Question, seen: PassageView, words: str) -> AbstainReason | None:
    start = seen.text.index(words)
    return Guard(question, seen).examine((start, start + len(words))).reason


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (QINGHAI, "青海"),
        ("青海省科技厅出台方案，属全国首创。我市正在学习。", ""),
        ("7月3日，一行赴北京市对接产业协作。", ""),
        ("7月6日，边东赴北京大学座谈。", ""),
        ("与青海省科技厅签订合作协议。", ""),
        ("参加江苏代表团审议时强调创新。", ""),
        ("内蒙古自治区出台三项措施。", ""),
        ("安徽省铜陵市引进人才36名。", "铜陵"),
        ("江苏省宿迁市布局飞地。2021年全市投入占比1.92%。其中，沭阳县单独设立。", "宿迁"),
        ("二、汉中市：全市高新技术企业达到271家。", "汉中"),
        ("宿迁市布局飞地。我市也要学习，全市推开。", ""),
        ("宿迁市客商到鄂尔多斯市考察，全市各旗区参加。", ""),
    ],
)
def test_an_item_of_another_province_is_about_that_one(view: Callable[..., PassageView], text: str, place: str) -> None:
    assert only_elsewhere(view(text), "鄂尔多斯") == place


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("我市科技人才分成哪几类？", AbstainReason.REGION),
        ("鄂尔多斯科技人才分成哪几类？", AbstainReason.REGION),
        ("青海省科技人才分成哪几类？", None),
        ("科技人才分成哪几类？", None),
    ],
)
def test_classes_of_another_province_are_not_ours(
    ask: Callable[[str], Question], view: Callable[..., PassageView], question: str, reason: AbstainReason | None
) -> None:
    assert _reason(ask(question), view(QINGHAI), "三类") == reason


@pytest.mark.parametrize(
    ("question", "words", "reason"),
    [
        ("南平市帮扶了多少人？", "312人", AbstainReason.REGION),
        ("福建省带动多少人脱贫？", "2382人", AbstainReason.REGION),
        ("福建省有几个星创天地？", "22个", AbstainReason.REGION),
        ("我市带动多少人脱贫？", "2382人", None),
        ("带动多少人脱贫？", "2382人", None),
        ("科技特派员制度在南平市实施了多少年？", "20多年", None),
        ("福建的科技特派员制度实施了多少年？", "20多年", None),
    ],
)
def test_what_we_did_is_not_told_of_a_place_named_beside(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, words: str, reason: AbstainReason | None,
) -> None:  # fmt: skip
    assert _reason(ask(question), view(ENVOYS), words) == reason


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("北京大学来了几位专家？", "我市召开座谈会。会上来了3位专家，北京大学也在内。", "3位"),
        ("苏州市政府签了几项协议？", "苏州清华合作。我市也要学习。其中签订协议3项。", "3项"),
        ("深圳市的活动来了多少人？", "我市在深圳市举办推介会。到会企业家120人。", "120人"),
    ],
)
def test_the_place_may_be_told_in_the_headline_or_just_before(
    ask: Callable[[str], Question], view: Callable[..., PassageView], question: str, text: str, words: str
) -> None:
    lead = "苏州清华合作。" if "苏州" in text else ""
    assert _reason(ask(question), view(text, lead=lead), words) is not AbstainReason.REGION


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("安徽省引进人才多少名？", AbstainReason.REGION),
        ("安徽省铜陵市引进人才多少名？", None),
        ("铜陵引进人才多少名？", None),
    ],
)
def test_a_city_is_not_its_province(
    ask: Callable[[str], Question], view: Callable[..., PassageView], question: str, reason: AbstainReason | None
) -> None:
    assert _reason(ask(question), view("安徽省铜陵市创新政策。近年来该市引进人才36名。"), "36名") == reason


def test_a_county_does_not_refuse_its_city(ask: Callable[[str], Question], view: Callable[..., PassageView]) -> None:
    seen = view("鄂尔多斯市召开会议。我旗建成工作站3个，准格尔旗在全市领先。工作站4个。", region="准格尔旗")
    assert _reason(ask("鄂尔多斯市建成几个工作站？"), seen, "4个") is None


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("达拉特旗投入强度是百分之几？", AbstainReason.REGION),
        ("全市投入强度是百分之几？", None),
        ("投入强度是百分之几？", None),
    ],
)
def test_what_the_whole_city_has_is_no_banners(
    ask: Callable[[str], Question], view: Callable[..., PassageView], question: str, reason: AbstainReason | None
) -> None:
    text = "2023年全市研发经费投入63.8亿元，投入强度1.07%。达拉特旗、杭锦旗投入强度有所下降，全市占比达拉特旗0.5%。"
    assert _reason(ask(question), view(text), "1.07%") == reason
    assert _reason(ask("达拉特旗投入强度是百分之几？"), view(text), "0.5%") is not AbstainReason.REGION


def test_where_an_event_was_held_is_not_whose_figure_it_is(
    ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    held = "《鄂尔多斯市在苏州举办推介会》"
    text = "我市签约19个，协议投资84.6亿元。"
    assert (
        _reason(ask("苏州推介会上鄂尔多斯签了多少亿元？"), view(text, context=held), "84.6亿元")
        is not AbstainReason.REGION
    )
    assert _reason(ask("苏州签了多少亿元？"), view(text, context=held), "84.6亿元") is AbstainReason.REGION


@pytest.mark.parametrize(
    ("question", "text", "words", "refused"),
    [
        ("巴彦淖尔市有几个旗县区纳入？", "全市共有3个旗县区纳入，分别为杭锦后旗、五原县、临河区。", "3个", False),
        ("巴彦淖尔市有多少家高新技术企业？", "全旗有效期内高新技术企业23家，占全市总数168家的13.7%。", "23家", True),
        ("巴彦淖尔市有多少家高新技术企业？", "全旗有效期内高新技术企业23家，占全市总数168家的13.7%。", "168家", False),
        ("杭锦后旗有多少家高新技术企业？", "全旗有效期内高新技术企业23家，占全市总数168家的13.7%。", "23家", False),
        ("杭锦后旗重度盐碱地有多大？", "全市现有盐碱地484万亩，其中我旗76万亩，重度盐碱地11万亩。", "11万亩", False),
        ("包头市有多少家高新技术企业？", "全旗高新技术企业23家，占全市总数168家的13.7%。", "168家", True),
    ],
)
def test_the_city_in_a_document_of_a_county_is_the_one_that_it_is_of(
    ask: Callable[[str], Question], view: Callable[..., PassageView],
    question: str, text: str, words: str, refused: bool,
) -> None:  # fmt: skip
    assert (_reason(ask(question), view(text, region="杭锦后旗"), words) is AbstainReason.REGION) is refused
