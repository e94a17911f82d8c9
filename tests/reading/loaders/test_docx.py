"""What a Word file holds and how it is read; each file is written in the test."""

from __future__ import annotations

import io
import zipfile

import pytest

from qa.errors import DocumentError
from qa.ports import Loaded
from qa.reading import document_from, passages_of
from qa.reading.loaders.docx import DocxLoader
from tests.reading.loaders.word_files import (
    W,
    cell,
    level,
    listed,
    lists,
    paragraph,
    row,
    run,
    table,
    word_file,
    zipped,
)


def load(body: str, **parts: str) -> Loaded:
    return DocxLoader().load(word_file(body, **parts), "通知.docx")


def texts(body: str, **parts: str) -> list[str]:
    return [line.text for line in load(body, **parts).lines or ()]


def test_tracked_changes_are_taken_as_accepted() -> None:
    body = paragraph(
        run("全市共有")
        + f'<w:del w:id="1">{run("565").replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")}</w:del>'
        + f'<w:ins w:id="2">{run("556")}</w:ins>'
        + run("个。")
        + f"<w:moveFrom>{run('移走的话')}</w:moveFrom><w:moveTo>{run('移来的话')}</w:moveTo>"
    )
    loaded = load(body)
    assert loaded.text == "全市共有556个。移来的话"
    (warning,) = loaded.warnings
    assert "修订" in warning
    assert "接受" in warning


def test_a_deleted_paragraph_end_joins_and_a_deleted_row_is_gone() -> None:
    joined = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('前半句，')}</w:p>" + paragraph("后半句。")
    rows = table(row("指标", "数值"), row("甲", "1", marks="<w:del/>"), row("乙", "2"))
    assert texts(joined + rows) == ["前半句，后半句。", "指标：乙；数值：2"]


def test_automatic_numbers_of_official_documents() -> None:
    numbering = lists(
        level(0, "chineseCountingThousand", "%1、"),
        level(1, "chineseCountingThousand", "（%2）"),
        level(2, "decimal", "%3."),
    )
    body = "".join(
        [
            listed("总体要求", 1),
            listed("指导思想", 1, 1),
            listed("基本原则", 1, 1),
            listed("问题导向", 1, 2),
            listed("开放融合", 1, 2),
            listed("主要任务", 1),
            listed("建设平台", 1, 1),
        ]
    )
    assert texts(body, numbering=numbering) == [
        "一、总体要求",
        "（一）指导思想",
        "（二）基本原则",
        "1. 问题导向",
        "2. 开放融合",
        "二、主要任务",
        "（一）建设平台",
    ]


def test_articles_run_on_through_the_chapters() -> None:
    numbering = lists(
        level(0, "chineseCountingThousand", "第%1章"),
        level(1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>'),
    )
    body = "".join(
        listed(text, 1, depth)
        for text, depth in (("总则", 0), ("为了规范", 1), ("本条例", 1), ("附则", 0), ("自公布", 1))
    )
    assert texts(body, numbering=numbering) == [
        "第一章 总则",
        "第一条 为了规范",
        "第二条 本条例",
        "第二章 附则",
        "第三条 自公布",
    ]


def test_a_list_that_a_style_brings() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="T2"><w:name w:val="标题 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="T3"><w:name w:val="own"/><w:basedOn w:val="T2"/></w:style>'
    )
    numbering = lists(level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    body = "".join(
        paragraph(text, f'<w:pStyle w:val="{style}"/>') for text, style in (("甲", "T1"), ("乙", "T2"), ("丙", "T3"))
    )
    loaded = load(body, styles=styles, numbering=numbering)
    assert [(line.text, line.heading) for line in loaded.lines or ()] == [("I. 甲", 1), ("1.1 乙", 2), ("1.2 丙", 2)]


def test_an_override_starts_a_list_anew() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1、")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = listed("甲", 1) + listed("乙", 1) + listed("丙", 2) + listed("丁", 2)
    assert texts(body, numbering=numbering) == ["1、甲", "2、乙", "1、丙", "2、丁"]


def test_bullets_and_numbers_that_were_taken_off_print_nothing() -> None:
    body = listed("要点", 1) + listed("无号", 0) + listed("不存在的列表", 9)
    assert texts(body, numbering=lists(level(0, "bullet", "●"))) == ["要点", "无号", "不存在的列表"]


def test_text_boxes_content_controls_and_links_are_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('红头文件')}</w:txbxContent>"
    shape = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    body = (
        paragraph(f"<w:r>{shape}</w:r>{run('鄂科发〔2024〕1号')}")
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('控件里的话')}</w:sdtContent></w:sdt>"
        + paragraph(f"<w:hyperlink>{run('链接')}</w:hyperlink><w:smartTag>{run('标记')}</w:smartTag>")
    )
    assert texts(body) == ["鄂科发〔2024〕1号", "红头文件", "控件里的话", "链接标记"]


def test_a_footnote_stands_after_its_paragraph_and_leaves_the_sentence_whole() -> None:
    notes = (
        f'<w:footnote w:type="separator" w:id="-1">{paragraph("——")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph(" 数据来源：市统计局。")}</w:footnote>'
    )
    body = paragraph(run("增长5.8") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("%。")) + paragraph("下一段。")
    assert texts(body, footnotes=notes) == ["增长5.8%。", "［注1］数据来源：市统计局。", "下一段。"]


def test_hidden_text_instructions_and_the_table_of_contents_are_left_out() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="toc 1"/></w:style>'
    body = (
        paragraph("总则……1", '<w:pStyle w:val="C"/>')
        + paragraph(run("显示") + run("隐藏", "<w:vanish/>") + "<w:r><w:instrText>PAGE</w:instrText></w:r>")
        + paragraph(run("第3页"))
    )
    assert texts(body, styles=styles) == ["显示", "第3页"]


