"""Taking drafts apart, and checking them whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.citing.draft import MAX_DRAFT_CHARS, draft_parts, without_markup
from qa.citing.finding import FindingKind, Verdict, finding_shape
from qa.errors import UsageError
from tests.citing.checking_corpus import corpus_checker, read_corpus

CLAIM, QUOTATION = FindingKind.CLAIM, FindingKind.QUOTATION


def claims(draft: str) -> list[str]:
    return [draft[part.start : part.end] for part in draft_parts(draft) if part.kind is CLAIM]


def quotations(draft: str) -> list[str]:
    return [draft[part.start : part.end] for part in draft_parts(draft) if part.kind is QUOTATION]


# -------------------------------------------------------------------------------------------------------------- splitting


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("", []),
        ("\n \n", []),
        ("引进新品种556个。推广新技术384项！", ["引进新品种556个。", "推广新技术384项！"]),
        ("# 科技工作总结\n\n引进新品种556个。", ["引进新品种556个。"]),
        ("一、总体情况\n引进新品种556个。", ["引进新品种556个。"]),
        ("主要做法如下：\n引进新品种556个。", ["引进新品种556个。"]),
        ("- 引进新品种556个。\n- 推广新技术384项。", ["引进新品种556个。", "推广新技术384项。"]),
        ("1. 引进新品种556个。\n> 推广新技术384项。", ["引进新品种556个。", "推广新技术384项。"]),
        ("```\n引进新品种556个。\n```\n推广新技术384项。", ["推广新技术384项。"]),
        ("<!-- 引进新品种556个。 -->推广新技术384项。", ["推广新技术384项。"]),
        ("引进新品种**556个**[^1]，推广新技术384项[2]。", ["引进新品种**556个**[^1]，推广新技术384项[2]。"]),
        ("| 项目 | 数量 |\n|---|---|\n", []),
        ("谢谢。", []),
        ("All in English, no claim here.", []),
    ],
)
def test_claims(draft: str, expected: list[str]) -> None:
    assert claims(draft) == expected


def test_lines_broken_inside_a_sentence_are_one_claim() -> None:
    draft = "二〇二〇年，全市各级科技特派员累计实施科技开发项目九十一项，结\n成利益共同体三十七个。\n\n另起一段。"
    assert claims(draft) == ["二〇二〇年，全市各级科技特派员累计实施科技开发项目九十一项，结\n成利益共同体三十七个。"]


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("要“揭榜挂帅”，也要「三清零」和『双倍增』。", ["揭榜挂帅", "三清零", "双倍增"]),
        ("他说：“把‘第一工程’抓好，落实“双区”共创。”完。", ["把‘第一工程’抓好，落实“双区”共创。"]),
        ('推进"揭榜挂帅"。', ["揭榜挂帅"]),
        ("没有闭合的“引号\n下一段”不是引文。", []),
        ("空引号“”与单字“好”不算。", []),
        ("```\n“代码”\n```", []),
    ],
)
def test_quotations(draft: str, expected: list[str]) -> None:
    assert quotations(draft) == expected


def test_a_claim_comes_before_the_quotations_in_it() -> None:
    parts = draft_parts("“揭榜挂帅”是一项新举措。另一句话在这里。")
    assert [part.kind for part in parts] == [CLAIM, QUOTATION, CLAIM]


def test_too_long_a_draft_is_refused_with_the_next_step() -> None:
    with pytest.raises(UsageError) as caught:
        draft_parts("稿" * (MAX_DRAFT_CHARS + 1))
    assert str(MAX_DRAFT_CHARS) in caught.value.message
    assert caught.value.hint


@given(st.text(alphabet="引进新品种556个。，“”「」\n #*|-`[]()<>1.：abc 一、", max_size=120))
def test_parts_lie_in_the_draft_and_markup_keeps_its_length(draft: str) -> None:
    assert len(without_markup(draft)) == len(draft)
    for part in draft_parts(draft):
        assert 0 <= part.start < part.end <= len(draft)
        assert len(part.words) == part.end - part.start
        assert part.words == without_markup(draft)[part.start : part.end]


# --------------------------------------------------------------------------------------------------------------- checking

DRAFT = """# 科技工作情况

2020年，全市科技特派员引进新品种**556个**，推广新技术348项。会议强调要“把科技创新作为推动发展的‘第一工程’来抓”。

- 鄂尔多斯市2022年地区生产总值突破5600亿元。
- 科技特派员制度发源于福建省南平市。
"""


def test_a_draft_is_checked_in_its_order() -> None:
    findings = corpus_checker().check(DRAFT)
    assert [(str(f.kind), str(f.verdict)) for f in findings] == [
        ("claim", "contradicted"),
        ("claim", "supported"),
        ("quotation", "verbatim"),
        ("claim", "not_found"),
        ("claim", "supported"),
    ]
    for finding in findings:
        assert DRAFT[finding.start : finding.end] == finding.text
    (difference,) = findings[0].differences
    assert (difference.in_draft, difference.in_source, str(difference.what)) == ("348项", "384项", "number")
    assert findings[0].text[difference.start : difference.end] == "348项"


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    corpus_checker().check("引进新品种556个。推广新技术384项。", lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_evidence_is_cut_from_the_documents_and_cited() -> None:
    texts = {document.id: document.text for document in read_corpus()}
    for finding in corpus_checker().check(DRAFT):
        for citation in finding.evidence:
            span = citation.span
            assert texts[span.document_id][span.start : span.end] == citation.quote


def test_shape_is_that_of_the_contract() -> None:
    shape = finding_shape(corpus_checker().check(DRAFT)[0])
    assert list(shape) == ["kind", "text", "start", "end", "verdict", "differences", "evidence"]
    assert shape["differences"] == [{"in_draft": "348项", "in_source": "384项", "what": "number"}]
    (evidence,) = shape["evidence"]
    assert list(evidence) == ["document_id", "start", "end", "quote", "citation"]
    assert evidence["document_id"] == "科技简报-2021年第1期"
    assert evidence["citation"] == "《科技简报》2021年第1期（2021年3月25日）【高层声音】"
    assert "推广新技术384项" in evidence["quote"]


def test_equal_drafts_give_equal_findings() -> None:
    assert corpus_checker().check(DRAFT) == corpus_checker().check(DRAFT)


def test_a_claim_of_the_batch_is_one_finding_and_its_quotations_follow() -> None:
    findings = corpus_checker().check_claim("引进新品种556个。推广新技术384项，推行“揭榜挂帅”。")
    assert [(f.kind, f.start, f.end) for f in findings] == [(CLAIM, 0, 29), (QUOTATION, 23, 27)]
    assert findings[1].verdict is Verdict.VERBATIM


@pytest.mark.parametrize("quote", ["揭榜挂帅", "“揭榜挂帅”", " 「揭榜挂帅」 "])
def test_a_quotation_of_the_batch_may_stand_in_its_marks(quote: str) -> None:
    (finding,) = corpus_checker().check_quotation(quote)
    assert finding.verdict is Verdict.VERBATIM
    assert quote[finding.start : finding.end] == finding.text == "揭榜挂帅"


@pytest.mark.parametrize("draft", ["", "   ", "\n\n", "……", "12345", "<>&\"'", "😀😀😀😀😀😀😀😀"])
def test_drafts_that_state_nothing(draft: str) -> None:
    assert corpus_checker().check(draft) == []


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80))
def test_no_draft_breaks_the_checker(draft: str) -> None:
    for finding in corpus_checker().check(draft):
        assert draft[finding.start : finding.end] == finding.text
