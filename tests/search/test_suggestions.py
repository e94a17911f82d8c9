"""What a first-time visitor is offered."""

from __future__ import annotations

import json
from pathlib import Path

from qa.records import Document, Passage
from qa.search.suggestions import suggest

DOCUMENT = Document("简报", "简报.txt", "0" * 64, "文字")
PASSAGE = Passage("简报", 0, 2, "文字", lead="巧借退休人员解决难题")


def row(id: str, question: str, **changes: object) -> str:
    made = {
        "id": id,
        "question": question,
        "type": "fact_number",
        "answers": ["1"],
        "evidence": [{"doc": "简报.txt", "quote": "文"}],
    }
    return json.dumps(made | changes, ensure_ascii=False)


def test_only_answerable_questions_of_the_dev_half_about_these_documents(tmp_path: Path) -> None:
    lines = (
        row("Q002", "测试一半的题目引进了多少个？"),
        row("Q001", "开发一半的题目引进了多少个？"),
        row("Q003", "别的文档里的题目引进了多少个？", evidence=[{"doc": "别的.txt", "quote": "文"}]),
        row("Q005", "没有答案的题目引进了多少个？", answers=[]),
        "not json",
        row("N", "没有编号的题目引进了多少个？"),
    )
    (tmp_path / "set.jsonl").write_text("\n".join(lines), "utf-8")
    assert suggest([DOCUMENT], [PASSAGE], tmp_path, 6) == [
        "开发一半的题目引进了多少个？",
        "巧借退休人员解决难题，主要内容是什么？",
    ]


def test_documents_without_a_question_take_no_place_of_those_with_one(tmp_path: Path) -> None:
    (tmp_path / "set.jsonl").write_text(row("Q001", "开发一半的题目引进了多少个？"), "utf-8")
    others = [Document(f"上传{n}", f"上传{n}.docx", "0" * 64, "文字") for n in range(20)]
    heading = Passage("上传1", 0, 2, "文字", lead="（一）实施重大项目谋划行动")
    assert suggest([*others, DOCUMENT], [heading], tmp_path, 2) == [
        "开发一半的题目引进了多少个？",
        "实施重大项目谋划行动，主要内容是什么？",
    ]


def test_without_an_evaluation_set_the_titles_of_items(tmp_path: Path) -> None:
    assert suggest([DOCUMENT], [PASSAGE], tmp_path / "none", 6) == ["巧借退休人员解决难题，主要内容是什么？"]
    assert suggest([], [], tmp_path, 6) == []
