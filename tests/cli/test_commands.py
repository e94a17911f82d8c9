"""The command line as people use it: a real index over the five documents, real exit codes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from qa.adapters.generations import read_manifest, write_manifest
from tests.citing.word_drafts import rich_draft

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "科技特派员2020年引进了多少个新品种？"


def run(*arguments: str, code: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "qa", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QA_THREADS": "1", **environment},
        timeout=300,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


def load(done: subprocess.CompletedProcess[str]) -> Any:
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    folder = tmp_path_factory.mktemp("资料 库")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    place = ("--corpus", str(folder / "corpus"), "--index", str(folder / "index"))
    report = load(run("index", "--json", *place))
    assert (report["read"], report["failed"]) == (5, 0)
    return place


def test_ask_in_the_contracts_shape(library: tuple[str, ...]) -> None:
    result = load(run("ask", QUESTION, "--json", *library))
    answer = result["answer"]
    assert (answer["abstained"], answer["text"]) == (False, "556个")
    assert "引进新品种556个" in answer["evidence"]
    shown = load(run("show", answer["document_id"], "--json", *library))
    assert shown["text"][answer["start"] : answer["end"]] == "556个"
    assert result["passages"][0]["rank"] == 1
    for passage in result["passages"]:
        assert passage["passage_id"] == f"{passage['document_id']}:{passage['start']}-{passage['end']}"
    assert result["passages"][0]["citation"] == "《科技简报》2021年第1期（2021年3月25日）【高层声音】"
    assert set(result["timing_ms"]) == {"total", "embed", "retrieve", "read"}


def test_another_year_is_not_found(library: tuple[str, ...]) -> None:
    answer = load(run("ask", "科技特派员2019年引进了多少个新品种？", "--json", *library))["answer"]
    assert answer["abstained"] is True
    assert answer["text"] is None
    assert answer["reason"] == "period"


def test_bare_keywords_list_passages_and_claim_no_answer(library: tuple[str, ...]) -> None:
    done = load(run("ask", "科技特派员", "--json", *library))
    assert (done["answer"]["text"], done["answer"]["reason"]) == (None, "no_question")
    assert done["passages"]
    assert run("ask", "科技特派员", *library).stdout.startswith("只写了“科技特派员”")


def test_batch_keeps_order_and_reports_a_bad_question_in_its_place(library: tuple[str, ...], tmp_path: Path) -> None:
    batch = tmp_path / "问 题.jsonl"
    rows = [
        {"id": "H1", "question": QUESTION},
        {"id": "H2", "question": "   "},
        {"id": "H3", "question": "谁审核？", "filters": {"from": "2023-01-01"}},
    ]
    batch.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    done = run("ask", "--batch", str(batch), "--json", *library)
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["id"] for each in results] == ["H1", "H2", "H3"]
    assert results[0]["answer"]["text"] == "556个"
    assert results[1]["error"]["code"] == "usage"
    assert {each["date"] >= "2023" for each in results[2]["passages"]} == {True}


def test_documents_cite_search_and_verify(library: tuple[str, ...]) -> None:
    documents = [json.loads(line) for line in run("documents", "--json", *library).stdout.splitlines()]
    assert len(documents) == 5
    assert {each["status"] for each in documents} == {"read"}
    hits = load(run("search", "揭榜挂帅", "--json", "--top", "3", *library))["passages"]
    assert len(hits) == 3
    assert run("cite", hits[0]["passage_id"], "--style", "plain", *library).stdout.strip()
    assert load(run("verify", "--json", *library)) == {"sound": True, "findings": [], "citations": [], "documents": {}}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ask", "   "), "问题是空的"),
        (("ask", "😀😀"), "问题是空的"),
        (("ask", "问" * 10_000), "太长"),
        (("ask", "x", "--from", "昨天"), "日期 昨天 无效"),
        (("cite", "没有:1-2"), "没有"),
        (("show", "没有"), "没有文档"),
        (("ask",), "请给出一个问题"),
    ],
)
def test_bad_input_is_named_with_exit_2(library: tuple[str, ...], arguments: tuple[str, ...], words: str) -> None:
    assert words in run(*arguments, *library, code=2).stderr


def test_html_in_a_question_is_only_text(library: tuple[str, ...]) -> None:
    result = load(run("ask", '<script>alert(1)</script> " OR 1=1 -- *', "--json", *library))
    assert result["question"].startswith("<script>")
    assert result["answer"]["abstained"] is True


def test_no_index_and_no_corpus_are_named(tmp_path: Path) -> None:
    assert "qa index" in run("ask", "什么", "--index", str(tmp_path / "none"), code=2).stderr
    assert (
        "没有资料文件夹"
        in run("index", "--corpus", str(tmp_path / "none"), "--index", str(tmp_path / "i"), code=2).stderr
    )


def test_a_bad_folder_of_files_names_each_and_serves_the_rest(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "空.txt").write_bytes(b"")
    (corpus / "二进制.txt").write_bytes(bytes(range(256)) * 40)
    (corpus / "表.xyz").write_text("x")
    (corpus / "国标.txt").write_bytes(("全市科技工作会议在康巴什召开，副市长出席会议并讲话。" * 4).encode("gb18030"))
    done = run("index", "--corpus", str(corpus), "--index", str(tmp_path / "i"), "--json")
    report = json.loads(done.stdout)
    assert (report["read"], report["failed"]) == (1, 3)
    for name in ("空.txt", "二进制.txt", "表.xyz"):
        assert name in done.stderr
    result = load(run("ask", "会议在哪里召开？", "--corpus", str(corpus), "--index", str(tmp_path / "i"), "--json"))
    assert result["passages"][0]["document_id"] == "国标"


@pytest.mark.skipif(os.name != "posix", reason="stops with a signal")
def test_ctrl_c_says_that_what_is_done_is_kept(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    text = next((ROOT / "corpus").glob("提案答复函*.txt")).read_text("utf-8")
    for number in range(30):  # seconds of embedding: the signal has to come before its end
        (tmp_path / "corpus" / f"{number}.txt").write_text(text.replace("，", f"，第{number}份的", 200), "utf-8")
    place = ("--corpus", str(tmp_path / "corpus"), "--index", str(tmp_path / "index"))
    command = [sys.executable, "-m", "qa", "index", *place]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "QA_THREADS": "1"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background jobs ignore it
    ) as child:  # fmt: skip
        assert child.stderr is not None
        said = []
        for line in child.stderr:
            said.append(line)
            if "计算向量" in line:
                child.send_signal(signal.SIGINT)
                break
        said += child.stderr.readlines()
        assert child.wait(120) == 130
    assert said[-1] == "已停止；已完成的部分都已保存\n"
    again = load(run("index", "--json", *place))
    assert (again["read"], again["unchanged"]) == (0, 30)  # what was read is not read again


def test_an_empty_corpus_gives_an_honest_answer(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    place = ("--corpus", str(tmp_path / "corpus"), "--index", str(tmp_path / "i"))
    assert "空的" in run("index", *place).stderr
    assert load(run("ask", "什么", "--json", *place))["answer"]["reason"] == "empty_corpus"


def test_an_index_of_another_model_is_refused_with_the_command(library: tuple[str, ...], tmp_path: Path) -> None:
    copied = tmp_path / "index"
    shutil.copytree(library[3], copied)
    generation = next(copied.glob("generations/*"))
    manifest = read_manifest(generation)
    recipe = replace(manifest.recipe, model="别的模型", model_fingerprint="0")
    write_manifest(generation, replace(manifest, recipe=recipe))
    stderr = run("ask", "什么", "--corpus", library[1], "--index", str(copied), code=2).stderr
    assert "qa index --rebuild" in stderr
    assert "别的模型" in stderr


def test_help_and_version_are_quick_to_reach() -> None:
    assert "index" in run("--help").stdout
    assert run("--version").stdout.startswith("qa ")


def test_a_draft_is_checked_sentence_by_sentence(library: tuple[str, ...], tmp_path: Path) -> None:
    draft = tmp_path / "稿.md"
    draft.write_text("2020年，科技特派员引进新品种565个。\n\n2020年，科技特派员推广新技术384项。\n", "utf-8")
    done = run("check", str(draft), "--json", *library, code=1)
    wrong, right = (json.loads(line) for line in done.stdout.splitlines())
    assert (wrong["verdict"], right["verdict"]) == ("contradicted", "supported")
    assert wrong["differences"][0] == {"in_draft": "565个", "in_source": "556个", "what": "number"}


def test_drafts_that_cannot_be_read_are_named(library: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "稿.pages").write_text("x")
    assert "稿.pages" in run("check", str(tmp_path / "稿.pages"), *library, code=2).stderr
    (tmp_path / "单.jsonl").write_text('{"id": 1}\n')
    assert "第 1 行" in run("check", "--batch", str(tmp_path / "单.jsonl"), *library, code=2).stderr


def test_a_word_draft_comes_back_with_comments(library: tuple[str, ...], tmp_path: Path) -> None:
    draft, out = tmp_path / "稿.docx", tmp_path / "核稿.docx"
    before = rich_draft()
    draft.write_bytes(before)
    done = run("check", str(draft), "--comments", str(out), *library, code=1)
    assert "数字：稿件作“348项”，资料作“384项”" in done.stdout
    assert "出处：《科技简报》2021年第1期（2021年3月25日）【高层声音】" in done.stdout
    assert "图片 1 处" in done.stderr
    assert draft.read_bytes() == before
    assert [c.text.split("\n")[0] for c in Document(str(out)).comments][:2] == ["【不一致】", "【有据】"]
    for name, says in ((str(draft), "就是原稿"), (str(tmp_path / "a.pdf"), "不是 .docx")):
        assert says in run("check", str(draft), "--comments", name, *library, code=2).stderr
    assert "文件不存在" in run("check", str(tmp_path / "没有.docx"), *library, code=2).stderr


@pytest.mark.parametrize(
    ("query", "held"),
    [
        ("鄂府发〔2024〕56号", "56号"),
        ("53.2亿元", "53.2"),
        ("王革", "王革"),
        ("8398021", "8398021"),
        ("0355号提案", "0355"),
        ("二十九家企业", "29 家"),
    ],
)
def test_exact_numbers_names_and_document_numbers_come_first(library: tuple[str, ...], query: str, held: str) -> None:
    first = load(run("search", query, "--json", *library))["passages"][0]
    assert held in first["text"]
