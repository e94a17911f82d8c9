from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from qa.cli import main
from qa.evaluation.expected import read_expectations, write_expectations
from qa.evaluation.run_record import read_run
from qa.records import Document, Passage, Query, Result
from qa.settings import Settings
from tests.evaluation.bigram_assistant import BigramAssistant, assistant_over, collection_of, read_corpus

ROOT = Path(__file__).resolve().parents[2]
BULLETIN = "科技简报-2021年第1期.txt"


@dataclass
class SmallAssistant:
    """The assistant's doors over the bigram search of the evaluation tests."""

    search: BigramAssistant
    model: str = "m1"
    corpus: str = "c1"

    def ask(self, query: Query) -> Result:
        return self.search.ask(query.text)

    def documents(self) -> list[Document]:
        return list(COLLECTION.documents)

    def passages_of(self, document_id: str) -> list[Passage]:
        return list(COLLECTION.passages[document_id])

    def warm(self) -> None:
        pass

    def snapshot(self) -> SimpleNamespace:
        embedder, reader = SimpleNamespace(fingerprint=self.model), SimpleNamespace(name="规则")
        return SimpleNamespace(embedder=embedder, reader=reader, corpus_hash=self.corpus)


COLLECTION = collection_of(read_corpus())


@dataclass
class Desk:
    """A folder with an evaluation set, and ``qa`` run in it over ``assistant``."""

    folder: Path
    assistant: SmallAssistant
    run: Callable[..., tuple[int, str, str]]

    def worsen(self) -> None:
        self.assistant.search = self.assistant.search.with_order(lambda hits: hits[1:])


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "eval").mkdir()
    lines = (ROOT / "eval" / "ordos.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "eval" / "set.jsonl").write_bytes(b"".join(lines[::5]))
    assistant = SmallAssistant(assistant_over(COLLECTION))

    def open_assistant(settings: Settings) -> SmallAssistant:
        del settings
        return assistant

    monkeypatch.setattr("qa.bootstrap.open_assistant", open_assistant)

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["qa", "eval", *arguments])
        try:
            main()
            code = 0
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return Desk(tmp_path, assistant, run)


SET = "eval/set.jsonl"
GATE = ("--expected", "eval/expected.toml")

# ---------------------------------------------------------------------------------------------------------------- run


def test_measures_are_printed(desk: Desk) -> None:
    code, out, err = desk.run(SET)
    assert code == 0
    assert out.startswith(f"qa eval {SET}    50 题\n")
    for said in ("Success@1", "MRR@10", "95% 区间", "该拒而拒", "换说法", "答错或误拒"):
        assert said in out
    assert "评测 50/50" in err


def test_options_may_stand_before_the_files_and_folders_are_read(desk: Desk) -> None:
    code, out, _ = desk.run("--half", "dev", "eval")
    assert code == 0
    assert out.startswith("qa eval eval --half dev    25 题\n")


def test_no_question_need_be_shown(desk: Desk) -> None:
    _, out, err = desk.run(SET, "--misses", "0")
    for line in (desk.folder / SET).read_text(encoding="utf-8").splitlines():
        assert json.loads(line)["question"] not in out + err


def test_a_missing_document_is_an_error_before_anything_is_asked(desk: Desk) -> None:
    text = (desk.folder / SET).read_text(encoding="utf-8")
    (desk.folder / SET).write_text(text.replace(BULLETIN, "科技简报-2020年第1期.txt"), encoding="utf-8")
    code, out, err = desk.run(SET, "--report", "out")
    assert (code, out) == (2, "")
    assert "资料中没有文档“科技简报-2020年第1期.txt”" in err
    assert "最接近的是" in err
    assert "评测 0/" not in err


def test_json_is_one_object_and_nothing_else(desk: Desk) -> None:
    code, out, _ = desk.run(SET, "--half", "test", "--json")
    assert code == 0
    assert out.count("\n") == 1
    made = json.loads(out)
    assert (made["questions"], made["half"], made["model"], made["corpus"]) == (25, "test", "m1+规则", "c1")
    assert made["command"] == f"qa eval {SET} --half test"