def test_soft_breaks_are_line_ends_and_bold_is_known() -> None:
    body = paragraph(run("（一）加强领导。", "<w:b/>") + run("各部门要") + "<w:r><w:br/></w:r>" + run("落实。"))
    first, second = load(body).lines or ()
    assert (first.text, first.bold, second.text) == ("（一）加强领导。各部门要", ((0, 8),), "落实。")


def test_a_table_keeps_its_header_in_every_row() -> None:
    body = paragraph("表1 主要指标") + table(
        row("指标", "单位", "2024年"),
        row("地区生产总值", "亿元", "6363"),
        row("规上工业企业", "家", ""),
    )
    assert texts(body) == [
        "表1 主要指标",
        "指标：地区生产总值；单位：亿元；2024年：6363",
        "指标：规上工业企业；单位：家",
    ]


def test_merged_cells_stand_in_every_place_that_they_cover() -> None:
    body = table(
        row(cell("旗区", '<w:vMerge w:val="restart"/>'), cell("企业", '<w:gridSpan w:val="2"/>')),
        row(cell("", "<w:vMerge/>"), "总数", "高新技术"),
        row(cell("准格尔旗", '<w:vMerge w:val="restart"/>'), "120", "30"),
        row(cell("", "<w:vMerge/>"), "130", "35"),
        row(cell("一、合计部分", '<w:gridSpan w:val="3"/>')),
    )
    assert texts(body) == [
        "旗区：准格尔旗；企业 总数：120；企业 高新技术：30",
        "旗区：准格尔旗；企业 总数：130；企业 高新技术：35",
        "一、合计部分",
    ]


def test_a_frame_of_one_cell_is_no_table() -> None:
    loaded = load(table(row(f"<w:tc>{paragraph('鄂尔多斯市科学技术局文件')}{paragraph('鄂科发〔2024〕1号')}</w:tc>")))
    assert [(line.text, line.table) for line in loaded.lines or ()] == [
        ("鄂尔多斯市科学技术局文件", False),
        ("鄂科发〔2024〕1号", False),
    ]


def test_a_cell_is_found_with_its_header_and_caption() -> None:
    rows = [row("旗区", "企业数（家）", "增长")] + [row(f"第{n}旗", str(100 + n), f"{n}%") for n in range(1, 40)]
    body = paragraph("关于高新技术企业情况的报告") + paragraph("一、基本情况") + paragraph("全市情况见下表。")
    document = document_from(load(body + paragraph("表1 高新技术企业情况") + table(*rows)), "报告.docx", "")
    holding = [passage for passage in passages_of(document) if "旗区：第33旗；企业数（家）：133" in passage.text]
    (passage,) = holding
    assert passage.lead == "表1 高新技术企业情况"
    assert passage.heading_path == ("一、基本情况",)
    assert document.text[passage.start : passage.end] == passage.text


def test_the_strict_form_of_the_format_is_read_too() -> None:
    """ISO strict files have other namespaces for the same elements."""
    body = listed("总则", 1) + paragraph(run("粗体", "<w:b/>") + run("正文"))
    data = word_file(body, numbering=lists(level(0, "chineseCountingThousand", "第%1章")))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    loaded = DocxLoader().load(zipped({name: text.replace(W, strict) for name, text in files.items()}), "a.docx")
    first, second = loaded.lines or ()
    assert (first.text, second.text, second.bold) == ("第一章 总则", "粗体正文", ((0, 2),))


def test_clause_paths_follow_automatic_numbers() -> None:
    numbering = lists(level(0, "chineseCountingThousand", "%1、"), level(1, "chineseCountingThousand", "（%2）"))
    body = (
        paragraph("关于加强管理的通知")
        + listed("总体要求", 1)
        + paragraph("要坚持目标导向。")
        + listed("重点任务", 1)
        + listed("建设平台。由科技局牵头，年底前建成。", 1, 1)
        + listed("培育企业。由工信局牵头，年底前完成。", 1, 1)
    )
    document = document_from(load(body, numbering=numbering), "通知.docx", "")
    clauses = {passage.text[:6]: passage.clause for passage in passages_of(document)}
    assert clauses["一、总体要求"] == "第一部分"
    assert clauses["二、重点任务"] == "第二部分（一）"
    assert clauses["（二）培育企"] == "第二部分（二）"


def test_a_file_whose_printed_lines_were_made_paragraphs_is_joined() -> None:
    prose = (
        "全市上下坚持以创新驱动发展战略为统领，深入实施科技突围工程，加快建设区域科技创新中心，研发经费投入强度持续提升。"
        * 12
    )
    lines = [prose[start : start + 33] for start in range(0, len(prose), 33)]
    document = document_from(load(paragraph("关于科技创新的报告") + "".join(map(paragraph, lines))), "报告.docx", "")
    assert prose in document.text
    apart = document_from(
        load(paragraph("标题") + paragraph("第一段没有句号") + paragraph("第二段也没有")), "a.docx", ""
    )
    assert apart.text == "标题\n第一段没有句号\n第二段也没有"


def failure(data: bytes) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        DocxLoader().load(data, "附件.docx")
    assert caught.value.message.startswith("附件.docx")
    assert caught.value.reason
    assert caught.value.hint
    return caught.value


def test_a_picture_of_a_page_is_named() -> None:
    picture = '<w:r><w:drawing><wp:inline><wp:extent cx="5400000" cy="7200000"/><blip/></wp:inline></w:drawing></w:r>'
    assert "图片" in failure(word_file(paragraph(picture))).reason
    (warning,) = load(paragraph("正文。") + paragraph(picture)).warnings
    assert "图片" in warning
