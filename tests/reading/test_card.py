from __future__ import annotations

from datetime import date

import pytest

from qa.reading import document_from_text
from qa.reading.card import region_of
from qa.records import Card, DocumentStatus

NOTICE = """\
乌审旗人民政府文件

乌政发〔2022〕15号        签发人：李四

乌审旗人民政府关于印发《乌审旗科技
创新奖补办法（试行）》的通知

各苏木镇人民政府，旗直各部门：

    现将《乌审旗科技创新奖补办法（试行）》印发给你们，请结合实际，认真贯彻执行。

                          乌审旗人民政府
                          2022年5月6日

附件1

乌审旗科技创新奖补办法（试行）

第一章  总  则
第一条  为深入实施创新驱动发展战略，参照鄂府发〔2020〕3号，制定本办法。

抄送：旗委各部门，旗人大办、政协办。
乌审旗人民政府办公室          2022年5月7日印发
"""
BRIEF = """\
工作简报
〔2022〕第12期
（总第88期）
伊金霍洛旗科学技术局办公室编     2022年9月30日
【工作动态】
我旗召开科技奖补资金兑现大会
9月20日，我旗召开科技奖补资金兑现大会，兑现资金3000万元，惠及企业56家。
"""
ONE_LINE = """\
鄂尔多斯科技简报
第 7 期　　鄂尔多斯市科学技术局　　2021 年 6 月 30 日
【高层声音】
自治区研究部署产业链现代化工作。6月18日，自治区党委财经委员会召开会议。
"""
MINUTES = """\
会议纪要
〔2023〕4号
鄂尔多斯市科学技术局办公室    2023年4月12日
4月10日，局长边东主持召开局党组会议。现纪要如下：
一、会议研究了科技特派员选派方案。会议决定，2023年选派市级科技特派员200名。
"""
BULLETIN = """\
　　鄂尔多斯市2020年国民经济和社会发展统计公报
　　2021年3月30日
　　2020年，全市上下统筹推进疫情防控和经济社会发展，经济运行稳定恢复。
"""
UNSIGNED = "这是一段没有标题的文字，只说明参见国发〔2018〕42号和2021年3月5日的情况，没有落款也没有发文机关。"


@pytest.mark.parametrize(
    ("source", "card"),
    [
        (
            NOTICE,
            Card(
                title="乌审旗人民政府关于印发《乌审旗科技创新奖补办法（试行）》的通知",
                number="乌政发〔2022〕15号",
                issuer="乌审旗人民政府",
                date=date(2022, 5, 6),
                printed=date(2022, 5, 7),
                kind="通知",
                region="乌审旗",
            ),
        ),
        (
            BRIEF,
            Card(
                title="工作简报",
                issuer="伊金霍洛旗科学技术局办公室",
                date=date(2022, 9, 30),
                issue="〔2022〕第12期（总第88期）",
                kind="简报",
                region="伊金霍洛旗",
            ),
        ),
        (
            ONE_LINE,
            Card(
                title="鄂尔多斯科技简报",
                issuer="鄂尔多斯市科学技术局",
                date=date(2021, 6, 30),
                issue="第7期",
                kind="简报",
                region="鄂尔多斯市",
            ),
        ),
        (
            MINUTES,
            Card(
                title="会议纪要",
                number="〔2023〕4号",
                issuer="鄂尔多斯市科学技术局办公室",
                date=date(2023, 4, 12),
                kind="纪要",
                region="鄂尔多斯市",
            ),
        ),
        (BULLETIN, Card(title="鄂尔多斯市2020年国民经济和社会发展统计公报", date=date(2021, 3, 30), kind="公报")),
        (UNSIGNED, Card()),
    ],
    ids=["notice", "brief", "one line", "minutes", "bulletin", "unsigned"],
)
def test_cards(source: str, card: Card) -> None:
    assert document_from_text(source, "甲.txt", "").card == card


@pytest.mark.parametrize("first", ["J320585-2021-000213", "1 一", "2024.12.31"])
def test_a_first_line_of_figures_is_no_title(first: str) -> None:
    text = f"{first}\n持证人甲于2021年2月3日登记，登记机关为某市婚姻登记处，特此证明。\n"
    assert document_from_text(text, "甲.txt", "").card.title is None


def test_where_it_was_read_is_said() -> None:
    sources = dict(document_from_text(NOTICE, "甲.txt", "").card_sources)
    assert sources == {
        "title": "版头标题",
        "number": "版头发文字号",
        "issuer": "标题",
        "date": "落款日期",
        "printed": "版记印发日期",
        "kind": "版头标题",
        "region": "标题",
    }


