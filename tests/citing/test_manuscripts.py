"""Drafts as files: what is read of them, what is refused and how, and the comments that go back into them."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from qa.citing.finding import Finding, FindingKind, Verdict
from qa.citing.manuscript.reading import MAX_DRAFT_BYTES, Manuscript, read_manuscript, typed_manuscript
from qa.citing.manuscript.word_comments import with_comments
from qa.errors import DocumentError, QaError, UsageError
from tests.citing.checking_corpus import corpus_checker
from tests.citing.word_drafts import RICH_TEXT, rich_draft, with_paragraphs

# ---------------------------------------------------------------------------------------------------------------- reading


def test_tables_notes_boxes_and_tracked_changes_are_read_and_pictures_named() -> None:
    manuscript = read_manuscript("总结.docx", rich_draft())
    assert manuscript.text == RICH_TEXT
    assert manuscript.notes == (
        "稿件中有图片 1 处，其中的文字没有核对",
        "稿件中有修订，按全部接受之后的文字核对",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["稿.txt", "稿.md", "稿.TXT"])
def test_text_in_any_encoding(name: str, encoding: str) -> None:
    words = "2020年，全市科技特派员引进新品种556个。\r\n推广新技术384项。"
    manuscript = read_manuscript(name, words.encode(encoding))
    assert manuscript.text == words.replace("\r\n", "\n")
    assert bool(manuscript.notes) == (not encoding.startswith("utf-8"))


def archive(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.docx", b"", "空文件"),
        ("a.docx", "引进新品种556个。".encode(), "不是 .docx"),
        ("a.docx", b"%PDF-1.7 ...", "PDF"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 Word 文档"),
        ("a.docx", archive(a=b"a"), "里面没有 Word 文档"),
        ("a.docx", archive(**{"word/document.xml": b"<w:document"}), "已损坏"),
        ("a.docx", with_paragraphs("引进新品种556个。")[:-900], "不是 .docx"),
        ("a.docx", archive(**{"word/document.xml": b"0" * 90_000_000}), "太大"),
        ("a.txt", with_paragraphs("引进新品种556个。"), "不是文本文件"),
        ("a.txt", b"\x00\x01\x02" * 50, "不是文本文件"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "另存为 .docx"),
        ("a.pdf", b"%PDF-1.7", ".docx、.md、.txt"),
        ("无扩展名", b"abc", "扩展名是 空"),
        ("a.docx", with_paragraphs(""), "没有文字"),
        ("a.txt", "。。。\n".encode(), "没有文字"),
        ("../../a.md", b" ", "a.md"),
        ("a.txt", b"a" * (MAX_DRAFT_BYTES + 1), "5 MB"),
        ("a.txt", ("稿" * 300_001).encode(), "300000 字"),
    ],
)
def test_what_cannot_be_checked_is_named_with_the_next_step(name: str, data: bytes, says: str) -> None:
    with pytest.raises((UsageError, DocumentError)) as caught:
        read_manuscript(name, data)
    assert says in str(caught.value)
    assert caught.value.hint
    assert ".." not in str(caught.value)


def test_a_typed_draft_without_words_is_refused() -> None:
    with pytest.raises(QaError):
        typed_manuscript(" \n……")
    assert typed_manuscript("第一行\r\n第二行").text == "第一行\n第二行"


# --------------------------------------------------------------------------------------------------------------- comments


def commented(data: bytes) -> list[tuple[str, str]]:
    """(the words of the runs between a comment's marks, the first line of the comment), in the order of the comments."""
    document = Document(BytesIO(data))
    held: dict[str, str] = {}
    open_now: list[str] = []
    for element in document.element.body.iter():
        identity = element.get(qn("w:id")) or ""
        if element.tag == qn("w:commentRangeStart"):
            open_now.append(identity)
        elif element.tag == qn("w:commentRangeEnd"):
            open_now.remove(identity)
        elif element.tag == qn("w:t"):
            for each in open_now:
                held[each] = held.get(each, "") + (element.text or "")
    assert not open_now
    return [(held.get(str(c.comment_id), ""), c.text.split("\n")[0]) for c in document.comments]


def test_comments_stand_at_the_very_words() -> None:
    manuscript = read_manuscript("总结.docx", rich_draft())
    findings = corpus_checker().check(manuscript.text)
    out = with_comments(manuscript, findings)
    assert commented(out) == [
        ("2020年，全市科技特派员引进新品种556个，推广新技术348项。", "【不一致】"),
        ("会议强调要“把科技创新作为推动发展的‘第一工程’来抓”。", "【有据】"),
        ("把科技创新作为推动发展的‘第一工程’来抓", "【引文一致】"),
        ("我市共选派各级科技特派员535人。", "【有据】"),
        ("服务农牧民近3万户。", "【有据】"),
        ("引进新品种565个略", "【不一致】"),
        ("推广新技术384项", "【有据】"),
        ("旁边有文本框", "【未找到】"),
        ("2024年，全市科技支出24.82亿元。", "【有据】"),  # at the run that holds the box
        ("答复函已经印发。", commented(out)[-2][1]),
        ("", "【有据】"),  # a footnote: at its reference in the body
    ]
    comments = [c.text for c in Document(BytesIO(out)).comments]
    assert "数字不同：稿件作“348项”，资料作“384项”" in comments[0]
    assert "出处：《科技简报》2021年第1期（2021年3月25日）【高层声音】" in comments[0]


def test_nothing_else_of_the_draft_changes() -> None:
    manuscript = read_manuscript("总结.docx", rich_draft())
    out = with_comments(manuscript, corpus_checker().check(manuscript.text))
    again = read_manuscript("总结.docx", out)
    assert (again.text, again.notes) == (manuscript.text, manuscript.notes)
    bold = [run.text for p in Document(BytesIO(out)).paragraphs for run in p.runs if run.bold]
    assert bold == ["556个"]
    before, after = (set(zipfile.ZipFile(BytesIO(data)).namelist()) for data in (rich_draft(), out))
    assert before <= after


@pytest.mark.parametrize("cut", range(1, 12))
def test_runs_are_parted_anywhere(cut: int) -> None:
    words = "引进\t新品种556个。"
    manuscript = read_manuscript("a.docx", with_paragraphs(words))
    text = manuscript.text
    findings = [
        Finding(FindingKind.CLAIM, text[a:b], a, b, Verdict.NOT_FOUND)
        for a, b in ((0, cut), (cut, len(text)))
        if text[a:b].strip()
    ]
    out = with_comments(manuscript, findings)
    assert "".join(held for held, _ in commented(out)) == words.replace("\t", "")
    assert read_manuscript("a.docx", out).text == text


def test_a_plain_draft_becomes_a_word_document_with_comments() -> None:
    text = "第一段没有说法\n\n2020年，全市科技特派员引进新品种565个。推广新技术384项。\x0c\n"
    out = with_comments(Manuscript("", text), corpus_checker().check(text))
    assert ("2020年，全市科技特派员引进新品种565个。", "【不一致】") in commented(out)
    assert [p.text for p in Document(BytesIO(out)).paragraphs][1].startswith("2020年")


def test_own_comments_of_the_draft_stay() -> None:
    document = Document()
    run = document.add_paragraph().add_run("2020年，全市科技特派员引进新品种556个。")
    document.add_comment(run, "请核实", "同事")
    out = BytesIO()
    document.save(out)
    manuscript = read_manuscript("a.docx", out.getvalue())
    texts = [
        c.text for c in Document(BytesIO(with_comments(manuscript, corpus_checker().check(manuscript.text)))).comments
    ]
    assert texts[0] == "请核实"
    assert texts[1].startswith("【有据】")


def test_libreoffice_opens_it_with_its_comments(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice (soffice) on the PATH")
    manuscript = read_manuscript("总结.docx", rich_draft())
    path = tmp_path / "总结.docx"
    path.write_bytes(with_comments(manuscript, corpus_checker().check(manuscript.text)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "odt", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    content = zipfile.ZipFile(tmp_path / "总结.odt").read("content.xml").decode()
    assert content.count("<office:annotation ") == 11
    assert "稿件作“348项”，资料作“384项”" in content