def test_the_report_folder(desk: Desk) -> None:
    code, _, err = desk.run(SET, "--report", "out")
    assert code == 0
    assert "报告：out/report.html" in err
    names = sorted(path.name for path in (desk.folder / "out").iterdir())
    assert names == ["junit.xml", "qrels.trec", "report.html", "report.json", "run.trec", "runs", "summary.md"]


def test_the_command_is_the_same_however_the_path_is_given(desk: Desk) -> None:
    for path in (str(desk.folder / SET), "./eval/../eval/set.jsonl"):
        assert desk.run(path, "--json")[1].startswith('{"format": "qa-eval/1", "command": "qa eval eval/set.jsonl"')


# --------------------------------------------------------------------------------------------------------------- gate


def test_a_gate_passes_fails_and_passes_again(desk: Desk) -> None:
    assert desk.run(SET, *GATE, "--accept")[0] == 0
    assert (desk.folder / "eval" / "expected" / "all.jsonl").is_file()
    code, out, _ = desk.run(SET, *GATE)
    assert (code, out.splitlines()[-1]) == (0, "门槛：通过")
    sound = desk.assistant.search
    desk.worsen()
    code, out, _ = desk.run(SET, *GATE, "--report", "out")
    assert (code, out.splitlines()[-1]) == (1, "门槛：未通过")
    assert "Success@1 变差的题：Q" in out
    assert "未通过" in (desk.folder / "out" / "summary.md").read_text(encoding="utf-8")
    desk.assistant.search = sound
    assert desk.run(SET, *GATE)[0] == 0


def test_accepting_a_worse_run_moves_the_gate(desk: Desk) -> None:
    desk.run(SET, *GATE, "--accept")
    desk.worsen()
    assert desk.run(SET, *GATE)[0] == 1
    assert desk.run(SET, *GATE, "--accept")[0] == 0
    assert desk.run(SET, *GATE)[0] == 0


@pytest.mark.parametrize(
    ("field", "said"),
    [("model", "期望值是用另一个模型得到的"), ("corpus", "期望值是在另一份资料上得到的")],
)
def test_another_model_or_corpus_is_an_error_before_anything_is_asked(desk: Desk, field: str, said: str) -> None:
    desk.run(SET, *GATE, "--accept")
    setattr(desk.assistant, field, "other")
    code, out, err = desk.run(SET, *GATE, "--report", "out")
    assert (code, out) == (2, "")
    assert said in err
    assert "评测 0/" not in err
    assert not (desk.folder / "out").exists()


def test_a_command_without_expectation_is_an_error(desk: Desk) -> None:
    desk.run(SET, *GATE, "--accept")
    code, _, err = desk.run(SET, "--half", "dev", *GATE)
    assert code == 2
    assert "没有这条命令的期望值：qa eval eval/set.jsonl --half dev" in err
    assert desk.run(SET, "--expected", "none.toml")[0] == 2


def test_a_lost_record_is_an_error(desk: Desk) -> None:
    desk.run(SET, *GATE, "--accept")
    (desk.folder / "eval" / "expected" / "all.jsonl").unlink()
    code, _, err = desk.run(SET, *GATE)
    assert code == 2
    assert "读不了评测记录" in err


