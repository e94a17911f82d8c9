"""The comparison with peers: its corpus, its runner's rules, its report. No peer is installed for this."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from benchmarks.corpus import prepare, sample, stamped, unstamped
from benchmarks.environments import REQUIREMENTS
from benchmarks.figure import figure
from benchmarks.measuring import RUNNERS, Results
from benchmarks.systems import SYSTEMS
from benchmarks.table import best_embedding, markdown
from benchmarks.vectors import _spread
from qa.errors import UsageError


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A CMRC dev file of three paragraphs and one official text, in the folders of the real data."""
    paragraphs = [
        {
            "context": f"第{number}座桥建于{1900 + number}年，由工程师甲{number}设计，全长{number}百米，至今仍在使用。",
            "qas": [
                {
                    "id": f"Q{number}",
                    "question": "桥建于哪年？",
                    "answers": [{"text": f"{1900 + number}年", "answer_start": 6}],
                }
            ],
        }
        for number in range(3)
    ]
    folder = tmp_path / "data" / "cmrc2018"
    folder.mkdir(parents=True)
    file = {"data": [{"paragraphs": paragraphs}]}
    (folder / "dev.json").write_text(json.dumps(file, ensure_ascii=False), "utf-8")
    official = tmp_path / "data" / "official-documents"
    official.mkdir()
    lines = [f"各旗区要做好第{number}项工作，落实责任，按时报送有关情况，不得延误。" for number in range(30)]
    (official / "通知.txt").write_text("\n".join(lines), "utf-8")
    return tmp_path / "data"


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_corpus_grows_by_text_that_repeats_under_other_numbers(data: Path, tmp_path: Path) -> None:
    prepared = prepare(tmp_path / "size", data, 40)
    rows = _rows(prepared.folder / "passages.jsonl")
    assert prepared.passages == len(rows) >= 40
    assert len({row["text"] for row in rows}) == len(rows), "no passage stands twice"
    plain = [unstamped(row["text"]) for row in rows]
    assert 0 < prepared.repeated == len(plain) - len(set(plain))
    questions = _rows(prepared.folder / "questions.jsonl")
    assert {row["document"] for row in questions} == {f"cmrc-{number:05d}.txt" for number in range(3)}
    assert prepare(tmp_path / "size", data, 40) == prepared


def test_missing_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="CMRC 2018"):
        prepare(tmp_path / "size", tmp_path, 10)


def test_sample_holds_whole_documents(data: Path, tmp_path: Path) -> None:
    prepared = prepare(tmp_path / "size", data, 40).folder
    part = sample(prepared, tmp_path / "part", 5)
    rows = _rows(part / "passages.jsonl")
    assert 5 <= len(rows) < len(_rows(prepared / "passages.jsonl"))
    assert {row["document"] for row in rows} == {path.name for path in (part / "corpus").iterdir()}
    assert sample(prepared, tmp_path / "part", 0) == prepared


def test_stamp_keeps_length_and_headings() -> None:
    text = "一、总则\n" + "这一段有二十个字以上，所以段末会有一个编号。"
    one, two = stamped(text, count(1)), stamped(text, count(900))
    assert one != two
    assert len(one) == len(two)
    assert one.startswith("一、总则\n")
    assert unstamped(one) == unstamped(two) != one


def test_copies_get_near_vectors_and_others_keep_theirs() -> None:
    rows = np.eye(3, 384, dtype=np.float32)
    moved = _spread(rows, np.array([False, True, True]))
    assert np.array_equal(moved[0], rows[0])
    assert np.allclose(np.linalg.norm(moved, axis=1), 1, atol=1e-6)
    assert 0.97 < float(moved[1] @ rows[1]) < 0.999


