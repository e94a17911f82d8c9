"""People and organisations in official sentences."""

from __future__ import annotations

import pytest

from qa.citing.marked_text import MarkedText
from qa.citing.organisations import organisation_class, same_organisation
from qa.citing.people import role_in_claim, roles_of, titles_before
from tests.citing.checking_corpus import analyzer


def marked(text: str) -> MarkedText:
    return MarkedText(text, analyzer(), 2021, "鄂尔多斯")


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("2月25日，市长杜汇良在杭州考察之江实验室。", ["杜汇良"]),
        ("副市长孔繁飞与清华大学化学工程系主任王铁峰分别代表双方签署合作协议。", ["孔繁飞", "王铁峰"]),
        ("清华大学副校长曾嵘视频出席并致辞。", ["曾嵘"]),
        ("市委书记李理于2月下旬率队到长三角洽谈合作。", ["李理"]),
        ("全市科技工作会议在康巴什举行，市科技局局长边东作了工作报告。", ["边东"]),
        ("推动科技创新高质量发展，促进高端化、智能化。", []),
        ("招聘会与宣介会当日举行。", []),
        ("边东会见付世莲、曹志春等一行。", ["边东", "付世莲", "曹志春"]),
    ],
)
def test_people(text: str, people: list[str]) -> None:
    assert [marked(text).slice(span) for span in marked(text).people] == people


@pytest.mark.parametrize(
    ("text", "organisations"),
    [
        ("7月14日，边东会同市统计局局长杨建军到自治区统计局协调统计工作。", ["市统计局", "自治区统计局"]),
        ("由鄂尔多斯羊绒资源股份有限公司申报。", ["鄂尔多斯羊绒资源股份有限公司"]),
        ("苏州市政府与清华大学签署深化战略合作协议。", ["苏州市政府", "清华大学"]),
        ("工信部公开征求意见。", ["工信部"]),
        ("会议研究部署科技工作，优化发展格局。", []),
        ("各企业和部分公司表示支持。", []),
        ("7月7日，国家发展改革委印发规划。", ["国家发展改革委"]),
        ("边东会见鄂尔多斯市巨鼎煤机实业集团代表。", ["鄂尔多斯市巨鼎煤机实业集团"]),
    ],
)
def test_organisations(text: str, organisations: list[str]) -> None:
    assert [marked(text).slice(span) for span in marked(text).organisations] == organisations


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("市科技局", "鄂尔多斯市科学技术局", True),
        ("自治区科技厅", "内蒙古自治区科学技术厅", True),
        ("市政府", "鄂尔多斯市人民政府", True),
        ("国家发展改革委", "国家发展和改革委员会", True),
        ("清华大学", "清华大学", True),
        ("北京大学", "清华大学", False),
        ("市财政局", "市统计局", False),
        ("科技部", "工信部", False),
        ("北京大学", "北京科技大学", False),
        ("鄂尔多斯电力冶金集团有限公司", "鄂尔多斯羊绒资源股份有限公司", False),
    ],
)
def test_same_organisation(a: str, b: str, same: bool) -> None:
    assert same_organisation(a, b) is same_organisation(b, a) is same


def test_organisations_have_classes() -> None:
    names = ("清华大学", "市科技局", "某某有限公司", "之江实验室", "科技报社", "少先队")
    classes = ["school", "authority", "company", "institute", "media", "other"]
    assert [str(organisation_class(name)) for name in names] == classes


def test_every_title_before_a_name_counts() -> None:
    text = "自治区党委书记、自治区党委财经委员会主任石泰峰主持会议"
    start = text.index("石泰峰")
    assert titles_before(text, (start, start + 3)) == {"书记", "主任"}


def test_tasks_of_an_imprint() -> None:
    text = "编辑：程继东\n审核：乔 栋\n电话：8589860\n签发人:张秀玲"
    assert {role: text[a:b] for role, (a, b) in roles_of(text).items()} == {
        "编辑": "程继东",
        "审核": "乔 栋",
        "签发人": "张秀玲",
    }


@pytest.mark.parametrize(
    ("claim", "person", "role"),
    [
        ("审核是乔栋。", "乔栋", "审核"),
        ("简报由乔栋编辑。", "乔栋", "编辑"),
        ("签发人为张秀玲。", "张秀玲", "签发人"),
        ("边东主持会议。", "边东", ""),
    ],
)
def test_the_task_a_claim_gives(claim: str, person: str, role: str) -> None:
    start = claim.index(person)
    assert role_in_claim(claim, (start, start + len(person))) == role


def test_document_numbers_without_the_words_before() -> None:
    text = marked("答复函的文号为鄂建提复字[2025]185号，依据鄂府发〔2024〕56号办理。")
    assert [text.slice(span) for span in text.document_numbers] == ["鄂建提复字[2025]185号", "鄂府发〔2024〕56号"]


@pytest.mark.parametrize(
    ("text", "figure", "dates"),
    [
        ("2024年，全市“三清零”企业从2021年初77家增长至279家。", "279家", ["2024年"]),
        ("2024年，全市“三清零”企业从2021年初77家增长至279家。", "77家", ["2021年初"]),
        ("2023年，研发投入比2020年增长5%。", "5%", ["2023年"]),
        ("2023年和2024年连续两年上榜，排名第33位。", "第33位", ["2023年", "2024年"]),
        ("企业达到701家。", "701家", []),
    ],
)
def test_the_date_that_holds_for_a_figure(text: str, figure: str, dates: list[str]) -> None:
    found = marked(text).governing_dates(text.index(figure))
    assert [mention.period.text for mention in found] == dates