def test_without_a_record_the_values_alone_are_held(desk: Desk) -> None:
    desk.run(SET, *GATE, "--accept")
    path = desk.folder / "eval" / "expected.toml"
    (entry,) = read_expectations(path)
    write_expectations(path, [replace(entry, run=None)])
    assert desk.run(SET, *GATE)[0] == 0
    desk.worsen()
    assert desk.run(SET, *GATE)[0] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.jsonl",), "找不到评测集：nowhere.jsonl"),
        ((SET, "--half", "train"), "没有“train”这一半"),
        ((SET, "--accept"), "--accept 要写入期望值文件"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(desk: Desk, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = desk.run(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err


def test_a_malformed_line_leaves_no_half_report(desk: Desk) -> None:
    with (desk.folder / SET).open("a", encoding="utf-8") as file:
        file.write("{\n")
    code, out, err = desk.run(SET, "--report", "out", "--json")
    assert (code, out) == (2, "")
    assert f"{SET} 第 51 行：不是合格的 JSON" in err
    assert not (desk.folder / "out").exists()


@pytest.mark.parametrize(
    "where", [("--report", "file"), ("--report", "file/out"), ("--expected", "file/e.toml", "--accept")]
)
def test_where_nothing_can_be_written_is_said_before_anything_is_asked(desk: Desk, where: tuple[str, ...]) -> None:
    (desk.folder / "file").write_text("", encoding="utf-8")
    code, out, err = desk.run(SET, *where)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "写不了 file" in err


def test_a_damaged_expectation_is_not_written_over(desk: Desk) -> None:
    (desk.folder / "eval" / "expected.toml").write_text("[[expected]\n", encoding="utf-8")
    code, out, err = desk.run(SET, *GATE, "--accept")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "不是合格的 TOML" in err


def test_stopped_by_hand_it_leaves_the_last_report(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.run(SET, "--report", "out")
    before = {path: path.read_bytes() for path in (desk.folder / "out").rglob("*") if path.is_file()}

    def stopped(query: Query) -> Result:
        raise KeyboardInterrupt

    monkeypatch.setattr(desk.assistant, "ask", stopped)
    code, out, err = desk.run(SET, "--report", "out")
    assert (code, out) == (130, "")
    assert err.count("已停止") == 1
    assert err.endswith("已停止，没有留下结果；以前的报告和记录不变\n")
    assert {path: path.read_bytes() for path in (desk.folder / "out").rglob("*") if path.is_file()} == before


# ------------------------------------------------------------------------------------------------------------ compare


def test_two_runs_are_compared(desk: Desk) -> None:
    desk.run(SET, "--half", "dev", "--report", "a")
    desk.worsen()
    desk.assistant.model = "m2"
    desk.run(SET, "--half", "dev", "--report", "b")
    first, second = (str(next((desk.folder / name / "runs").iterdir())) for name in "ab")
    code, out, err = desk.run("compare", first, second)
    assert code == 0
    assert "变差" in out
    assert "Success@1" in out
    assert "两次的模型不同：m1+规则 → m2+规则" in err
    made = json.loads(desk.run("compare", first, second, "--json")[1])
    assert made["shared"] == 25
    assert made["measures"]["success@1"]["gain"] < -0.3
    assert len(made["worse"]) > 5


def test_what_is_no_run_cannot_be_compared(desk: Desk) -> None:
    code, _, err = desk.run("compare", SET, SET)
    assert code == 2
    assert "不是完整的评测记录" in err


# --------------------------------------------------------------------------------------------------------------- lint


def test_lint_tells_file_and_line_and_says_no_by_its_exit(desk: Desk) -> None:
    line = {
        "id": "Q900",
        "question": "推广新技术384项，引进新品种556个是哪一年？",
        "type": "fact_date",
        "answers": ["2019年"],
        "evidence": [{"doc": BULLETIN, "quote": "推广新技术384项，引进新品种556个"}],
        "list": False,
    }
    (desk.folder / "bad.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    code, out, err = desk.run("lint", "bad.jsonl")
    assert code == 1
    assert "bad.jsonl 第 1 行  Q900  泄漏：" in out
    assert "bad.jsonl 第 1 行  Q900  答案不在依据中：“2019年”" in out
    assert "1 题，2 处可疑" in err
    found = [json.loads(each) for each in desk.run("lint", "bad.jsonl", "--json")[1].splitlines()]
    assert [(each["id"], each["kind"], each["line"]) for each in found] == [
        ("Q900", "leak", 1),
        ("Q900", "answer_not_in_quote", 1),
    ]
    line |= {"question": "哪年？", "answers": ["556个"]}
    (desk.folder / "good.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    assert desk.run("lint", "good.jsonl")[0] == 0


# ---------------------------------------------------------------------------------------------------------------- new


def test_new_takes_all_and_goes_on_where_it_stopped(desk: Desk) -> None:
    code, _, err = desk.run("new", "--all", "--count", "5")
    assert code == 0
    assert "拟题 5，收下 5，写入 eval/new.jsonl" in err
    desk.run("new", "--all", "--count", "5")
    lines = [json.loads(line) for line in (desk.folder / "eval" / "new.jsonl").read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == [f"N{n:03d}" for n in range(1, 11)]
    assert len({line["question"] for line in lines}) == 10
    assert all("未经人工核对" in line["note"] for line in lines)
    assert desk.run("eval/new.jsonl")[0] == 0


def test_new_lists_without_writing(desk: Desk) -> None:
    code, out, _ = desk.run("new", "--json", "--count", "3")
    assert code == 0
    assert [sorted(json.loads(line))[:3] for line in out.splitlines()] == [["answers", "evidence", "id"]] * 3
    assert not (desk.folder / "eval" / "new.jsonl").exists()


def test_new_wants_a_person(desk: Desk) -> None:
    code, _, err = desk.run("new")
    assert code == 2
    assert "要在终端里逐题取舍" in err


def test_a_person_accepts_rewords_rejects_and_stops(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["a", "e", "换个问法？", "?", "r", "q"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(answers))
    proposed = [json.loads(line) for line in desk.run("new", "--json", "--count", "5")[1].splitlines()]
    code, out, _ = desk.run("new", "--count", "5")
    assert code == 0
    kept = [json.loads(line) for line in (desk.folder / "eval" / "new.jsonl").read_text("utf-8").splitlines()]
    assert [line["question"] for line in kept] == [proposed[0]["question"], "换个问法？"]
    assert "1/5  " in out
    assert "依据：" in out
    # Taken, reworded and rejected ones are not proposed again; the one at which the person stopped is.
    later = [json.loads(line)["question"] for line in desk.run("new", "--json", "--count", "5")[1].splitlines()]
    assert later[0] == proposed[3]["question"]


# -------------------------------------------------------------------------------------------------------------- bench


def test_bench_says_where_the_data_comes_from(desk: Desk) -> None:
    code, _, err = desk.run("bench", "cmrc2018", "--data", str(desk.folder))
    assert code == 2
    assert "ymcui/cmrc2018" in err
    assert desk.run("bench", "squad", "--data", str(desk.folder))[0] == 2


def test_bench_goes_from_three_files_to_the_table_and_keeps_what_was_answered(tmp_path: Path) -> None:
    """With the real model: its converted weights are lent from the user's cache, the benchmark's index is the test's own."""
    lent, cache = Settings.from_environment().cache, tmp_path / "cache"
    cache.mkdir()
    for name in ("models", "encoders"):
        (lent / name).mkdir(parents=True, exist_ok=True)
        (cache / name).symlink_to(lent / name, target_is_directory=True)
    for place, town in (("cmrc2018/dev", "甲城"), ("cmrc2018/trial", "乙城"), ("drcd/dev", "丙城")):
        file = tmp_path / "data" / f"{place}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        asked = [{"id": "1", "question": f"{town}有几座桥？", "answers": [{"text": "三座", "answer_start": 12}]}]
        text = f"{town}建于1920年，城中有三座桥，{town}的石桥最老。"
        paragraph = {"context": text, "qas": [*asked, {"id": "2", "question": " ", "answers": asked[0]["answers"]}]}
        file.write_text(json.dumps({"data": [{"paragraphs": [paragraph]}]}, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "qa", "eval", "bench", "collection", "--data", "data", "--keep", "kept.jsonl", "--json"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "QA_CACHE": str(cache), "QA_THREADS": "1", "QA_READER": "rules"},
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert (made["paragraphs"], made["questions"], made["questions_read"]) == (3, 6, 4)  # DRCD is searched only
    assert made["retrieval"]["paragraph@10"] == 0.5  # an empty question finds nothing and stops nothing
    assert list(made["members"]) == ["cmrc2018/dev", "cmrc2018/trial", "drcd/dev"]
    kept = read_run(tmp_path / "kept.jsonl").outcomes
    assert [(each.id, each.error != "") for each in kept] == [
        ("cmrc2018-dev:1", False),
        ("cmrc2018-dev:2", True),
        ("cmrc2018-trial:1", False),
        ("cmrc2018-trial:2", True),
    ]
