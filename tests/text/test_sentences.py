from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.brackets import protected_spans
from qa.text.sentences import clauses, sentences

TEXTS = st.text(alphabet=st.sampled_from("甲乙丙1，。；：！？…“”‘’《》（）()「」【】\"'., \n\t\u3000a"), max_size=120)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def clause_texts(text: str) -> list[str]:
    return [text[start:end] for start, end in clauses(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我市召开推进会。6月16日，市政府召开会议。", ["我市召开推进会。", "6月16日，市政府召开会议。"]),
        ("他说：“要抓好。要落实！”随后走了。", ["他说：“要抓好。要落实！”", "随后走了。"]),
        ("“好。”", ["“好。”"]),
        ("解决“谁来干？”的问题。", ["解决“谁来干？”的问题。"]),
        ("要抓好；要落实。", ["要抓好；要落实。"]),
        ("等等……我们继续。", ["等等……", "我们继续。"]),
        ("等等……，我们继续。", ["等等……，我们继续。"]),
        ("《关于甲。乙的通知》印发。", ["《关于甲。乙的通知》印发。"]),
        ("（一）总体要求。\n以创新为动力", ["（一）总体要求。", "以创新为动力"]),
        ("什么？！真的。", ["什么？！", "真的。"]),
        ("增长1.5倍。占33.8%。", ["增长1.5倍。", "占33.8%。"]),
        ("（此件公开。）正文。", ["（此件公开。）", "正文。"]),
        ("没有句号", ["没有句号"]),
        ("  前后空白。  ", ["前后空白。"]),
        ('他说"好。"走了。', ['他说"好。"', "走了。"]),
        ("第一。”“第二。", ["第一。”", "“第二。"]),
        ("", []),
        ("\n\n", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_long_speech_is_cut_inside_its_quotes() -> None:
    speech = "“" + "要抓好落实。" * 40 + "”"
    assert len(cut(speech)) == 40


def test_an_unclosed_quote_protects_nothing() -> None:
    assert cut("“要抓好。要落实。") == ["“要抓好。", "要落实。"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "累计实施项目91项，创办企业16家；服务农牧民近3万户。",
            ["累计实施项目91项", "创办企业16家", "服务农牧民近3万户"],
        ),
        ("投入1,000元，时间10:30。", ["投入1,000元", "时间10:30"]),
        ("出台《甲，乙》（丙，丁），落实“戊，己”。", ["出台《甲，乙》（丙，丁）", "落实“戊，己”"]),
        ("报：市委、市政府。", ["报", "市委、市政府"]),
        ("。，", []),
    ],
)
def test_clauses(text: str, expected: list[str]) -> None:
    assert clause_texts(text) == expected


@given(TEXTS)
def test_sentences_hold_every_visible_character_once(text: str) -> None:
    spans = sentences(text)
    covered = [index for start, end in spans for index in range(start, end)]
    assert len(covered) == len(set(covered))
    assert {index for index, character in enumerate(text) if not character.isspace()} <= set(covered)
    for start, end in spans:
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]


@given(TEXTS)
def test_clauses_are_in_order_and_not_empty(text: str) -> None:
    spans = clauses(text)
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(any(c.isalnum() for c in text[start:end]) for start, end in spans)


def test_protected_spans_give_the_outermost_pair_that_fits() -> None:
    text = "“甲（乙）丙”丁（戊）"
    assert protected_spans(text, 0, len(text), 10) == [(0, 7), (8, 11)]
    assert protected_spans(text, 0, len(text), 3) == [(2, 5), (8, 11)]
    assert protected_spans("（甲", 0, 2, 10) == []
    assert protected_spans("甲）", 0, 2, 10) == []
