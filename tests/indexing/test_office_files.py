"""A corpus of real formats through the real build: what cannot be read leaves the rest alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.adapters.generations import LIBRARY, Generations, Recipe
from qa.adapters.memory import BigramEmbedder
from qa.adapters.sqlite.library import SqliteLibrary
from qa.adapters.sqlite.writer import StagingWriter
from qa.indexing.build import BuildReport, build
from qa.reading import READING_VERSION, passages_of, read_document
from tests.reading.loaders.word_files import level, listed, lists, paragraph, row, table, word_file

RTF = rb"{\rtf1\ansi\ansicpg936 \'d2\'bb\'a1\'a2\'d7\'dc\'cc\'e5\'d2\'aa\'c7\'f3\par}"


def word() -> bytes:
    body = (
        paragraph("关于平台奖励的通知")
        + listed("奖励标准", 1)
        + paragraph("各类平台的奖励见下表。")
        + table(row("级别", "奖励（万元）"), row("国家级", "500"), row("自治区级", "100"))
    )
    return word_file(body, numbering=lists(level(0, "chineseCountingThousand", "%1、")))


def index(corpus: Path, folder: Path, reread: tuple[str, ...] = ()) -> tuple[BuildReport, SqliteLibrary]:
    generations = Generations(folder)
    embedder, analyzer = BigramEmbedder(), JiebaAnalyzer()
    recipe = Recipe(embedder.name, embedder.fingerprint, analyzer.fingerprint, READING_VERSION)
    with generations.writing():
        writer = StagingWriter(generations, recipe, analyzer)
        try:
            report = build(corpus, writer, embedder, read_document, passages_of, reread=reread)
        finally:
            writer.close()
    newest = generations.newest()
    assert newest is not None
    return report, SqliteLibrary(newest / LIBRARY)


def test_a_missing_program_or_a_damaged_file_costs_only_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "通知.docx").write_bytes(word())
    (corpus / "坏.docx").write_bytes(word()[:400])
    (corpus / "旧.doc").write_bytes(RTF)
    (corpus / "页面.html").write_text("<p>全市高新技术企业达到556家，研发投入持续增长。</p>" * 3, encoding="utf-8")
    monkeypatch.setenv("QA_SOFFICE", "/nowhere/soffice")
    report, library = index(corpus, tmp_path / "index")
    assert (report.read, report.failed) == (2, 2)
    reasons = {problem.path: problem.messages[0] for problem in report.problems if problem.status == "failed"}
    assert "LibreOffice" in reasons["旧.doc"]
    assert "损坏" in reasons["坏.docx"]
    assert {each.path for each in library.documents() if each.text} == {"通知.docx", "页面.html"}


def test_clause_and_rows_come_back_from_the_store(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "通知.docx").write_bytes(word())
    _, library = index(corpus, tmp_path / "index")
    (stored,) = library.documents()
    read = read_document(corpus / "通知.docx", corpus)
    assert (stored.text, stored.blocks, stored.headings, stored.pages) == (
        read.text,
        read.blocks,
        read.headings,
        read.pages,
    )
    assert [stored.text[block.start : block.end] for block in stored.blocks if block.table] == [
        "级别：国家级；奖励（万元）：500",
        "级别：自治区级；奖励（万元）：100",
    ]
    assert library.passages_of(stored.id) == passages_of(read)
    assert "第一部分" in {passage.clause for passage in library.passages_of(stored.id)}
