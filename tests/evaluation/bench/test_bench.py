from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qa.errors import UsageError
from qa.evaluation.bench.benchmarks import BENCHMARKS, benchmark_named, part_named
from qa.evaluation.bench.collection import (
    COLLECTION,
    find_members,
    hash_of,
    paragraph_measures,
    read_collection,
)
from qa.evaluation.bench.reading import as_one_span, read_given_paragraphs
from qa.evaluation.bench.report import BenchResult, Conditions, bench_lines, bench_object
from qa.evaluation.bench.squad_file import find_file, read_squad_file, spread
from qa.evaluation.measures.summary import ALL_MEASURES, summarise
from qa.evaluation.outcome import RetrievedPassage
from qa.records import (
    Answer,
    AnswerKind,
    AnswerSpan,
    Passage,
    Query,
    Question,
    Reading,
    Result,
    Span,
    SpanCandidate,
)
from tests.evaluation.evaluation_examples import BULLETIN, a_question, an_outcome

MEASURES = (*ALL_MEASURES, *paragraph_measures({}))
TEXT = "甲城建于1920年。城中有三座桥，最老的是石桥。乙河流过城北。"
FILE: dict[str, Any] = {
    "version": "x",
    "data": [
        {
            "paragraphs": [
                {
                    "context": TEXT,
                    "qas": [
                        {"id": "1", "question": "甲城何时建成？", "answers": [{"text": "1920年", "answer_start": 4}]},
                        {
                            "id": "2",
                            "question": "最老的桥叫什么？",
                            "answers": [{"text": "石桥", "answer_start": 20}, {"text": "石桥", "answer_start": 20}],
                        },
                        {"id": "3", "question": "没有答案的？", "answers": []},
                    ],
                }
            ]
        },
        {
            "paragraphs": [
                {
                    "context": "丙山。",
                    "qas": [{"id": "4", "question": "？", "answers": [{"text": "丙山", "answer_start": 0}]}],
                }
            ]
        },
    ],
}


def written(folder: Path, value: object, name: str = "dev.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def test_paragraphs_become_files_and_questions_with_the_sentence_as_quote(tmp_path: Path) -> None:
    first, second = read_squad_file(written(tmp_path, FILE))
    assert (first.path, first.text, second.path) == ("00001.txt", TEXT, "00002.txt")
    built, bridge = first.questions
    assert (built.id, built.question, built.answers) == ("1", "甲城何时建成？", ("1920年",))
    assert [(each.doc, each.quote) for each in built.evidence] == [("00001.txt", "甲城建于1920年。")]
    assert bridge.answers == ("石桥",)
    assert bridge.evidence[0].quote == "城中有三座桥，最老的是石桥。"
    assert len(read_squad_file(tmp_path / "dev.json", limit=1)) == 1


def test_files_are_found_by_name_and_otherwise_said_where_to_get(tmp_path: Path) -> None:
    benchmark = benchmark_named("cmrc2018")
    with pytest.raises(UsageError, match=r"没有 CMRC 2018 的数据.*dev\.json.*ymcui/cmrc2018.*CC BY-SA 4\.0"):
        find_file(benchmark, tmp_path)
    path = written(tmp_path, FILE, "cmrc2018_dev.json")
    assert find_file(benchmark, tmp_path) == path
    with pytest.raises(UsageError, match=r"没有 CMRC 2018 的数据（trial）.*找过 trial\.json、cmrc2018_trial\.json"):
        find_file(benchmark, tmp_path, "trial")
    trial = written(tmp_path, FILE, "trial.json")
    assert find_file(benchmark, tmp_path, "trial") == trial


def test_parts_are_named_and_the_first_is_meant() -> None:
    assert [part_named(benchmark, None) for benchmark in BENCHMARKS.values()] == ["dev", "dev", "test"]
    with pytest.raises(UsageError, match="XQuAD 中文 没有“dev”这一部分；下一步：可用：test"):
        part_named(BENCHMARKS["xquad"], "dev")


def test_a_sample_is_spread_over_all_paragraphs(tmp_path: Path) -> None:
    paragraphs = read_squad_file(written(tmp_path, FILE))
    asked = [[q.id for q in each.questions] for each in spread(paragraphs, 2)]
    assert asked == [["1", "2"], []]
    assert [[q.id for q in each.questions] for each in spread(paragraphs, 1)] == [["1"], []]
    assert [[q.id for q in each.questions] for each in spread(paragraphs, 0)] == [[], []]
    assert spread(paragraphs, None) == spread(paragraphs, 3) == spread(paragraphs, 99) == paragraphs
    ten = [replace(paragraphs[1], questions=paragraphs[1].questions) for _ in range(10)]
    assert [bool(each.questions) for each in spread(ten, 5)] == [True, False] * 5


@pytest.mark.parametrize("value", [[], {"data": [{"x": 1}]}, {"data": 3}, {"data": [{"paragraphs": [{"context": 1}]}]}])
def test_other_forms_are_refused(tmp_path: Path, value: object) -> None:
    with pytest.raises(UsageError, match="不是 SQuAD 格式的数据"):
        read_squad_file(written(tmp_path, value))


def test_files_without_questions_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="数据里没有题目"):
        read_squad_file(written(tmp_path, {"data": []}))


