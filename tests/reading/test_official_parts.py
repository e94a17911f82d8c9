"""A document laid out by GB/T 9704, written as Word writes it: numbers are automatic, 版记 is a table."""

from __future__ import annotations

from datetime import date

import pytest

from qa.reading import document_from, passages_of
from qa.reading.loaders.docx import DocxLoader
from qa.reading.official_parts import OfficialPart, official_parts
from qa.reading.reader import document_from_text
from qa.records import Card, Document
from tests.reading.loaders.word_files import level, listed, lists, paragraph, row, table, word_file

NUMBERING = lists(
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "（%4）"),
)
BODY = "".join(
    [
        *map(paragraph, ("000012", "机密★1年", "特急", "鄂尔多斯市人民政府文件")),
        paragraph("鄂府发〔2024〕12号　　　　签发人：张三　李四"),
        paragraph("鄂尔多斯市人民政府关于"),
        paragraph("加快推进科技创新的实施意见"),
        paragraph("各旗区人民政府，市人民政府各部门，各直属单位："),
        paragraph("为深入贯彻落实自治区科技大会精神，现提出如下意见。"),
        listed("总体要求", 1),
        paragraph("坚持创新驱动，到2025年研发经费投入强度达到2%。"),
        listed("重点任务", 1),
        listed("培育创新主体。对首次认定的高新技术企业给予30万元奖励。", 1, 1),
        listed("支持企业建设研发机构。", 1, 2),
        listed("新认定的国家级平台奖励500万元。", 1, 3),
        listed("新认定的自治区级平台奖励100万元。", 1, 3),
        listed("建设创新平台。加快建设鄂尔多斯实验室。", 1, 1),
        paragraph("附件：1.重点任务分工表"),
        paragraph("　　　2.奖励标准表"),
        *map(paragraph, ("鄂尔多斯市人民政府", "2024年3月15日", "（此件公开发布）")),
        *map(paragraph, ("附件1", "重点任务分工表")),
        table(row("序号", "任务", "责任单位"), row("1", "培育企业", "市科技局")),
        *map(paragraph, ("附件2", "奖励标准表")),
        table(row("平台级别", "奖励（万元）"), row("国家级", "500"), row("自治区级", "100")),
        table(
            row("抄送：市委办公室，市人大常委会办公室，市政协办公室。"),
            row("鄂尔多斯市人民政府办公室　　　　2024年3月18日印发"),
        ),
    ]
)


@pytest.fixture(scope="module")
def document() -> Document:
    return document_from(DocxLoader().load(word_file(BODY, numbering=NUMBERING), "意见.docx"), "意见.docx", "")


def test_card(document: Document) -> None:
    assert document.card == Card(
        title="鄂尔多斯市人民政府关于加快推进科技创新的实施意见",
        number="鄂府发〔2024〕12号",
        issuer="鄂尔多斯市人民政府",
        date=date(2024, 3, 15),
        printed=date(2024, 3, 18),
        kind="意见",
        region="鄂尔多斯市",
    )


def test_every_part_of_the_standard(document: Document) -> None:
    parts = [(str(part), document.text[start:end].split("\n")[0]) for part, start, end in official_parts(document)]
    assert parts == [
        ("份号", "000012"),
        ("密级和保密期限", "机密★1年"),
        ("紧急程度", "特急"),
        ("发文机关标志", "鄂尔多斯市人民政府文件"),
        ("发文字号", "鄂府发〔2024〕12号"),
        ("签发人", "张三　李四"),
        ("标题", "鄂尔多斯市人民政府关于加快推进科技创新的实施意见"),
        ("主送机关", "各旗区人民政府，市人民政府各部门，各直属单位："),
        ("附件说明", "附件：1.重点任务分工表"),
        ("发文机关署名", "鄂尔多斯市人民政府"),
        ("成文日期", "2024年3月15日"),
        ("附注", "（此件公开发布）"),
        ("附件", "附件1"),
        ("附件", "附件2"),
        ("抄送机关", "抄送：市委办公室，市人大常委会办公室，市政协办公室。"),
        ("印发机关和印发日期", "鄂尔多斯市人民政府办公室　　　　2024年3月18日印发"),
    ]