def test_headings_of_an_attachment() -> None:
    document = document_from_text(NOTICE, "甲.txt", "")
    assert [(h.level, h.title) for h in document.headings] == [
        (1, "附件1"),
        (2, "乌审旗科技创新奖补办法（试行）"),
        (3, "第一章 总则"),
        (4, "第一条"),
    ]


@pytest.mark.parametrize(
    ("issuer", "region"),
    [
        ("鄂尔多斯市人民政府", "鄂尔多斯市"),
        ("中共鄂尔多斯市委员会鄂尔多斯市人民政府", "鄂尔多斯市"),
        ("内蒙古自治区科技厅", "内蒙古自治区"),
        ("内蒙古自治区鄂尔多斯市科技局", "内蒙古自治区鄂尔多斯市"),
        ("鄂尔多斯市伊金霍洛旗科学技术局", "鄂尔多斯市伊金霍洛旗"),
        ("北京市海淀区人民政府", "北京市海淀区"),
        ("呼和浩特市市场监督管理局", "呼和浩特市"),
        ("黔东南苗族侗族自治州人民政府", "黔东南苗族侗族自治州"),
        ("锡林郭勒盟行政公署", "锡林郭勒盟"),
        ("国务院办公厅", None),
        ("中国气象局", None),
        ("教育部", None),
        ("自治区科技厅", None),
        ("市科技局", None),
        ("城市管理局", None),
        ("鄂尔多斯应用技术学院", None),
    ],
)
def test_regions(issuer: str, region: str | None) -> None:
    assert region_of(issuer) == region


def test_a_very_short_text_is_warned_of() -> None:
    document = document_from_text("只有一句话。", "甲.txt", "")
    assert document.status is DocumentStatus.WARNINGS
    assert "6 个字" in document.warnings[0]


@pytest.mark.parametrize(
    ("path", "text", "region"),
    [
        ("巴彦淖尔市领导讲话.txt", "同志们：全市盐碱化耕地有484万亩。", "巴彦淖尔市"),
        ("巴彦淖尔市/2023年/讲话.txt", "同志们：我市盐碱化耕地有484万亩。", "巴彦淖尔市"),
        ("巴彦淖尔市领导讲话.txt", "同志们：盐碱化耕地要治理。", None),  # speaks of no home
        ("巴彦淖尔市领导讲话.txt", "同志们：全旗盐碱化耕地有4万亩。", None),  # of another kind
        ("苏州市考察报告.txt", "我市高新技术企业330家，苏州市更多。", None),  # the guests' 我市
        ("北京大学.txt", "我市与北京大学合作。", None),
        ("讲话.txt", "同志们：全市盐碱化耕地有484万亩。", None),
        ("2025年巴彦淖尔市工作情况.txt", "同志们：全市盐碱化耕地有484万亩。", "巴彦淖尔市"),
        ("关于锡林郭勒盟创新平台的调研报告.txt", "全盟登记技术合同96项。", "锡林郭勒盟"),
    ],
)
def test_the_file_may_name_the_place_that_the_text_calls_ours(path: str, text: str, region: str | None) -> None:
    document = document_from_text(text, path, "0" * 64)
    assert document.card.region == region
    assert dict(document.card_sources).get("region") == ("文件名" if region else None)


@pytest.mark.parametrize(
    ("text", "day", "region"),
    [
        (
            "政府工作报告\n——2025年1月8日在伊金霍洛旗第十七届人民代表大会第四次会议上\n伊金霍洛旗人民政府旗长　苏日力格\n\n各位代表：\n现在，我报告工作。\n",
            date(2025, 1, 8),
            "伊金霍洛旗",
        ),
        (
            "在全市科技创新大会上的讲话\n\n市委副书记、市长　韩文博\n（2024年3月21日，根据录音整理）\n\n同志们：\n会议由副市长主持。\n",
            date(2024, 3, 21),
            None,
        ),
        (
            "鄂尔多斯市人民政府专题会议纪要\n〔2024〕37号\n\n科技型企业培育专题会议纪要\n\n9月12日下午，副市长主持召开专题会议。现纪要如下：\n一、会议指出，要加大投入。\n\n"
            "分送：市长、各副市长。\n鄂尔多斯市人民政府办公室　　　　2024年9月18日印发\n",
            date(2024, 9, 18),
            "鄂尔多斯市",
        ),
    ],
)
def test_day_and_place_of_reports_speeches_and_minutes(text: str, day: date, region: str | None) -> None:
    card = document_from_text(text, "文件.txt", "0" * 64).card
    assert (card.date, card.region) == (day, region)
