"""Headings of published documents against what a person read in them (development data, not in a clone)."""

from __future__ import annotations

import json
import re
from pathlib import Path

from qa.reading import passages_of, read_document
from qa.records import BlockRole, DocumentStatus

GOLD: dict[str, list[str]] = json.loads((Path(__file__).parent / "data/headings.json").read_text(encoding="utf-8"))
DOCUMENTS = [name for name in GOLD if name != "_"]
_MARK_ALONE = re.compile(r"\d （[一二三四五六七八九十]+）|\d \d+\.|\d [一二三四五六七八九十]+、")
"""A clause without a title that stands beside titled ones: its mark is kept for the clause path, it is no heading."""


def test_headings_stand_at_their_levels(shared: Path) -> None:
    root = shared / "data/official-documents"
    expected = found_right = given = 0
    for name in DOCUMENTS:
        path = root / name
        document = read_document(path, path.parent)
        found = [f"{heading.level} {heading.title}" for heading in document.headings]
        found = [heading for heading in found if not _MARK_ALONE.fullmatch(heading)]
        expected += len(GOLD[name])
        given += len(found)
        found_right += _common(GOLD[name], found)
    assert len(DOCUMENTS) >= 6
    assert found_right / expected >= 0.97
    assert found_right / given >= 0.97


def _common(first: list[str], second: list[str]) -> int:
    """The length of the longest common subsequence: order counts."""
    row = [0] * (len(second) + 1)
    for heading in first:
        before, row = row, [0]
        for index, other in enumerate(second):
            row.append(before[index] + 1 if heading == other else max(row[-1], before[index + 1]))
    return row[-1]


def test_every_report_is_read_whole(shared: Path) -> None:
    folder = shared / "data/official-documents/provincial-reports-2025"
    files = sorted(folder.glob("*.docx"))
    assert len(files) == 16
    for path in files:
        document = read_document(path, folder)
        assert (document.status, document.warnings) == (DocumentStatus.READ, ())
        assert document.card.title == path.stem
        assert document.card.date is not None
        assert document.card.date.year == 2025
        assert document.card.region is not None
        assert (
            document.card.region[:2] in path.stem
        )  # 广西 and 西藏 by the note that tells at which congress it was read
        assert document.text.count("各位代表") >= 2
        bodies = [passage for passage in passages_of(document) if passage.role is BlockRole.BODY]
        with_clause = [passage for passage in bodies if passage.clause]
        assert len(with_clause) >= 0.85 * len(bodies)


def test_a_clause_path_reads_as_officials_write_it(shared: Path) -> None:
    folder = shared / "data/official-documents"
    report = folder / "provincial-reports-2025/2025年浙江省政府工作报告.docx"
    passage = next(p for p in passages_of(read_document(report, report.parent)) if "养老帮困" in p.text)
    assert passage.clause == "第二部分（十一）第2点"
    rules = next((folder / "state-council/html").glob("*专利代理条例.html"))
    passage = next(p for p in passages_of(read_document(rules, rules.parent)) if p.text.startswith("第十二条"))
    assert passage.clause == "【专利代理条例】第二章第十二条"