def test_unknown_benchmarks_are_named_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="没有评测“squad”；下一步：可用：cmrc2018、drcd、xquad、collection"):
        benchmark_named("squad")


class FirstDigits:
    """Takes the first run of digits with the character after it; nothing where there are none."""

    name = "digits"

    def read(self, question: Question, passages: Sequence[Passage]) -> list[Reading]:
        import re

        found = [re.search(r"\d+.", passage.text) for passage in passages]
        return [Reading(1.0, (SpanCandidate(*m.span(), 1.0),)) if m else Reading(0.0) for m in found]


def test_a_list_is_judged_as_the_stretch_it_is_cut_from() -> None:
    passage = Passage("d", 0, 6, "北京和深圳。")
    cut = AnswerSpan("北京和深圳", Span("d", 0, 5), Span("d", 0, 6), passage, 0.9, None)
    items = (replace(cut, text="北京", span=Span("d", 0, 2)), replace(cut, text="深圳", span=Span("d", 3, 5)))
    result = Result(Query("在哪？"), Question("在哪？", AnswerKind.LIST), Answer(best=cut, items=items))
    assert [each.text for each in result.answer.items] == ["北京", "深圳"]
    assert as_one_span(result).answer.items == ()
    assert as_one_span(result).answer.text == "北京和深圳"


