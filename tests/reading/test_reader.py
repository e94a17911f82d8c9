from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from qa.errors import DocumentError
from qa.reading import READING_VERSION, document_from_text, passages_of, read_document
from qa.records import DocumentStatus
from tests.reading.test_corpus_documents import CARDS

TEXT = "鄂尔多斯市科学技术局关于开展科技计划项目申报工作的通知\n\n各旗区科技局：\n\n现将有关事项通知如下，请抓紧组织申报。\n"

# Raise READING_VERSION together with a new digest: old indexes must then be read again.
DIGESTS = {7: "0dd7fa4e2fb79a5d"}


def test_a_file_in_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "通知" / "2022年.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    document = read_document(path, tmp_path)
    assert (document.id, document.path) == ("通知~2022年", "通知/2022年.txt")
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.card.issuer == "鄂尔多斯市科学技术局"


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16", "utf-16-le", "utf-8-sig"])
def test_the_same_words_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "通知.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    document = read_document(path, tmp_path)
    path.write_text(TEXT, encoding="utf-8")
    plain = read_document(path, tmp_path)
    assert (document.text, document.card, document.blocks) == (plain.text, plain.card, plain.blocks)
    assert plain.status is DocumentStatus.READ
    assert (document.status is DocumentStatus.WARNINGS) == (encoding != "utf-8-sig")


def test_an_unknown_format_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "表.xyz"
    path.write_text("甲", encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        read_document(path, tmp_path)
    assert "表.xyz" in caught.value.message
    assert ".txt" in caught.value.hint


def test_what_is_read_changes_only_with_the_version(corpus: Path) -> None:
    digest = hashlib.sha256()
    for name in sorted(CARDS):
        document = read_document(corpus / f"{name}.txt", corpus)
        digest.update(repr((document, passages_of(document))).encode())
    article = document_from_text("红钻鱼是笛鲷科的其中一个种。" + "本鱼栖息在礁区水流湍急处。" * 40, "a.txt", "0" * 64)
    digest.update(repr((article, passages_of(article))).encode())
    assert digest.hexdigest()[:16] == DIGESTS.get(READING_VERSION), "raise READING_VERSION and note the new digest"
