"""Permalinks: written and read back, and found again in changed documents."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qa.citing.address import fingerprint
from qa.citing.clause import clause_label, clause_path
from qa.citing.drift import DriftState, resolve
from qa.citing.permalink import Permalink, parse_permalink, permalink
from qa.errors import NotFoundError, UsageError
from qa.records import Block, BlockRole, Document, Heading, Span
from qa.text.normalise import comparable
from tests.citing.corpus_documents import corpus_document, corpus_documents

BULLETIN = corpus_document("2021年第1期")
QUOTE = "推广新技术384项，引进新品种556个"


def span_of(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(document.id, start, start + len(words))


def link_to(words: str, document: Document = BULLETIN) -> Permalink:
    return permalink(document, span_of(document, words))


def with_text(text: str, document: Document = BULLETIN) -> Document:
    return replace(document, text=text)


# --------------------------------------------------------------------------------------------------------- written and read


def test_holds_words_and_surroundings() -> None:
    link = link_to(QUOTE)
    assert link.quote == QUOTE
    assert len(link.before) == len(link.after) == 30
    assert link.before + link.quote + link.after in BULLETIN.text


def test_text_reads_back_unchanged() -> None:
    link = replace(link_to(QUOTE), path=("高层声音", "习近平总书记对科技特派员制度作出新指示", "一是"))
    assert parse_permalink(link.text) == link
    assert parse_permalink("http://127.0.0.1:8000" + link.text) == link
    assert " " not in link.text
    assert link.text.isascii()


def test_short_address_reads_back_without_words() -> None:
    link = link_to(QUOTE)
    assert parse_permalink(link.address) == Permalink(span=link.span, fingerprint=link.fingerprint)
    assert link.address.startswith("/documents/")
    assert link.address.endswith(f"#p={link.span.start}-{link.span.end}")


@given(
    text=st.text(min_size=1, max_size=200),
    identifier=st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12),
    data=st.data(),
)
def test_every_permalink_reads_back(text: str, identifier: str, data: st.DataObject) -> None:
    document = Document(identifier, "d.txt", "", text.encode("utf-8", "ignore").decode())
    assume(document.text.strip())
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    assume(document.text[start:end].strip())
    link = permalink(document, Span(identifier, start, end))
    assert parse_permalink(link.text) == link


@pytest.mark.parametrize(
    "text",
    [
        "",
        "科技简报",
        "/documents/a",
        "/documents/a?start=1&end=2",
        "/documents/a?start=2&end=2&q=3.0123456789ab#p=2-2",
        "/documents/a?start=1&end=x&q=3.0123456789ab",
        "/documents/?start=1&end=2&q=3.0123456789ab",
        "/library?start=1&end=2&q=3.0123456789ab",
        "/documents/a?start=1&end=2&q=3.0123456789ab&quote=other",
    ],
)
def test_what_is_no_permalink_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_permalink(text)


def test_spans_outside_the_document_are_refused() -> None:
    with pytest.raises(NotFoundError):
        permalink(BULLETIN, Span(BULLETIN.id, 0, len(BULLETIN.text) + 1))
    with pytest.raises(NotFoundError):
        permalink(BULLETIN, Span("别的文档", 0, 3))
    with pytest.raises(UsageError):
        permalink(with_text("  甲"), Span(BULLETIN.id, 0, 2))
    with pytest.raises(UsageError):
        permalink(BULLETIN, Span(BULLETIN.id, 4, 4))


def test_fingerprint_ignores_spaces_and_marks_and_tells_words_apart() -> None:
    assert fingerprint("引进 新品种，556个。") == fingerprint("引进新品种５５６个")
    assert fingerprint("引进新品种556个") != fingerprint("引进新品种565个")


# ------------------------------------------------------------------------------------------------------------ found again


def test_unchanged_document_is_exact() -> None:
    found = resolve(link_to(QUOTE), BULLETIN)
    assert (found.state, found.quote, found.similarity) == (DriftState.EXACT, QUOTE, 1.0)


def test_words_pushed_down_are_moved() -> None:
    document = with_text("新增的一段文字。\n" + BULLETIN.text)
    found = resolve(link_to(QUOTE), document)
    assert found.state is DriftState.MOVED
    assert found.span is not None
    assert document.text[found.span.start : found.span.end] == QUOTE == found.quote


def test_new_line_breaks_inside_the_words_do_not_change_them() -> None:
    document = with_text(BULLETIN.text.replace("新技术384项，引进", "新技术\n\n384 项, 引进"))
    found = resolve(link_to(QUOTE), document)
    assert found.state in (DriftState.EXACT, DriftState.MOVED)
    assert comparable(found.quote) == comparable(QUOTE)
    assert not found.edits


def test_a_changed_figure_is_named() -> None:
    document = with_text(BULLETIN.text.replace("556个", "565个"))
    found = resolve(link_to(QUOTE), document)
    assert found.state is DriftState.CHANGED
    assert found.quote == "推广新技术384项，引进新品种565个"
    assert [(QUOTE[e.a_start : e.a_end], found.quote[e.b_start : e.b_end]) for e in found.edits] == [("556", "565")]
    assert 0.8 < found.similarity < 1


def test_a_moved_decimal_point_is_a_change() -> None:
    bulletin = corpus_document("第8期")
    words = "占 100 强企业研发投入总额 33.8%"
    document = with_text(bulletin.text.replace("33.8%", "338%"), bulletin)
    found = resolve(link_to(words, bulletin), document)
    assert found.state is DriftState.CHANGED
    assert found.edits


def test_removed_words_vanish() -> None:
    start = BULLETIN.text.index("2020年，累计")
    end = BULLETIN.text.index("【科技政策】")
    document = with_text(BULLETIN.text[:start] + BULLETIN.text[end:])
    found = resolve(link_to("推广新技术384项，引进新品种556个；服务农牧民近3万户"), document)
    assert (found.state, found.span, found.quote) == (DriftState.VANISHED, None, "")


def test_an_emptied_document_has_nothing_left() -> None:
    assert resolve(link_to(QUOTE), with_text("")).state is DriftState.VANISHED
    assert resolve(parse_permalink(link_to(QUOTE).address), with_text("")).state is DriftState.VANISHED


def test_surroundings_tell_equal_words_apart() -> None:
    text = "甲局上半年完成投资10亿元，同比增长。乙局下半年完成投资10亿元，同比下降。"
    document = Document("d", "d.txt", "", text)
    second = Span("d", text.rindex("10亿元"), text.rindex("10亿元") + 5)
    changed = replace(document, text="另有说明：情况如下。" + text)
    found = resolve(permalink(document, second), changed)
    assert found.state is DriftState.MOVED
    assert found.span is not None
    assert found.span.start == changed.text.rindex("10亿元")


def test_a_short_phrase_elsewhere_is_not_the_cited_one() -> None:
    text = "引进新品种10个；推广新技术20项。全市建成园区16个。"
    document = Document("d", "d.txt", "", text)
    link = permalink(document, Span("d", 5, 8))
    assert link.quote == "10个"
    changed = replace(document, text="引进新品种12个；推广新技术20项。全市建成园区16个，其中新建10个。")
    found = resolve(link, changed)
    assert (found.state, found.quote) == (DriftState.CHANGED, "12个")


def test_a_short_address_finds_its_words_by_the_fingerprint() -> None:
    document = with_text("新增的一段文字。\n" + BULLETIN.text)
    found = resolve(parse_permalink(link_to(QUOTE).address), document)
    assert (found.state, found.quote) == (DriftState.MOVED, QUOTE)
    lost = resolve(parse_permalink(link_to(QUOTE).address), with_text(BULLETIN.text.replace("556个", "565个")))
    assert lost.state is DriftState.VANISHED


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_words_of_the_corpus_are_found_after_text_was_put_before_them(data: st.DataObject) -> None:
    document = data.draw(st.sampled_from(corpus_documents()))
    start = data.draw(st.integers(0, len(document.text) - 41))
    span = Span(document.id, start, start + data.draw(st.integers(20, 40)))
    assume(len(comparable(document.text[span.start : span.end])) >= 12)
    link = permalink(document, span)
    added = data.draw(st.sampled_from(["甲。", "（增补）\n", "2026年修订。\n\n"]))
    text = added + document.text
    found = resolve(link, replace(document, text=text))
    still = comparable(text[span.start : span.end]) == comparable(
        link.quote
    )  # began with more white space than was added
    assert found.state is (DriftState.EXACT if still else DriftState.MOVED)
    assert comparable(found.quote) == comparable(link.quote)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_changed_character_is_noticed(data: st.DataObject) -> None:
    document = data.draw(st.sampled_from(corpus_documents()))
    start = data.draw(st.integers(0, len(document.text) - 41))
    span = Span(document.id, start, start + 40)
    quote = document.text[span.start : span.end]
    letters = [i for i, c in enumerate(quote) if c.isalnum()]
    assume(len(letters) >= 20)
    at = span.start + data.draw(st.sampled_from(letters))
    changed = replace(document, text=document.text[:at] + "變" + document.text[at + 1 :])
    found = resolve(permalink(document, span), changed)
    assert found.state in (DriftState.CHANGED, DriftState.MOVED)
    if found.state is DriftState.CHANGED:
        assert found.edits
    else:  # the very words stand a second time in the document
        assert document.text.count(quote) > 1


# ---------------------------------------------------------------------------------------------------------------- clauses

LETTER = "答复函\n三、重点任务\n总的要求。\n（二）主体\n企业增长。\n1.奖补\n一是给予资金。二是给予场地。\n"


def heading(level: int, words: str) -> Heading:
    start = LETTER.index(words)
    return Heading(level, words, start, start + len(words))


STRUCTURED = Document(
    "函",
    "函.txt",
    "",
    LETTER,
    headings=(heading(1, "三、重点任务"), heading(2, "（二）主体"), heading(3, "1.奖补")),
    blocks=(
        Block(BlockRole.BODY, LETTER.index("总的"), LETTER.index("总的") + 5),
        Block(BlockRole.BODY, LETTER.index("企业"), LETTER.index("企业") + 5),
        Block(BlockRole.BODY, LETTER.index("一是"), LETTER.index("一是") + 14),
    ),
)


@pytest.mark.parametrize(
    ("words", "path", "label"),
    [
        ("答复", (), ""),
        ("总的", ("三、重点任务",), "第三部分"),
        ("企业", ("三、重点任务", "（二）主体"), "第三部分（二）"),
        ("给予资金", ("三、重点任务", "（二）主体", "1.奖补", "一是"), "第三部分（二）第1点一是"),
        ("给予场地", ("三、重点任务", "（二）主体", "1.奖补", "二是"), "第三部分（二）第1点二是"),
    ],
)
def test_clause_path_of_a_letter(words: str, path: tuple[str, ...], label: str) -> None:
    found = clause_path(STRUCTURED, LETTER.index(words))
    assert found == path
    assert clause_label(found) == label


def test_clause_path_of_a_bulletin_goes_on_through_the_item() -> None:
    text = "科技兴蒙\n我市召开推进会。6月16日召开。\n边东强调要落实。\n政策宣贯。6月26日举办。\n动态\n边东调研。\n"
    lead = text.index("我市")
    second = text.index("政策")
    document = Document(
        "报",
        "报.txt",
        "",
        text,
        headings=(Heading(1, "科技兴蒙", 0, 4), Heading(1, "动态", text.index("动态"), text.index("动态") + 2)),
        blocks=(
            Block(BlockRole.HEADING, 0, 4),
            Block(BlockRole.BODY, lead, lead + 16, item=True, lead_end=lead + 8),
            Block(BlockRole.BODY, text.index("边东强调"), text.index("边东强调") + 8),
            Block(BlockRole.BODY, second, second + 13, item=True, lead_end=second + 5),
            Block(BlockRole.HEADING, text.index("动态"), text.index("动态") + 2),
            Block(BlockRole.BODY, text.index("边东调研"), text.index("边东调研") + 5),
        ),
    )
    assert clause_path(document, text.index("强调")) == ("科技兴蒙", "我市召开推进会")
    assert clause_label(clause_path(document, text.index("强调"))) == "【科技兴蒙】“我市召开推进会”"
    assert clause_path(document, text.index("6月26日")) == ("科技兴蒙", "政策宣贯")
    assert clause_path(document, text.index("调研")) == ("动态",)