def test_runner_measures_what_it_ran(data: Path, tmp_path: Path) -> None:
    """A system of eight lines, measured by the rules of all runners, in processes of its own."""
    prepared = prepare(tmp_path / "size", data, 5).folder
    runner = tmp_path / "runner_first.py"
    runner.write_text(
        "import measured\n"
        "class First:\n"
        "    packages = ()\n"
        "    def prepare(self, model): pass\n"
        "    def index(self, passages, vectors, folder):\n"
        "        (folder / 'x').write_bytes(b'1' * 1000)\n"
        "        return len(passages)\n"
        "    def open(self, model, folder): assert (folder / 'x').is_file()\n"
        "    def best(self, question): return 'cmrc-00000.txt'\n"
        "measured.main(First())\n"
    )
    index = _run(runner, "index", prepared, tmp_path)
    assert index["passages"] == len(_rows(prepared / "passages.jsonl"))
    assert index["index_mb"] > 0
    asked = _run(runner, "ask", prepared, tmp_path, "--questions", "2")
    assert asked["questions"] == len(asked["right"]) == 2
    assert asked["success@1"] == asked["right"].count("1") / 2
    assert asked["p50_ms"] <= asked["p95_ms"]


def _run(runner: Path, phase: str, data: Path, folder: Path, *extra: str) -> dict[str, Any]:
    own = folder / "index"
    own.mkdir(exist_ok=True)
    command = [sys.executable, str(runner), phase, str(data), str(own), "no model", *extra]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(RUNNERS)})
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_every_system_has_its_runner_and_pinned_versions() -> None:
    for system in SYSTEMS:
        assert (RUNNERS / system.runner).is_file()
        if system.environment:
            lines = (REQUIREMENTS / f"{system.environment}.txt").read_text("utf-8").splitlines()
            assert all("==" in line for line in lines)


def _measured() -> dict[str, Any]:
    asked = {
        "questions": 3, "right": "110", "success@1": 2 / 3, "cpu_ms": 5.0, "p50_ms": 6.0, "p95_ms": 9.0,
        "start_s": 1.5, "start_cpu_s": 1.0, "peak_rss_mb": 200.0, "load": [1.0, 3.0], "versions": {"x": "1"},
    }  # fmt: skip
    index = {"passages": 100, "index_s": 2.0, "index_cpu_s": 1.0, "index_mb": 3.0, "peak_rss_mb": 300.0}
    results = {
        "2500/qa-search/index": index,
        "2500/qa-search/embed-1": index,
        "2500/qa-search/embed-2": index | {"index_cpu_s": 0.8},
        "2500/st-faiss/embed-1": index | {"index_cpu_s": 8.0},
        "2500/qa-search/ask": asked,
        "25000/qa-search/index": index,
        "25000/qa-search/ask": asked | {"right": "11", "questions": 2, "cpu_ms": 50.0},
        "25000/st-faiss/index": {"failed": "not finished after 1 s"},
        "25000/st-faiss/ask": {"failed": "ended with 1: no index"},
    }
    size = {"passages": 2556, "documents": 857, "repeated": 0}
    return {
        "machine": {
            "day": "2026-11-21", "processor": "P", "instructions": ["avx2"], "processors": 2, "memory_gb": 24.0, "python": "3.11",
        },
        "conditions": {"processors": 1},
        "sizes": {"2500": size, "25000": size | {"passages": 25056}},
        "results": results,
    }  # fmt: skip


def test_report_says_ratio_failure_and_growth() -> None:
    text = markdown(_measured())
    best = best_embedding(_measured(), "qa-search")
    assert best is not None
    assert best["index_cpu_s"] == 0.8, "the round that a busy machine slowed least"
    assert "| 引证 | 50.0 | 8.0 | 10.0 | 300 |" in text
    assert "(not finished after 1 s)" in text
    assert "| 引证, search only | 5.0 | 50.0 | 200 | 200 | 1.000 | 1.000 |" in text, (
        "over the two questions that both sizes had"
    )
    assert "1.0 to 3.0" in text


def test_figure_is_xml_and_leaves_out_what_failed() -> None:
    drawn = ElementTree.fromstring(figure(_measured()))
    lines = [each for each in drawn.iter() if each.tag.endswith("polyline")]
    assert len(lines) == 1
    assert len(lines[0].attrib["points"].split()) == 2


def test_results_go_on_where_they_were(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    Results(path, {"processors": 1}).put(2500, "qa", "ask", {"cpu_ms": 1.0})
    again = Results(path, {"processors": 2})
    assert again.get(2500, "qa", "ask") == {"cpu_ms": 1.0}
    assert again.get(2500, "qa", "index") is None
