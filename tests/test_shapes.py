from __future__ import annotations

import json
from pathlib import Path

from qa.reading import passages_of, read_document
from qa.shapes import document_shape, passage_shape


def test_a_document_tells_its_parts_and_a_passage_its_clause(corpus: Path) -> None:
    document = read_document(corpus / "提案答复函-鄂建提复字2025年185号.txt", corpus)
    passages = passages_of(document)
    shape = json.loads(json.dumps(document_shape(document, len(passages), whole=True)))
    parts = {each["part"]: shape["text"][each["start"] : each["end"]] for each in shape["parts"]}
    assert parts["发文字号"] == "鄂建提复字[2025]185号"
    assert parts["成文日期"] == "2025 年 8 月 7 日"
    assert parts["主送机关"].startswith("九三学社")
    assert parts["印发机关和印发日期"] == "2025年8月8日印发"
    clauses = [passage_shape(passage, document)["clause"] for passage in passages]
    assert clauses[0] is None
    assert "第三部分" in clauses