def test_levels_and_clause_paths(document: Document) -> None:
    assert [(heading.level, heading.title) for heading in document.headings] == [
        (1, "一、总体要求"),
        (1, "二、重点任务"),
        (2, "（一）培育创新主体"),
        (3, "1. 支持企业建设研发机构"),
        (2, "（二）建设创新平台"),
        (1, "附件1"),
        (2, "重点任务分工表"),
        (1, "附件2"),
        (2, "奖励标准表"),
    ]
    clauses = {passage.clause: passage for passage in passages_of(document) if passage.clause}
    assert list(clauses) == [
        "第一部分",
        "第二部分（一）",
        "第二部分（一）第1点",
        "第二部分（二）",
        "【附件1】“重点任务分工表”",
        "【附件2】“奖励标准表”",
    ]
    assert "（1）新认定的国家级平台奖励500万元。" in clauses["第二部分（一）第1点"].text


def test_a_cell_of_an_attachment_answers_by_itself(document: Document) -> None:
    assert "平台级别：国家级；奖励（万元）：500" in document.text
    assert "序号：1；任务：培育企业；责任单位：市科技局" in document.text


def test_the_names_of_attachments_are_no_points_of_the_text() -> None:
    lines = (
        "关于印发《科技创新券管理办法》的通知",
        "各旗区科技局：",
        "一、总体要求",
        "1.强化投入。每家企业最高补助20万元。",
        "附件：1.科技创新券管理办法",
        "2.兑付标准",
        "3.申请表",
        "鄂尔多斯市科学技术局",
        "2025年3月18日",
        "附件1",
        "科技创新券管理办法",
        "1.每家企业每年申请一次。",
    )
    made = document_from(DocxLoader().load(word_file("".join(map(paragraph, lines))), "通知.docx"), "通知.docx", "")
    titles = [heading.title for heading in made.headings]
    assert titles[:2] == ["一、总体要求", "1.强化投入"]
    assert titles[2] == "附件1"
    (note,) = [each for each in official_parts(made) if each.part is OfficialPart.ATTACHMENT_NOTE]
    assert made.text[note.start : note.end].split("\n")[-1] == "3.申请表"


def test_a_document_of_two_organisations() -> None:
    text = (
        "内蒙古自治区科学技术厅\n内蒙古自治区财政厅　文件\n内科发〔2024〕33号\n\n"
        "内蒙古自治区科学技术厅　内蒙古自治区财政厅\n关于下达2024年科技计划项目经费的通知\n\n"
        "各盟市科技局、财政局：\n\n　　现将2024年经费下达给你们，请专款专用。\n\n"
        "　　　内蒙古自治区科学技术厅　　内蒙古自治区财政厅\n　　　　　2024年5月6日\n"
    )
    made = document_from_text(text, "联合.txt", "")
    parts = {each.part: made.text[each.start : each.end] for each in official_parts(made)}
    assert parts[OfficialPart.BAND] == "内蒙古自治区科学技术厅\n内蒙古自治区财政厅　文件"
    assert made.card.issuer == "内蒙古自治区科学技术厅、内蒙古自治区财政厅"
    assert made.card.date == date(2024, 5, 6)


def test_the_number_of_a_decree() -> None:
    text = "鄂尔多斯市人民政府令\n第12号\n《鄂尔多斯市科技促进办法》已经市人民政府第5次常务会议审议通过，现予公布。\n"
    made = document_from_text(text, "令.txt", "")
    parts = {each.part: made.text[each.start : each.end] for each in official_parts(made)}
    assert (parts[OfficialPart.BAND], parts[OfficialPart.NUMBER]) == ("鄂尔多斯市人民政府令", "第12号")
