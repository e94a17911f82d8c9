"""The library screen and its API over real files and a real index: only the model is left out."""

from __future__ import annotations

import json
import socket
import threading
import time
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from qa.web.app import create_app
from qa.web.server import configuration, listen
from tests.indexing.bigram_library import BigramLibrary

REPORT = "鄂尔多斯市科技工作情况报告\n2021年，全市引进新品种556个，推广新技术384项。科技特派员服务农牧民近3万户，促成合作项目66个。\n"
OTHER = (
    "关于研发经费投入的通报\n2022年，全市研发经费投入53.2亿元，居全区首位。各旗区要继续加大投入，落实各项政策措施。\n"
)


@pytest.fixture
def library(tmp_path: Path) -> BigramLibrary:
    made = BigramLibrary(tmp_path)
    made.write("报告.txt", REPORT)
    made.update()
    return made


@pytest.fixture
def client(library: BigramLibrary) -> Iterator[TestClient]:
    app = create_app(library.assistant(), update=library.update)
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def upload(client: TestClient, *files: tuple[str, bytes], on_conflict: str = "ask") -> Any:
    parts = [("files", (name, data, "application/octet-stream")) for name, data in files]
    return client.post("/api/documents", data={"on_conflict": on_conflict}, files=parts)


def ended(client: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    """The job when it has ended, by its own events."""
    with client.stream("GET", f"/api/jobs/{job['id']}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = list(stream.iter_lines())
    assert "event: end" in lines
    found: dict[str, Any] = client.get(f"/api/jobs/{job['id']}").json()
    return found


def paths(client: TestClient) -> list[str]:
    return [each["path"] for each in client.get("/api/documents").json()["documents"]]


def test_files_are_uploaded_read_and_answer(client: TestClient, library: BigramLibrary) -> None:
    answer = upload(client, ("通报.txt", OTHER.encode()), ("名 单😀.txt", "名单\n张三\n李四".encode("gb18030")))
    assert answer.status_code == 202
    job = ended(client, answer.json()["job"])
    assert job["state"] == "done"
    assert [(file["path"], file["state"]) for file in job["files"]] == [
        ("通报.txt", "done"),
        ("名 单😀.txt", "warnings"),
    ]
    assert (library.corpus / "通报.txt").read_text("utf-8") == OTHER
    assert not any((library.corpus / ".uploading").iterdir())
    found = client.get("/api/search", params={"q": "研发经费投入"}).json()["passages"]
    assert any("53.2亿元" in each["text"] for each in found)


def test_without_javascript_a_form_uploads_and_its_job_page_asks_again(
    client: TestClient, library: BigramLibrary
) -> None:
    library.embedder.gate.clear()
    sent = client.post("/library/upload", files=[("files", ("通报.txt", OTHER.encode()))])
    assert sent.status_code == 303
    page = client.get(sent.headers["location"])
    assert '<meta http-equiv="refresh"' in page.text
    library.embedder.gate.set()
    ended(client, {"id": sent.headers["location"].rsplit("/", 1)[1]})
    page = client.get(sent.headers["location"])
    assert '<meta http-equiv="refresh"' not in page.text
    assert "通报.txt" in page.text


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("表.xyz", ".xyz"),
        ("没有扩展名", "没有扩展名"),
        (".隐藏.txt", "隐藏文件"),
        ("~$稿.txt", "临时文件"),
        ("报告.txt.card.toml", "引证自己的文件"),
        ("dictionary.txt", "引证自己的文件"),
        ("长" * 90 + ".txt", "太长"),
    ],
)
def test_a_file_that_is_no_document_is_refused_by_name(
    client: TestClient, library: BigramLibrary, name: str, why: str
) -> None:
    answer = upload(client, (name, b"x"))
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert why in error["message"]
    assert error["hint"]
    assert sorted(each.name for each in library.corpus.iterdir() if each.name[0] != ".") == ["报告.txt"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../外面.txt", "外面.txt"),
        ("C:\\资料\\里.txt", "里.txt"),
        ("/etc/根.txt", "根.txt"),
        ("换\u202e行\u200b.txt", "换行.txt"),
        (unicodedata.normalize("NFD", "é.txt"), unicodedata.normalize("NFC", "é.txt")),
    ],
)
def test_names_are_made_safe(client: TestClient, library: BigramLibrary, given: str, kept: str) -> None:
    job = ended(client, upload(client, (given, OTHER.encode())).json()["job"])
    assert [file["path"] for file in job["files"]] == [kept]
    assert (library.corpus / kept).is_file()
    assert not list(library.corpus.parent.glob("*.txt"))


