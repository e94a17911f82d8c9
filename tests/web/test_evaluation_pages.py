"""评测 over the assistant held in memory and real run records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from qa.evaluation.acceptance import accept
from qa.evaluation.outcome import LostStage
from qa.evaluation.run_record import write_run
from qa.evaluation.set_reader import read_evaluation_set
from qa.settings import Settings
from qa.web.app import create_app
from tests.evaluation.evaluation_examples import a_run, an_outcome
from tests.web.held_assistant import BULLETIN_ID, LETTER_ID, QUESTION, UNANSWERABLE, HeldAssistant

COMMAND = "qa eval eval/a.jsonl --half dev"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "eval"
    made.mkdir()
    return made


@pytest.fixture
def assistant(folder: Path) -> HeldAssistant:
    root = folder.parent
    return HeldAssistant(
        Settings(corpus=root / "c", index=root / "i", workspace=root / "w", evaluation=folder, history=True)
    )


@pytest.fixture
def client(assistant: HeldAssistant) -> Iterator[TestClient]:
    with TestClient(create_app(assistant), raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def keep(folder: Path, hour: int, *, wrong: tuple[int, ...] = (), command: str = COMMAND, half: str | None = "dev"):  # type: ignore[no-untyped-def]
    missed = {"ranks": (None,), "answer": "<b>565个", "contains": 0.0, "cited": 0.0, "lost": LostStage.RETRIEVAL}
    outcomes = [an_outcome(f"Q{n}", **(missed if n in wrong else {})) for n in range(1, 10)]
    run = a_run(*outcomes, started=datetime(2026, 11, 21, hour, tzinfo=UTC), command=command, half=half)
    write_run(run, folder / "runs" / "latest" / "runs" / f"20261121T{hour:02d}0000-dev.jsonl")
    return run


RUN = "/evaluation/runs/runs/latest/runs/20261121T090000-dev"


# ------------------------------------------------------------------------------------------------------------------ runs


def test_without_runs_the_page_says_how_to_make_one(client: TestClient, folder: Path) -> None:
    page = client.get("/evaluation")
    assert page.status_code == 200
    assert "还没有运行记录" in page.text
    assert f"qa eval {folder.as_posix()}/评测集.jsonl --report" in page.text


def test_runs_are_listed_with_their_measures_and_trend(client: TestClient, folder: Path) -> None:
    keep(folder, 8)
    keep(folder, 9, wrong=(1, 2, 3))
    text = client.get("/evaluation").text
    assert COMMAND in text
    assert text.index("20261121T090000-dev") < text.index("20261121T080000-dev")
    assert "1.000" in text
    assert "0.667" in text
    assert text.count("<polyline") == 3  # no unanswerable question, so no trend of refusal
    assert 'aria-current="page"' in text


def test_a_run_shows_its_misses_and_what_changed(client: TestClient, folder: Path) -> None:
    keep(folder, 8)
    keep(folder, 9, wrong=(1, 2, 3))
    text = client.get(RUN).text
    for said in (
        "未答对的题",
        "3 / 9",
        "依据未召回",
        "&lt;b&gt;565个",
        "556个 或 556",
        "推广新技术384项，引进新品种556个",
        "变差 3 题",
    ):
        assert said in text
    assert "<b>565" not in text
    assert "门槛" not in text


def test_the_gate_is_held_where_the_command_has_an_expectation(client: TestClient, folder: Path) -> None:
    accept(keep(folder, 8), folder / "expected.toml", today=datetime(2026, 11, 21, tzinfo=UTC).date())
    keep(folder, 9, wrong=(1, 2, 3, 4, 5, 6))
    text = client.get(RUN).text
    assert "✗ 未通过" in text
    assert "置换检验" in text
    assert "✓ 通过" in client.get(RUN.replace("T09", "T08")).text
    listed = client.get("/evaluation").text
    assert "有期望值，可判定门槛" in listed
    assert listed.count("认可</span>") == 1


def test_a_known_failure_expires_by_the_calendar_also_where_questions_are_asked_as_of_an_earlier_day(
    assistant: HeldAssistant, folder: Path
) -> None:
    accept(keep(folder, 9, wrong=(1,)), folder / "expected.toml", today=date(2026, 11, 21))
    known = '\n[[expected.known_failures]]\nid = "Q1"\nreason = "旧账"\nuntil = 2020-01-31\n'
    with (folder / "expected.toml").open("a", encoding="utf-8") as file:
        file.write(known)
    earlier = HeldAssistant(replace(assistant.settings, today=date(2020, 1, 1)))
    with TestClient(create_app(earlier)) as client:
        assert "已知问题 Q1 已于 2020-01-31 到期，重新计入：旧账" in client.get(RUN).text


def test_a_run_that_cannot_be_held_says_why_and_a_damaged_expectation_is_told(client: TestClient, folder: Path) -> None:
    accept(keep(folder, 8), folder / "expected.toml", today=datetime(2026, 11, 21, tzinfo=UTC).date())
    expected = (folder / "expected.toml").read_text("utf-8")
    (folder / "expected.toml").write_text(expected.replace('"m1"', '"m2"'), "utf-8")
    assert "期望值是用另一个模型得到的" in client.get(RUN.replace("T09", "T08")).text
    (folder / "expected.toml").write_text("[[", "utf-8")
    assert "不是合格的 TOML" in client.get("/evaluation").text


def test_misses_of_the_held_out_half_stand_folded_with_a_warning(client: TestClient, folder: Path) -> None:
    keep(folder, 8, half="test")
    keep(folder, 9, wrong=(1,), half="test")
    text = client.get(RUN).text
    assert "只用来报告" in text
    assert '<details class="stage">' in text
    assert "变差 1 题，变好 0 题。" in text


def test_the_report_is_a_whole_file_to_download(client: TestClient, folder: Path) -> None:
    keep(folder, 8)
    keep(folder, 9, wrong=(1,))
    got = client.get(f"{RUN}?download")
    assert got.headers["content-disposition"] == 'attachment; filename="qa-eval-20261121T090000-dev.html"'
    assert "历次运行" in got.text
    assert "http" not in got.text.replace("http://www.w3.org", "")


@pytest.mark.parametrize("name", ["none", "../../../etc/passwd", "runs/latest/runs/../../../../c", "%2e%2e/x", "<b>"])
def test_unknown_runs_are_not_found(client: TestClient, folder: Path, name: str) -> None:
    keep(folder, 8)
    got = client.get(f"/evaluation/runs/{name}")
    assert got.status_code == 404
    assert "<b>" not in got.text.replace("<b>引证</b>", "")


# ------------------------------------------------------------------------------------------------------------- proposals


def first_key(text: str) -> str:
    return text.split('name="key" value="')[1].split('"')[0]


def first_field(text: str, name: str) -> str:
    return text.split(f'name="{name}"')[1].split(">", 1)[1].split("</textarea>")[0]


def judge(client: TestClient, **fields: str):  # type: ignore[no-untyped-def]
    return client.post("/evaluation/proposals", data=fields)


def test_a_proposal_is_accepted_as_worded(client: TestClient, folder: Path) -> None:
    text = client.get("/evaluation/proposals").text
    key, question, answers = first_key(text), first_field(text, "question"), first_field(text, "answers")
    done = judge(client, key=key, action="accept", question=question, answers=answers)
    assert (done.status_code, done.headers["location"]) == (303, "/evaluation/proposals?said=taken-N001")
    (kept,) = read_evaluation_set([folder / "new.jsonl"])
    assert (kept.id, kept.question, list(kept.answers)) == ("N001", question, answers.split("\n"))
    assert kept.evidence
    after = client.get(done.headers["location"]).text
    assert "已收下，编号 N001" in after
    assert key not in after


def test_an_edited_one_is_taken_in_the_new_words_and_not_proposed_again(client: TestClient, folder: Path) -> None:
    text = client.get("/evaluation/proposals").text
    key = first_key(text)
    judge(client, key=key, action="accept", question="换个\n问法？", answers=first_field(text, "answers"))
    assert read_evaluation_set([folder / "new.jsonl"])[0].question == "换个 问法？"
    assert key not in client.get("/evaluation/proposals").text


def test_a_rejected_one_is_not_proposed_again_also_by_another_server(
    client: TestClient, folder: Path, assistant: HeldAssistant
) -> None:
    key = first_key(client.get("/evaluation/proposals").text)
    done = judge(client, key=key, action="reject")
    assert "不再提出" in client.get(done.headers["location"]).text
    assert not (folder / "new.jsonl").exists()
    with TestClient(create_app(assistant)) as other:
        assert key not in other.get("/evaluation/proposals").text


def test_sending_twice_changes_nothing(client: TestClient, folder: Path) -> None:
    text = client.get("/evaluation/proposals").text
    fields = {"key": first_key(text), "action": "accept", "question": "问？", "answers": first_field(text, "answers")}
    judge(client, **fields)
    again = judge(client, **fields)
    assert again.headers["location"].endswith("said=gone")
    assert len(read_evaluation_set([folder / "new.jsonl"])) == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"question": " ？ "}, "问题是空的"), ({"answers": " "}, "没有写答案"), ({"answers": "<i>7</i>"}, "不在依据里")],
)
def test_what_cannot_be_taken_comes_back_as_it_was_edited(
    client: TestClient, folder: Path, changed: dict[str, str], said: str
) -> None:
    text = client.get("/evaluation/proposals").text
    fields = {"question": "改过的？", "answers": first_field(text, "answers")} | changed
    back = judge(client, key=first_key(text), action="accept", **fields)
    assert back.status_code == 400
    assert said in back.text
    assert fields["question"].strip() in back.text
    assert "<i>7" not in back.text
    assert not (folder / "new.jsonl").exists()


def test_an_unknown_action_is_refused(client: TestClient) -> None:
    assert judge(client, key=first_key(client.get("/evaluation/proposals").text), action="x").status_code == 400


def test_other_sites_cannot_judge(client: TestClient) -> None:
    key = first_key(client.get("/evaluation/proposals").text)
    headers = {"origin": "http://evil.example"}
    assert (
        client.post("/evaluation/proposals", data={"key": key, "action": "reject"}, headers=headers).status_code == 403
    )


def test_asked_questions_of_every_set_are_not_proposed(client: TestClient, folder: Path) -> None:
    text = client.get("/evaluation/proposals").text
    line = {"id": "A1", "question": first_field(text, "question"), "type": "unanswerable", "answers": []}
    (folder / "mine.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n", "utf-8")
    (folder / "claims.jsonl").write_text('{"id": "C1", "claim": "别的格式"}\n', "utf-8")
    assert first_key(text) not in client.get("/evaluation/proposals").text


# --------------------------------------------------------------------------------------------------------- own questions


def save(client: TestClient, **fields: object):  # type: ignore[no-untyped-def]
    values = {"asked": QUESTION, "question": QUESTION, "type": "fact_number", "answers": "556个"}
    return client.post("/evaluation/question", data={**values, **fields})


def passage_ids(assistant: HeldAssistant) -> tuple[str, str]:
    bulletin = next(p.id for p in assistant.passages_of(BULLETIN_ID) if "556个" in p.text)
    return bulletin, assistant.passages_of(LETTER_ID)[0].id


def test_a_question_is_kept_with_the_evidence_that_was_picked(
    client: TestClient, folder: Path, assistant: HeldAssistant
) -> None:
    bulletin, _ = passage_ids(assistant)
    page = client.get("/evaluation/question", params={"q": QUESTION}).text
    assert f'value="{bulletin}"' in page
    assert "checked" not in page
    assert first_field(page, "answers") == "556个"
    done = save(client, passage=bulletin)
    assert done.headers["location"] == "/evaluation/question?said=taken-N001"
    (kept,) = read_evaluation_set([folder / "new.jsonl"])
    assert (kept.question, kept.answers, kept.type.value) == (QUESTION, ("556个",), "fact_number")
    (evidence,) = kept.evidence
    assert evidence.doc == "科技简报-2021年第1期.txt"
    assert evidence.quote in assistant.document(BULLETIN_ID).text
    assert "556个" in evidence.quote
    assert "已收下，编号 N001" in client.get(done.headers["location"]).text


def test_what_the_library_lacks_is_kept_as_unanswerable(client: TestClient, folder: Path) -> None:
    save(client, question=UNANSWERABLE, type="unanswerable", answers="")
    (kept,) = read_evaluation_set([folder / "new.jsonl"])
    assert (kept.answerable, kept.evidence) == (False, ())


def test_evidence_without_the_answer_is_refused_and_nothing_is_lost(
    client: TestClient, folder: Path, assistant: HeldAssistant
) -> None:
    _, letter = passage_ids(assistant)
    back = save(client, passage=letter, question="改过的问题？")
    assert back.status_code == 400
    assert "所选段落里没有答案" in back.text
    assert first_field(back.text, "question") == "改过的问题？"
    assert back.text.count("checked") == 1
    assert not (folder / "new.jsonl").exists()


def test_forged_fields_are_refused(client: TestClient, folder: Path) -> None:
    assert save(client, type="poem").status_code == 400
    gone = save(client, passage="../x:1-2")
    assert gone.status_code == 400
    assert "没有" in gone.text
    assert not (folder / "new.jsonl").exists()


def test_the_same_question_is_kept_once(client: TestClient, folder: Path, assistant: HeldAssistant) -> None:
    bulletin, _ = passage_ids(assistant)
    assert save(client, passage=bulletin).headers["location"] == save(client, passage=bulletin).headers["location"]
    assert len(read_evaluation_set([folder / "new.jsonl"])) == 1


def test_asked_questions_are_offered(client: TestClient) -> None:
    assert "提问记录和反馈里的问题会列在这里" in client.get("/evaluation/question").text
    client.get("/", params={"q": QUESTION})
    text = client.get("/evaluation/question").text
    assert "我问过的" in text
    assert QUESTION in text


def test_a_damaged_set_is_told_with_its_line_and_stays_as_it_is(
    client: TestClient, folder: Path, assistant: HeldAssistant
) -> None:
    (folder / "new.jsonl").write_text('{"id": \n', "utf-8")
    assert "第 1 行" in client.get("/evaluation").text
    back = save(client, passage=passage_ids(assistant)[0])
    assert back.status_code == 400
    assert "第 1 行" in back.text
    assert (folder / "new.jsonl").read_text("utf-8") == '{"id": \n'


@pytest.mark.parametrize("said", ["taken-<b>", "nonsense", "taken-", "taken-" + "9" * 50])
def test_the_address_cannot_put_words_on_the_page(client: TestClient, said: str) -> None:
    assert 'role="status">' not in client.get("/evaluation/question", params={"said": said}).text.replace(
        '<p id="status" class="toast" role="status">', ""
    )
