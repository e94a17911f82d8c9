"""Quotations: verbatim, altered with what differs, absent; and finding stretches over all documents."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qa.citing.concordance import Concordance
from qa.citing.finding import DifferenceKind, Finding, FindingKind, Verdict
from qa.citing.quotation import check_quotation
from qa.records import Document, Span
from qa.text.normalise import comparable
from tests.citing.corpus_documents import corpus_documents

CORPUS = Concordance(corpus_documents())


def check(words: str) -> Finding:
    return check_quotation(words, CORPUS)


@pytest.mark.parametrize(
    "words",
    [
        "推广新技术384项，引进新品种556个",
        "推广新技术３８４项,引进 新品种５５６个",
        "发表了习近平总书记重要文章",  # after a page break in the source
        "3月16日出版的第6期《求是》杂志发表了习近平总书记重要文章《努力成为世界主要科学中心和创新高地》",
        "揭榜挂帅",
        "占100强企业研发投入总额33.8%",
        "CO<sub>2</sub>(二氧化碳)",
        "推广新技术384项……带动2382人走上脱贫致富的路子",
        "推广新技术384项...带动2382人走上脱贫致富的路子",
        "，。",
        "",
    ],
)
def test_verbatim(words: str) -> None:
    finding = check(words)
    assert finding.verdict is Verdict.VERBATIM
    assert not finding.differences


@pytest.mark.parametrize(
    ("words", "in_draft", "in_source", "what"),
    [
        ("推广新技术384项，引进新品种565个", "565个", "556个", DifferenceKind.NUMBER),
        ("占100强企业研发投入总额338%", "338%", "33.8%", DifferenceKind.NUMBER),
        ("研发费用加计扣除总额139亿元", "139亿元", "13.9 亿元", DifferenceKind.NUMBER),
        ("由20%降为不到1", "1", "11%", DifferenceKind.NUMBER),
        ("2月26日，市长杜汇良在杭州考察之江实验室", "2月26日", "2月25日", DifferenceKind.DATE),
        ("揭榜挂将", "将", "帅", DifferenceKind.WORDING),
        ("要充分认识科技是第一动力", "科技", "创新", DifferenceKind.WORDING),
        (
            "《若干政策实施细则》(鄂府发〔2024〕65号)",
            "鄂府发〔2024〕65号",
            "鄂府发〔2024〕56号",
            DifferenceKind.DOCUMENT_NUMBER,
        ),
    ],
)
def test_altered(words: str, in_draft: str, in_source: str, what: DifferenceKind) -> None:
    finding = check(words)
    assert finding.verdict is Verdict.ALTERED
    assert [(d.in_draft, d.in_source, d.what) for d in finding.differences if d.what is what] == [
        (in_draft, in_source, what)
    ]
    (difference,) = (d for d in finding.differences if d.what is what)
    assert words[difference.start : difference.end] == in_draft
    assert in_source in finding.evidence[0].quote


@pytest.mark.parametrize(
    "words",
    ["把论文写在祖国大地上", "绿水青山就是金山银山", "七个聚焦", "最多跑一次", "zzz", "龘龘龘"],
)
def test_absent(words: str) -> None:
    finding = check(words)
    assert (finding.verdict, finding.differences, finding.evidence) == (Verdict.ABSENT, (), ())


def test_parts_of_different_documents_are_no_quotation() -> None:
    finding = check("推广新技术384项……电石法聚氯乙烯无汞化生产技术实现重大突破")
    assert finding.verdict is Verdict.ALTERED
    assert {c.span.document_id for c in finding.evidence} == {"科技简报-2021年第1期", "科技简报-2023年第3期-总29期"}


def test_parts_in_another_order_are_no_quotation() -> None:
    assert check("带动2382人走上脱贫致富的路子……推广新技术384项").verdict is Verdict.ALTERED


def test_difference_after_an_ellipsis_is_where_it_stands() -> None:
    words = "推广新技术384项……带动2328人走上脱贫致富的路子"
    (difference,) = check(words).differences
    assert words[difference.start : difference.end] == difference.in_draft == "2328人"


def test_evidence_is_cut_from_the_documents() -> None:
    texts = {document.id: document.text for document in corpus_documents()}
    for words in ("揭榜挂帅", "引进新品种565个", "推广新技术384项……带动2382人走上脱贫致富的路子"):
        for citation in check(words).evidence:
            span = citation.span
            assert texts[span.document_id][span.start : span.end] == citation.quote


def test_offsets_are_those_of_the_draft() -> None:
    finding = check_quotation("揭榜挂帅", CORPUS, 17)
    assert (finding.kind, finding.start, finding.end, finding.text) == (FindingKind.QUOTATION, 17, 21, "揭榜挂帅")


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_any_words_of_the_corpus_are_verbatim_and_with_one_more_character_are_not(data: st.DataObject) -> None:
    document = data.draw(st.sampled_from(corpus_documents()))
    start = data.draw(st.integers(0, len(document.text) - 61))
    words = document.text[start : start + data.draw(st.integers(12, 60))]
    assume(len(comparable(words)) >= 10 and "……" not in words and "..." not in words)
    assume(not CORPUS.cuts_number(Span(document.id, start, start + len(words))))
    assert check(words).verdict is Verdict.VERBATIM
    at = data.draw(st.integers(1, len(words) - 1))
    assert check(words[:at] + "龘" + words[at:]).verdict is not Verdict.VERBATIM


def test_a_percentage_without_its_sign_is_cut() -> None:
    text = "全市科技支出占一般公共预算2.2%，居全区首位。"
    only = Concordance([Document("a", "a.txt", "", text)])
    end = text.index("%")
    assert only.cuts_number(Span("a", 0, end))
    assert not only.cuts_number(Span("a", 0, end + 1))
    assert check_quotation("科技支出占一般公共预算2.2", only).verdict is Verdict.ALTERED


def test_nothing_is_found_without_documents() -> None:
    empty = Concordance([])
    assert empty.occurrences("科技") == []
    assert empty.nearest("科技") == []
    assert check_quotation("科技简报", empty).verdict is Verdict.ABSENT
    assert check_quotation("科技简报", Concordance([Document("d", "d.txt", "", "")])).verdict is Verdict.ABSENT


def test_words_do_not_run_over_from_one_document_into_the_next() -> None:
    two = Concordance([Document("a", "a.txt", "", "甲乙丙"), Document("b", "b.txt", "", "丁戊己")])
    assert two.occurrences("丙丁") == []
    assert [span.document_id for span in two.occurrences("戊己")] == ["b"]


def test_nearest_prefers_the_likest_and_is_deterministic() -> None:
    stretches = CORPUS.nearest("推广新技术384项，引进新品种565个")
    assert stretches == CORPUS.nearest("推广新技术384项，引进新品种565个")
    assert [s.similarity for s in stretches] == sorted((s.similarity for s in stretches), reverse=True)
    assert CORPUS.text(stretches[0].span) == "推广新技术384项，引进新品种556个"


def test_rare_pairs_say_more_than_frequent_ones() -> None:
    assert 0 < CORPUS.rarity("科技") < CORPUS.rarity("武夷") < 1.0
    assert CORPUS.rarity("科技") < CORPUS.rarity("龘龘") < CORPUS.rarity("武夷")
