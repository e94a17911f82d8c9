from __future__ import annotations

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
from qa.evaluation.bench.reading import read_given_paragraphs
from qa.evaluation.bench.report import BenchResult, Conditions, bench_lines, bench_object
from qa.evaluation.bench.squad_file import find_file, read_squad_file, spread
from qa.evaluation.measures.summary import summarise
from qa.records import AnswerKind, Passage, Question, Reading, SpanCandidate
from tests.evaluation.evaluation_examples import an_outcome

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
    with pytest.raises(UsageError, match="没有评测“squad”；下一步：可用：cmrc2018、drcd、xquad"):
        benchmark_named("squad")


class FirstDigits:
    """Takes the first run of digits with the character after it; nothing where there are none."""

    name = "digits"

    def read(self, question: Question, passages: Sequence[Passage]) -> list[Reading]:
        import re

        found = [re.search(r"\d+.", passage.text) for passage in passages]
        return [Reading(1.0, (SpanCandidate(*m.span(), 1.0),)) if m else Reading(0.0) for m in found]


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


def a_result(tmp_path: Path) -> BenchResult:
    reading = read_given_paragraphs(
        FirstDigits(), lambda text: Question(text, AnswerKind.NUMBER), read_squad_file(written(tmp_path, FILE))
    )
    conditions = Conditions("dev", "0123456789abcdef" * 4, "e5", "digits", date(2026, 11, 21), "某处理器，2 核")
    found = summarise([an_outcome(), an_outcome("Q2", ranks=(2,))])
    return BenchResult(BENCHMARKS["drcd"], conditions, 2, found, reading, summarise([an_outcome()]))


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
    assert made["given_paragraph"] == {"em": 1 / 3, "f1": 1 / 3}
    assert (made["retrieval"]["success@1"], made["end_to_end"]["success@1"]) == (0.5, 1.0)
    assert (made["part"], made["questions"], made["questions_read"]) == ("dev", 2, 3)
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
