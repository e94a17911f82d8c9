"""The quality watch: nothing garbled passes in silence, nothing sound is complained of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qa.errors import DocumentError
from qa.indexing.quality import LONG_PASSAGE_CHARS, watched
from qa.reading import document_from_text, passages_of, read_document
from qa.records import Block, BlockRole, Document, DocumentStatus, Passage

SOUND = "科技特派员制度在我市也取得了明显效果，累计实施科技开发项目91项，推广新技术384项，引进新品种556个，服务农牧民近3万户。"


def watch(text: str) -> Document:
    document = document_from_text(text, "甲.txt", "0")
    return watched(document, passages_of(document))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("(cid:12)(cid:45)(cid:7)(cid:99) 汉字 (cid:3)(cid:12)(cid:45)", "字形编号"),
        ("\ue001\ue002\ue003\ue004\ue005好\ue006\ue007", "乱码"),
        ("\ufffd\ufffd\ufffd的\ufffd\ufffd一\ufffd\ufffd", "乱码"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        watch(text * 20)
    assert reason in str(caught.value)
    assert "下一步" in str(caught.value)


def test_a_document_without_words_is_refused() -> None:
    with pytest.raises(DocumentError, match="没有读出文字"):
        watched(Document("甲", "甲.pdf", "0", " \n "), ())


def test_text_of_a_mistaken_encoding_is_noted() -> None:
    garbled = (SOUND * 3).encode().decode("gb18030", "replace").replace("\ufffd", "")
    made = watch(garbled)
    assert made.status is DocumentStatus.WARNINGS
    assert any("疑似乱码" in warning for warning in made.warnings)


def test_some_glyph_codes_and_private_characters_are_counted() -> None:
    made = watch(f"{SOUND}(cid:12){SOUND}(cid:13){SOUND}(cid:14)\n{SOUND}\ue001\ue002\ue003\ue004{SOUND}")
    assert any("3 处字形编号（如 (cid:12)）" in warning for warning in made.warnings)
    assert any("4 个私用区字符" in warning for warning in made.warnings)


def test_a_running_head_and_page_numbers_are_noted() -> None:
    lines = [
        line
        for number in range(1, 8)
        for line in ("鄂尔多斯市科学技术局文件", *[f"{SOUND}{n}" for n in range(8)], f"第 {number} 页 共 7 页")
    ]
    text, starts = "\n".join(lines), [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    blocks = tuple(Block(BlockRole.BODY, at, at + len(line)) for at, line in zip(starts, lines, strict=False))
    warnings = watched(Document("甲", "甲.pdf", "0", text, blocks=blocks), ()).warnings
    assert any("“鄂尔多斯市科学技术局文件”重复出现" in warning for warning in warnings)
    assert any("处页码混入了正文" in warning for warning in warnings)


def test_passages_without_end_are_noted() -> None:
    text = "长" * (LONG_PASSAGE_CHARS + 1)
    document = Document("甲", "甲.txt", "0", SOUND + text)
    made = watched(document, [Passage("甲", len(SOUND), len(document.text), text)])
    assert made.warnings == (f"有 1 段超过 {LONG_PASSAGE_CHARS} 字，原文可能没有分段",)


def test_warnings_of_reading_stay_and_none_comes_twice() -> None:
    document = replace(
        document_from_text(f"{SOUND}\ufffd{SOUND}", "甲.txt", "0"), warnings=("原文含有 1 个 �，可能已经丢失文字",)
    )
    assert watched(document, ()).warnings == document.warnings


def test_the_five_documents_are_not_complained_of(corpus: Path) -> None:
    for path in sorted(corpus.glob("*-*.txt")):
        document = read_document(path, corpus)
        assert watched(document, passages_of(document)) == document


def test_real_official_documents_are_not_complained_of(shared: Path) -> None:
    folder = shared / "data" / "official-documents"
    complained = []
    paths = sorted(folder.rglob("*.txt"))
    for path in paths:
        document = read_document(path, folder)
        made = watched(document, passages_of(document))
        complained += [(path.name, each) for each in made.warnings if each not in document.warnings]
    assert len(paths) > 50
    assert complained == []