def test_one_bad_file_does_not_stop_the_others(client: TestClient) -> None:
    job = ended(client, upload(client, ("空.txt", b""), ("图.bmp", b"BM"), ("通报.txt", OTHER.encode())).json()["job"])
    assert [file["state"] for file in job["files"]] == ["failed", "refused", "done"]
    assert "空文件" in job["files"][0]["messages"][0]
    assert ".bmp" in job["files"][1]["messages"][0]


def test_the_same_bytes_under_the_same_name_change_nothing(client: TestClient, library: BigramLibrary) -> None:
    job = upload(client, ("报告.txt", REPORT.encode())).json()["job"]
    assert (job["state"], job["files"][0]["state"]) == ("done", "same")
    assert library.newest() == "00000001"


@pytest.mark.parametrize(
    ("choice", "left", "kept"),
    [
        ("replace", ["报告.txt"], ["报告.txt"]),
        ("keep_both", ["报告 (2).txt", "报告.txt"], []),
        ("skip", ["报告.txt"], []),
    ],
)
def test_a_taken_name_is_asked_about(
    client: TestClient, library: BigramLibrary, choice: str, left: list[str], kept: list[str]
) -> None:
    job = upload(client, ("报告.txt", OTHER.encode())).json()["job"]
    assert job["files"][0]["state"] == "conflict"
    assert (library.corpus / "报告.txt").read_text("utf-8") == REPORT
    assert "替换旧的" in client.get(job["url"]).text
    decided = client.post(f"{job['url']}/decide", data={"number": "0", "choice": choice})
    assert decided.status_code == 303
    ended(client, job)
    assert paths(client) == left
    removed = library.corpus / ".removed"
    assert sorted(each.name for each in removed.rglob("*.txt")) == kept
    new = library.corpus / left[0]
    assert new.read_text("utf-8") == (REPORT if choice == "skip" else OTHER)
    again = client.post(f"{job['url']}/decide", data={"number": "0", "choice": choice})
    assert again.status_code == 409


@pytest.mark.parametrize(("choice", "name"), [("replace", "报告.txt"), ("keep_both", "报告 (2).txt")])
def test_what_is_decided_while_the_others_are_read_is_read_too(
    client: TestClient, library: BigramLibrary, choice: str, name: str
) -> None:
    library.embedder.gate.clear()
    new = REPORT.replace("556", "565")
    job = upload(client, ("通报.txt", OTHER.encode()), ("报告.txt", new.encode())).json()["job"]
    while client.get(job["url"].replace("/library", "/api")).json()["files"][0]["state"] != "embedding":
        time.sleep(0.02)
    assert client.post(f"{job['url']}/decide", data={"number": "1", "choice": choice}).status_code == 303
    library.embedder.gate.set()
    job = ended(client, job)
    assert [each["state"] for each in job["files"]] == ["done", "done"], job
    assert job["files"][1]["path"] == name
    assert "565个" in client.get("/documents/" + job["files"][1]["document_id"]).text, "the new words, not those before"


def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    library = BigramLibrary(tmp_path)
    object.__setattr__(library.settings, "max_upload_mb", 1)
    library.update()
    with TestClient(create_app(library.assistant(), update=library.update)) as client:
        answer = upload(client, ("大.txt", b"x" * (1024**2 + 1)))
    assert answer.status_code == 422
    assert "上限 1 MB" in answer.json()["error"]["message"]
    assert [each for each in library.corpus.rglob("*") if each.is_file()] == []