def test_reading_with_the_paragraph_given(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    result = read_given_paragraphs(
        FirstDigits(),
        lambda text: Question(text, AnswerKind.NUMBER),
        read_squad_file(written(tmp_path, FILE)),
        lambda done, total: seen.append((done, total)),
    )
    assert (result.em, result.f1, result.count) == (1 / 3, 1 / 3, 3)
    assert result.em_interval.low <= result.em <= result.em_interval.high
    assert seen == [(1, 3), (2, 3), (3, 3)]


class Unasked:
    """A reader that must not be asked."""

    name = "none"

    def read(self, question: Question, passages: Sequence[Passage]) -> list[Reading]:
        raise AssertionError(question)


def test_a_question_that_cannot_be_asked_counts_as_wrong(tmp_path: Path) -> None:
    def refuse(text: str) -> Question:
        raise UsageError("问题是空的")

    result = read_given_paragraphs(Unasked(), refuse, read_squad_file(written(tmp_path, FILE)))
    assert (result.em, result.f1, result.count) == (0.0, 0.0, 3)


# ---------------------------------------------------------------------------------------------------------- collection


def laid_out(folder: Path) -> Path:
    """The three files of the collection as a user lays them out."""
    for place in ("cmrc2018/dev.json", "cmrc2018/trial.json", "drcd/DRCD_dev.json"):
        (folder / place).parent.mkdir(exist_ok=True)
        written(folder, FILE, place)
    return folder


def test_the_members_are_told_apart_by_path_and_id(tmp_path: Path) -> None:
    files = find_members(laid_out(tmp_path))
    read = read_collection(files)
    assert [(each.benchmark, each.part, each.asked) for each in read] == [
        ("cmrc2018", "dev", True),
        ("cmrc2018", "trial", True),
        ("drcd", "dev", False),  # the reader was trained on it
    ]
    paragraphs = [paragraph for each in read.values() for paragraph in each]
    assert len({each.path for each in paragraphs}) == len(paragraphs) == 6
    questions = [(paragraph, question) for paragraph in paragraphs for question in paragraph.questions]
    assert len({question.id for _, question in questions}) == len(questions) == 9
    assert all(question.evidence[0].doc == paragraph.path for paragraph, question in questions)
    assert [len(each) for each in read_collection(files, 1).values()] == [1, 1, 1]
    assert (
        hash_of([files[next(iter(files))]]) == hashlib.sha256((tmp_path / "cmrc2018/dev.json").read_bytes()).hexdigest()
    )
    before = hash_of(list(files.values()))
    written(tmp_path, {**FILE, "version": "y"}, "drcd/DRCD_dev.json")
    assert hash_of(list(files.values())) != before


def test_full_names_beside_each_other_do_as_well(tmp_path: Path) -> None:
    for name in ("cmrc2018_dev.json", "cmrc2018_trial.json", "DRCD_dev.json"):
        written(tmp_path, FILE, name)
    assert [path.name for path in find_members(tmp_path).values()] == [
        "cmrc2018_dev.json",
        "cmrc2018_trial.json",
        "DRCD_dev.json",
    ]


def test_a_missing_member_is_named_with_where_it_comes_from(tmp_path: Path) -> None:
    (laid_out(tmp_path) / "cmrc2018/trial.json").unlink()
    with pytest.raises(UsageError) as caught:
        find_members(tmp_path)
    assert "CMRC 2018 的数据（trial）" in caught.value.message
    assert "cmrc2018/trial.json、cmrc2018/cmrc2018_trial.json、cmrc2018_trial.json" in caught.value.reason
    assert "ymcui/cmrc2018" in caught.value.hint


def test_the_right_paragraph_counts_in_whichever_part_of_it() -> None:
    first, ten = paragraph_measures({"d": BULLETIN, "e": "别的.txt"})
    here = an_outcome(ranks=(None,), retrieved=(RetrievedPassage("d:0-9", 1.0), RetrievedPassage("e:0-9", 0.5)))
    later = an_outcome(ranks=(2,), retrieved=(RetrievedPassage("e:0-9", 1.0), RetrievedPassage("d:9-19", 0.5)))
    tenth = an_outcome(retrieved=tuple(RetrievedPassage(f"{'e' if n < 10 else 'd'}:{n}-99", 1.0) for n in range(11)))
    assert [first.row(each) for each in (here, later, tenth)] == [(1.0,), (0.0,), (0.0,)]
    assert [ten.row(each) for each in (here, later, tenth)] == [(1.0,), (1.0,), (0.0,)]
    assert first.row(an_outcome(question=a_question(answers=(), evidence=()))) is None


def test_a_collection_shows_each_file_and_no_published_figures(tmp_path: Path) -> None:
    found = summarise([an_outcome(), an_outcome("Q2", ranks=(2,))], MEASURES)
    conditions = replace(a_result(tmp_path).conditions, part="cmrc2018/dev、drcd/dev")
    members = {"cmrc2018/dev": found, "drcd/dev": summarise([an_outcome()], MEASURES)}
    result = BenchResult(COLLECTION, conditions, 3, found, None, None, members)
    lines = bench_lines(result)
    rows = [line.split() for line in lines]
    assert ["检索", "cmrc2018/dev", "Success@1", "0.500", "0.000–1.000", "2"] in rows
    assert ["检索", "drcd/dev", "Success@1", "1.000", "1.000–1.000", "1"] in rows
    assert not any(row[:1] in (["全程"], ["给定段落"], ["已发表（给定段落）"]) for row in rows)
    made = bench_object(result)
    assert (made["given_paragraph"], made["end_to_end"], made["questions_read"]) == (None, None, 0)
    assert made["members"]["drcd/dev"]["success@1"] == 1.0


def test_what_a_reader_of_the_figures_has_to_know_stands_beside_them(tmp_path: Path) -> None:
    said = "注意：随附的阅读模型用 DRCD 的 dev 与 test 训练过，只有“检索”一步是没见过的题"
    result = a_result(tmp_path)
    assert said in bench_lines(result)
    assert said not in bench_lines(replace(result, end_to_end=None))


# ------------------------------------------------------------------------------------------------------------- report


def a_result(tmp_path: Path) -> BenchResult:
    reading = read_given_paragraphs(
        FirstDigits(), lambda text: Question(text, AnswerKind.NUMBER), read_squad_file(written(tmp_path, FILE))
    )
    conditions = Conditions("dev", "0123456789abcdef" * 4, "e5", "digits", date(2026, 11, 21), "某处理器，2 核")
    found = summarise([an_outcome(), an_outcome("Q2", ranks=(2,))], MEASURES)
    return BenchResult(BENCHMARKS["drcd"], conditions, 2, found, reading, summarise([an_outcome()], MEASURES))


def test_the_table_has_ours_beside_what_was_published_with_its_source(tmp_path: Path) -> None:
    text = "\n".join(bench_lines(a_result(tmp_path)))
    for said in (
        "DRCD dev：2 段",
        "CC BY-SA 3.0",
        "数据 sha256 0123456789abcdef    模型 e5    阅读 digits",
        "2026-11-21    某处理器，2 核",
        "给定段落",
        "0.333",
        "本机：digits",
        "RoBERTa-wwm-ext",
        "0.922",
        "1906.08101",
    ):
        assert said in text
    rows = [line.split() for line in text.splitlines()]
    assert ["检索", "Success@1", "0.500", "0.000–1.000", "2"] in rows
    assert ["全程", "Success@1", "1.000", "1.000–1.000", "1"] in rows


def test_the_object_tells_what_the_figures_hang_on(tmp_path: Path) -> None:
    made = bench_object(a_result(tmp_path))
    assert made["given_paragraph"] == {"em": 1 / 3, "f1": 1 / 3, "count": 3}
    assert (made["retrieval"]["success@1"], made["end_to_end"]["success@1"]) == (0.5, 1.0)
    assert (made["part"], made["questions"], made["questions_read"]) == ("dev", 2, 1)
    assert (made["day"], made["machine"], made["data_sha256"][:4]) == ("2026-11-21", "某处理器，2 核", "0123")
    assert made["published"][0] == {
        "system": "BERT-base 中文",
        "part": "dev",
        "em": 0.827,
        "f1": 0.896,
        "source": BENCHMARKS["drcd"].published[0].source,
    }


def test_a_file_in_the_form_of_xquad_is_found_and_read(tmp_path: Path) -> None:
    path = written(tmp_path, {"version": "1.1", "data": FILE["data"]}, "xquad.zh.json")
    found = read_squad_file(find_file(BENCHMARKS["xquad"], tmp_path))
    assert find_file(BENCHMARKS["xquad"], tmp_path, "test") == path
    assert [len(each.questions) for each in found] == [2, 1]


def shared_data() -> Path | None:
    named = os.environ.get("QA_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[4] / "shared"
    return folder / "data" if (folder / "data").is_dir() else None


@pytest.mark.parametrize(("name", "paragraphs", "questions"), [("cmrc2018", 848, 3219), ("drcd", 1000, 3524)])
def test_the_published_files_are_read_whole(name: str, paragraphs: int, questions: int) -> None:
    data = shared_data()
    if data is None:
        pytest.skip("no public data: set QA_SHARED to the folder that holds data/cmrc2018 and data/drcd")
    found = read_squad_file(find_file(benchmark_named(name), data / name))
    assert (len(found), sum(len(each.questions) for each in found)) == (paragraphs, questions)
    ours = [(p, q) for p in found for q in p.questions]
    assert all(q.evidence[0].quote in p.text for p, q in ours)
    holding = sum(any(answer in q.evidence[0].quote for answer in q.answers) for _, q in ours)
    assert holding / len(ours) > 0.99
