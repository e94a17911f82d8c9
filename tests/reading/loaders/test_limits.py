"""Every limit of a file, crossed by one: refused in words that name it, or read as far as it goes and said so."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from qa.errors import DocumentError
from qa.reading.loaders import (
    archive,
    csv_table,
    html,
    html_tables,
    loader_for,
    mail_parts,
    ofd_pages,
    package,
    pdf,
    sheet,
    sheet_rows,
    slide_texts,
)
from qa.reading.loaders.archive import held_in, member_bytes
from qa.reading.loaders.files import MAX_FILE_BYTES
from qa.reading.loaders.limits import MAX_BINARY_BYTES
from qa.reading.loaders.mail import MailLoader
from qa.reading.loaders.package import Package
from qa.reading.reader import load_file
from tests.reading.loaders.ofd_writer import ofd
from tests.reading.loaders.pdf_writer import paragraph
from tests.reading.loaders.pdf_writer import pdf as made_pdf
from tests.reading.loaders.test_archive import LETTER, packed
from tests.reading.loaders.test_mail import mail
from tests.reading.loaders.test_sheet import workbook
from tests.reading.loaders.test_slides import slides

WORDS = "市科技局引进新品种五百五十六个，服务农牧民近三万户，带动合作社等服务对象实现经济效益。"


@pytest.mark.parametrize(
    ("suffix", "limit"),
    [*((each, MAX_FILE_BYTES) for each in (".txt", ".md", ".html", ".csv")),
     *((each, MAX_BINARY_BYTES) for each in (".docx", ".pdf", ".ofd", ".xlsx", ".pptx", ".eml", ".zip"))],
)  # fmt: skip
def test_one_byte_more_than_a_file_may_have(tmp_path: Path, suffix: str, limit: int) -> None:
    path = tmp_path / f"大{suffix}"
    loader = loader_for(path)
    assert loader is not None
    assert loader.max_bytes == limit
    with path.open("wb") as file:
        file.truncate(limit + 1)
    with pytest.raises(DocumentError, match="太大") as caught:
        load_file(path)
    assert f"上限 {limit // 1024**2} MB" in caught.value.reason


def test_cells_of_text_tables_and_workbooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_table, "MAX_CELLS", 6)
    loaded = csv_table.parse("指标,单位,数值\n引进品种,个,556\n推广技术,项,384\n".encode(), "表.csv")
    assert loaded.warnings == ("单元格超过 6 个的上限，后面的行没有读入；请拆成几个文件",)
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook())
    monkeypatch.setattr(sheet_rows, "MAX_CELLS", 4)
    found = sheet_rows.read_sheets(str(path), path.name)
    assert found["cut"] == ["主要指标"]
    assert any("从工作表“主要指标”起没有读完" in each for each in sheet._warnings(found))


def test_rows_and_columns_of_tables_on_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    def warnings(rows: int, columns: int) -> tuple[str, ...]:
        row = "<tr>" + "<td>数值</td>" * columns + "</tr>"
        return html.parse(
            f"<p>全市引进新品种五百五十六个。</p><table>{row * rows}</table>".encode(), "表.html"
        ).warnings

    monkeypatch.setattr(html_tables, "MAX_ROWS", 4)
    assert warnings(4, 3) == ()
    assert "后面的没有读入" in warnings(5, 3)[0]
    assert warnings(2, html_tables.MAX_COLUMNS) == ()
    assert "后面的没有读入" in warnings(2, html_tables.MAX_COLUMNS + 1)[0]


def test_pages_of_slides_and_ofd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (slide_texts, ofd_pages):
        monkeypatch.setattr(module, "MAX_PAGES", 1)
    path = tmp_path / "汇报.pptx"
    path.write_bytes(slides())
    with pytest.raises(DocumentError, match="有 2 页") as caught:
        slide_texts.read_slides(str(path), path.name)
    assert "上限 1 页" in caught.value.reason
    path = tmp_path / "公文.ofd"
    path.write_bytes(ofd(["", ""]))
    with pytest.raises(DocumentError, match="有 2 页"):
        ofd_pages.read_pages(str(path))


def test_scanned_pages_and_the_time_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object) -> None:
        raise DocumentError("读取超时")

    monkeypatch.setattr(pdf, "MAX_OCR_PAGES", 2)
    monkeypatch.setattr(pdf, "ocr_available", lambda: True)
    monkeypatch.setattr(pdf, "recognise", slow)
    readable, codes = paragraph(WORDS, 160), made_pdf([paragraph(WORDS, 160)] * 3, readable=False)
    path = tmp_path / "扫描.pdf"
    path.write_bytes(codes)
    pages = pdf._digital_pages(path, path.name)
    told = pdf._recognise_pages(pages, path, tmp_path / "page.png", path.name)
    assert "第 1–2 页识别失败或超时，没有读入" in told
    assert "扫描页超过 2 页的上限，第 3 页没有读入；请拆成几个文件" in told
    assert pdf.PdfLoader().load(made_pdf([readable]), "好.pdf").text


def test_parts_and_attachments_of_a_mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = mail("", *((f"{number}.txt", b"x") for number in range(mail_parts.MAX_ATTACHMENTS + 1)))
    assert "附件有 51 个，只读了前 50 个" in MailLoader().load(many, "信.eml").warnings
    message = EmailMessage()
    message["Subject"] = "附件多"
    message.set_content("正文一段，写着全市引进新品种五百五十六个。")
    for _ in range(mail_parts.MAX_PARTS):
        message.add_attachment(b"", maintype="image", subtype="png")
    assert any("1000 个部分的上限" in each for each in MailLoader().load(message.as_bytes(), "信.eml").warnings)
    monkeypatch.setattr(mail_parts, "MAX_HEADER_CHARS", 4)
    path = tmp_path / "信.eml"
    path.write_bytes(b"Subject: 123456789\n\nx\n")
    assert mail_parts.read_mail(str(path), str(tmp_path), "信.eml")["headers"] == [("1234", 1)]


def test_an_attachment_that_is_too_large_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.reading.loaders.text.TextLoader.max_bytes", 10)
    assert "附件 甲.txt 没有读入：太大" in MailLoader().load(mail("", ("甲.txt", b"x" * 11)), "信.eml").warnings


def test_members_of_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBER_BYTES", 2 * len(LETTER))
    path = tmp_path / "来文.zip"
    long = "长" * archive.MAX_NAME_CHARS + ".txt"
    path.write_bytes(packed({"小.txt": LETTER, "大.txt": LETTER * 3, long: LETTER}))
    held = held_in(path)
    assert held.members == ("小.txt",)
    refused = dict(held.refused)
    assert "上限 0 MB" in refused["大.txt"]
    assert "文件名不合规" in refused.values()
    with pytest.raises(DocumentError, match="太大"):
        member_bytes(path, "小.txt", max_bytes=10)


def test_parts_of_packed_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed({"a.xml": b"<a/>" * 100, "b.xml": b"<b/>"})
    with pytest.raises(DocumentError) as caught:
        Package(data, "甲.docx").xml("a.xml", 399)
    assert "部件 a.xml 解压后超过" in caught.value.reason
    with monkeypatch.context() as patch:
        patch.setattr(package, "MAX_UNPACKED_BYTES", 403)
        with pytest.raises(DocumentError) as caught:
            Package(data, "甲.docx")
        assert "解压后" in caught.value.reason
    monkeypatch.setattr(package, "MAX_MEMBERS", 1)
    with pytest.raises(DocumentError) as caught:
        Package(data, "甲.docx")
    assert "内有 2 个部件，上限 1" in caught.value.reason