def test_a_full_disk_is_named_and_leaves_nothing(
    client: TestClient, library: BigramLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("qa.indexing.intake.os.fsync", full)
    answer = upload(client, ("通报.txt", OTHER.encode()))
    assert answer.status_code == 507
    assert "磁盘已满" in answer.json()["error"]["message"]
    assert [each.name for each in library.corpus.rglob("*") if each.is_file()] == ["报告.txt"]


@contextmanager
def served(library: BigramLibrary) -> Iterator[int]:
    """The application on a real port: a test client cannot break a connection."""
    with listen("127.0.0.1", 0) as listener:
        server = uvicorn.Server(configuration(create_app(library.assistant(), update=library.update)))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(30)


def test_a_cut_off_upload_keeps_whole_files_and_no_half_one(library: BigramLibrary) -> None:
    head = "POST /api/documents HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 900000\r\n\r\n"
    part = '--b\r\nContent-Disposition: form-data; name="files"; filename="{}"\r\n\r\n{}\r\n'
    body = part.format("整份.txt", OTHER) + part.format("半份.txt", "字" * 50_000)[:-2]
    with served(library) as port:
        for text in (head + body, head + "--b\r\nContent-Dis"):
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.sendall(text.encode())
        deadline = time.monotonic() + 30
        while library.newest() == "00000001" and time.monotonic() < deadline:
            time.sleep(0.05)
    assert [each.path for each in library.assistant().summaries()] == ["报告.txt", "整份.txt"]
    left = [each.relative_to(library.corpus).as_posix() for each in library.corpus.rglob("*") if each.is_file()]
    assert sorted(left) == ["报告.txt", "整份.txt"]


def test_two_uploads_of_one_name_do_not_overwrite_each_other(client: TestClient, library: BigramLibrary) -> None:
    texts = [OTHER.replace("53.2", f"{number}.5") for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        jobs = [
            each.json()["job"] for each in pool.map(lambda text: upload(client, ("同名.txt", text.encode())), texts)
        ]
    jobs = [ended(client, each) for each in jobs]
    assert sorted(each["files"][0]["state"] for each in jobs) == ["conflict"] * 7 + ["done"]
    kept = (library.corpus / "同名.txt").read_text("utf-8")
    winner = next(number for number, each in enumerate(jobs) if each["files"][0]["state"] == "done")
    assert kept == texts[winner]


def test_what_is_no_upload_is_refused(client: TestClient) -> None:
    for body in ({"content": b"x"}, {"data": {"on_conflict": "ask"}}, {"files": [("other", ("a.txt", b"x"))]}):
        answer = client.post("/api/documents", **body)  # type: ignore[arg-type]
        assert answer.status_code == 400
        assert "没有收到文件" in answer.json()["error"]["message"]
    assert upload(client, ("a.txt", b"x"), on_conflict="whatever").status_code == 400
    cut = client.post(
        "/api/documents", content=b"--b\r\nContent-Disp", headers={"content-type": "multipart/form-data; boundary=b"}
    )
    assert cut.status_code == 400


def test_a_removed_document_vanishes_at_once_and_comes_back(client: TestClient, library: BigramLibrary) -> None:
    library.embedder.gate.clear()
    busy = upload(client, ("通报.txt", OTHER.encode())).json()["job"]  # a long update runs
    removed = client.delete("/api/documents/报告")
    assert removed.status_code == 202
    assert client.get("/api/search", params={"q": "新品种"}).json()["passages"] == []
    assert client.get("/api/documents/报告").status_code == 404
    library.embedder.gate.set()
    ended(client, busy)
    job = ended(client, removed.json()["job"])
    assert paths(client) == ["通报.txt"]
    assert "撤销，放回" in client.get(job["url"]).text
    back = client.post("/library/restore", data={"kept": job["files"][0]["kept"]})
    ended(client, {"id": back.headers["location"].rsplit("/", 1)[1]})
    assert sorted(paths(client)) == ["报告.txt", "通报.txt"]
    assert client.get("/api/search", params={"q": "新品种"}).json()["passages"]


@pytest.mark.parametrize("kept", ["../../秘密.txt", "/etc/passwd", "没有.txt", "a\x00b"])
def test_putting_back_never_leads_out_of_the_folder(client: TestClient, library: BigramLibrary, kept: str) -> None:
    (library.corpus.parent / "秘密.txt").write_text("x")
    assert client.post("/library/restore", data={"kept": kept}).status_code == 404


def test_a_link_in_the_place_of_a_file_is_replaced_itself(client: TestClient, library: BigramLibrary) -> None:
    outside = library.corpus.parent / "外面的.txt"
    outside.write_text("不许改动", "utf-8")
    (library.corpus / "链接.txt").symlink_to(outside)
    ended(client, upload(client, ("链接.txt", OTHER.encode()), on_conflict="replace").json()["job"])
    assert outside.read_text("utf-8") == "不许改动"
    assert (library.corpus / "链接.txt").read_text("utf-8") == OTHER
    assert not (library.corpus / "链接.txt").is_symlink()


def test_a_stopped_job_keeps_the_index_and_goes_on_later(client: TestClient, library: BigramLibrary) -> None:
    library.embedder.gate.clear()
    job = upload(client, ("通报.txt", OTHER.encode())).json()["job"]
    assert "有改动还没读入" not in client.get("/library").text, "the job that runs is about to read it"
    client.post(f"/api/jobs/{job['id']}/cancel")
    job = ended(client, job)
    assert (job["state"], job["files"][0]["state"]) == ("cancelled", "cancelled")
    assert library.newest() == "00000001"
    assert "通报.txt 是新增或改动的文件" in client.get("/library").text
    library.embedder.gate.set()
    client.post(f"/api/jobs/{job['id']}/retry")
    job = ended(client, job)
    assert (job["state"], job["files"][0]["state"]) == ("done", "done")
    assert "是新增或改动的文件" not in client.get("/library").text


def test_a_card_is_corrected_and_stays_so(client: TestClient, library: BigramLibrary) -> None:
    page = client.get("/library/card", params={"document": "报告"}).text
    assert 'name="title"' in page
    form = {"document": "报告", "title": "科技工作报告", "date": "2021年12月31日", "number": "", "issuer": "市科技局"}
    sent = client.post("/library/card", data=form)
    assert sent.status_code == 303
    ended(client, {"id": sent.headers["location"].rsplit("/", 1)[1]})
    card = client.get("/api/documents/报告").json()["card"]
    assert (card["title"], card["date"], card["issuer"]) == ("科技工作报告", "2021-12-31", "市科技局")
    library.write("报告.txt", REPORT + "补充一句话，说明情况。\n")
    job = client.post("/library/update").headers["location"].rsplit("/", 1)[1]
    ended(client, {"id": job})
    after = client.get("/api/documents/报告").json()
    assert after["card"] == card
    assert "更正（报告.txt.card.toml）" in after["card_sources"]["issuer"]
    hits = client.get("/api/search", params={"q": "新品种", "from": "2021-12-01"}).json()["passages"]
    assert hits[0]["date"] == "2021-12-31"
    names = [name for name in ("title", "date", "issuer") if name in card]
    back = client.post("/library/card", data={"document": "报告", "as_read": names})
    ended(client, {"id": back.headers["location"].rsplit("/", 1)[1]})
    assert client.get("/api/documents/报告").json()["card"]["issuer"] is None
    assert not (library.corpus / "报告.txt.card.toml").exists()


def test_a_card_that_does_not_fit_is_shown_again(client: TestClient, library: BigramLibrary) -> None:
    sent = client.post("/library/card", data={"document": "报告", "title": "好", "date": "去年"})
    assert sent.status_code == 422
    assert "“去年”不是日期" in sent.text
    assert 'value="去年"' in sent.text
    assert not list(library.corpus.glob("*.card.toml"))


def test_the_list_is_searched_sifted_and_sorted(client: TestClient, library: BigramLibrary) -> None:
    job = upload(client, ("空.txt", b""), ("通报.txt", OTHER.encode()), ("副本.txt", REPORT.encode())).json()["job"]
    ended(client, job)
    assert "研发经费投入" in client.get("/library", params={"q": "研发 通报"}).text
    found = client.get("/library", params={"status": "failed"}).text
    assert "重试没读成的 1 份" in found
    assert 'aria-label="移走：空.txt"' in found
    assert 'aria-label="移走：报告.txt"' not in found
    repeated = client.get("/library", params={"status": "duplicate"}).text
    assert "文字相同，显示的是" in repeated
    assert "没有符合条件的文档" in client.get("/library", params={"q": "不存在的"}).text
    assert client.get("/library", params={"sort": "无", "page": "９9", "status": "x"}).status_code == 200


def test_before_the_first_index_files_can_be_uploaded(tmp_path: Path) -> None:
    library = BigramLibrary(tmp_path)
    with TestClient(create_app(library.assistant(), update=library.update)) as client:
        assert "资料库还是空的" in client.get("/library").text
        job = ended(client, upload(client, ("报告.txt", REPORT.encode())).json()["job"])
        assert (job["state"], job["files"][0]["state"]) == ("done", "done")
        assert paths(client) == ["报告.txt"]


def test_a_job_of_an_earlier_process_is_named(client: TestClient) -> None:
    for address in ("/library/jobs/20200101-000000-1", "/api/jobs/x", "/api/jobs/x/events"):
        assert client.get(address).status_code == 404


def test_job_events_are_json(client: TestClient) -> None:
    job = upload(client, ("通报.txt", OTHER.encode())).json()["job"]
    with client.stream("GET", f"/api/jobs/{job['id']}/events") as stream:
        data = [json.loads(line.removeprefix("data: ")) for line in stream.iter_lines() if line.startswith("data: ")]
    assert data[-1] == {"state": "done"}
    assert data[-2]["state"] == "done"
    assert data[-2]["files"][0]["passages"] >= 1


def test_of_two_copies_the_one_that_the_library_shows_ranks_first(client: TestClient, library: BigramLibrary) -> None:
    for name in ("A.txt", "Z.txt", "M.txt"):
        library.write(name, OTHER)
    ended(client, {"id": client.post("/library/update").headers["location"].rsplit("/", 1)[1]})
    listed = client.get("/api/documents").json()["documents"]
    shown = {each["duplicate"]["of"] for each in listed if each["duplicate"]}
    found = client.get("/api/search", params={"q": "研发经费投入53.2亿元"}).json()["passages"]
    assert [found[0]["document_id"]] == sorted(shown)
