"""Where the rules are sure their answer is judged by itself; else the best passage is read, and the others where doubt is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.adapters.span_reader import SpanReader
from qa.answering.answer import answer_from
from qa.answering.view import PassageView
from qa.answering.weighing import is_official
from qa.records import Hit, Passage, Question, Reading

FIGURES = "2020年，推广新技术384项，引进新品种556个；服务农牧民近3万户，带动农牧民、企业和合作社等服务对象实现经济效益1.7亿元。"
OTHER = "会议强调，要在落实合作协议和合作项目上下功夫，加大对所需各类资源的支持力度，扎实推进合作项目取得成效。"


class Counting:
    """The shipped reader; keeps how many passages it is given each time, 0 where it only judges."""

    most_passages = 3

    def __init__(self) -> None:
        self._reader = SpanReader(most_passages=self.most_passages)
        self.asked: list[int] = []
        self.name = self._reader.name

    def judge(self, question: Question, passage: Passage, place: tuple[int, int]) -> Reading:
        self.asked.append(0)
        return self._reader.judge(question, passage, place)

    def judge_again(self, question: Question, passage: Passage, place: tuple[int, int]) -> Reading:
        return self._reader.judge_again(question, passage, place)

    def read(self, question: Question, passages: Sequence[Passage]) -> list[Reading]:
        self.asked.append(len(passages))
        return self._reader.read(question, passages)


@pytest.mark.parametrize(
    ("question", "answer", "read"),
    [("科技特派员2020年引进了多少个新品种？", "556个", [0]), ("各类资源要怎样用到合作上去？", None, [1, 1])],
)
def test_only_what_is_not_plain_is_read(
    ask: Callable[[str], Question], view: Callable[..., PassageView], analyzer: JiebaAnalyzer,
    question: str, answer: str | None, read: list[int],
) -> None:  # fmt: skip
    context = "《科技简报》2021年第1期【高层声音】科技特派员制度"
    hits = [Hit(view(FIGURES, context=context).passage, 1.0), Hit(view(OTHER, section="科技兴蒙").passage, 0.3)]
    reader = Counting()
    found, _ = answer_from(ask(question), hits, reader, analyzer, 0.0)
    assert reader.asked == read
    assert answer is None or (found.best and found.best.text) == answer


def test_on_text_that_is_no_official_document_the_network_always_reads(
    ask: Callable[[str], Question], view: Callable[..., PassageView], analyzer: JiebaAnalyzer
) -> None:
    official = view(FIGURES, context="科技特派员制度").passage
    general = replace(official, date=None, region=None, kind=None)
    asked = []
    for passage in (official, general):
        reader = Counting()
        hits = [Hit(passage, 1.0), Hit(view(OTHER, section="科技兴蒙").passage, 0.3)]
        answer_from(ask("科技特派员2020年引进了多少个新品种？"), hits, reader, analyzer, 0.0)
        asked.append(reader.asked)
    assert asked == [[0], [2]]
    assert (is_official([Hit(official, 1.0)]), is_official([Hit(general, 1.0)]), is_official([])) == (
        True,
        False,
        False,
    )


def test_where_the_best_passages_do_not_answer_the_rest_of_their_document_is_read(
    ask: Callable[[str], Question], view: Callable[..., PassageView], analyzer: JiebaAnalyzer
) -> None:
    texts = (
        "扎加藏布是西藏的一条河流，沿岸有牧民居住，河边的草场很好。",
        "扎加藏布的名字来自藏语，河流两岸有许多传说。",
        "扎加藏布的河水夏季上涨，冬季封冻。",
        "扎加藏布全长409公里，发源于唐古拉山，于色林错北岸入湖。",
    )
    passages = [
        replace(view(text).passage, date=None, region=None, kind=None, start=at) for at, text in enumerate(texts)
    ]
    question = ask("扎加藏布发源于哪座山？")
    reader = Counting()
    found, _ = answer_from(question, [Hit(each, 1.0) for each in passages], reader, analyzer, 0.5)
    assert reader.asked == [4, 1]
    assert found.best is not None
    assert "唐古拉山" in found.best.text

    reader, elsewhere = Counting(), [*passages[:3], replace(passages[3], document_id="另一篇")]
    answer_from(question, [Hit(each, 1.0) for each in elsewhere], reader, analyzer, 0.5)
    assert reader.asked == [4]  # another document is not what the best passages spoke of
