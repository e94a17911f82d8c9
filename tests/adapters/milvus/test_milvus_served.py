"""Several ``qa serve`` over one library in a real Milvus, one writer beside them, and Milvus killed in the middle."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qa.adapters.milvus import placing
from qa.adapters.milvus.address import parse_address
from qa.errors import StoreError

from .local_server import LocalServer
from .served import Served, asked, ranked, searched
from .shared_workshop import SharedWorkshop

ROUNDS = 3
QUESTIONS = ("全市科技支出是多少？", "引进了多少个新品种？", "研发经费投入是多少？")


@pytest.fixture
def library(tmp_path: Path, server: LocalServer) -> Iterator[Served]:
    made = Served(tmp_path, server.url)
    made.write("甲.txt", "科技简报\n\n科技特派员引进新品种556个，推广新技术384项。\n")
    made.write("乙.txt", "财政简报\n\n2024年全市科技支出24.82亿元。\n")
    made.write("丙.txt", "统计简报\n\n2024年研发经费投入53.2亿元，居全区首位。\n")
    yield made
    made.stop()


def expected_support(round_number: int) -> str:
    return f"{30 + round_number}.5亿元"


def test_two_servers_and_one_writer_share_a_library(library: Served) -> None:
    """While the writer publishes generation after generation both servers answer every question, from the one before or the new
    one and never from a mixture; afterwards both have the newest, with the same ranking to the digit."""
    assert library.command("index").returncode == 0
    servers = [library.serve(), library.serve()]
    outcomes: list[tuple[str, dict[str, Any]]] = []
    stopping = threading.Event()

    def keep_asking(server: str) -> None:
        while not stopping.is_set():
            outcomes.append((server, asked(server, "2024年全市科技支出是多少？")))

    askers = [threading.Thread(target=keep_asking, args=(each,)) for each in servers]
    for asker in askers:
        asker.start()
    try:
        for number in range(ROUNDS):
            library.write("乙.txt", f"财政简报\n\n2024年全市科技支出{expected_support(number)}。\n")
            indexed = library.command("index")
            assert indexed.returncode == 0, indexed.stderr
    finally:
        stopping.set()
        for asker in askers:
            asker.join()
    allowed = {"24.82亿元", *map(expected_support, range(ROUNDS))}
    told = [result.get("answer", {}).get("text") for _, result in outcomes]
    print(f"{len(outcomes)} questions beside {ROUNDS} publications: {sorted(set(map(str, told)))}")
    assert len(outcomes) > 2 * ROUNDS
    assert set(told) <= allowed, [
        result for _, result in outcomes if result.get("answer", {}).get("text") not in allowed
    ]
    for question in QUESTIONS:
        first, second = (asked(server, question) for server in servers)
        assert ranked(first) == ranked(second)
        assert first["answer"] == second["answer"]
    assert asked(servers[0], "2024年全市科技支出是多少？")["answer"]["text"] == expected_support(ROUNDS - 1)
    assert library.command("verify").returncode == 0


def test_milvus_killed_and_started_again_in_the_middle(library: Served, server: LocalServer) -> None:
    """Questions meanwhile get the error that names it, never another answer; afterwards the same server answers as before."""
    assert library.command("index").returncode == 0
    address = library.serve()
    before = [ranked(searched(address, question)) for question in QUESTIONS]
    server.kill()
    try:
        told = searched(address, QUESTIONS[0])["error"]
        assert told["code"] == "store"
        assert "Milvus" in told["message"]
        library.write("丁.txt", "补充简报\n\n2024年新建院士工作站7家。\n")
        indexed = library.command("index")
        assert indexed.returncode == 2
        assert "连不上 Milvus" in indexed.stderr
    finally:
        server.start()
    deadline = time.monotonic() + 120
    while "error" in (after := searched(address, QUESTIONS[0])):
        assert after["error"]["code"] == "store"
        assert time.monotonic() < deadline, after
        time.sleep(1)
    assert [ranked(searched(address, question)) for question in QUESTIONS] == before
    assert library.command("index").returncode == 0  # goes on where it could not
    assert asked(address, "2024年新建院士工作站多少家？")["answer"]["text"] == "7家"
    assert library.command("verify").returncode == 0


def test_milvus_killed_while_rows_are_put(tmp_path: Path, server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is published stays, the next build goes on, and not one row is missing."""
    workshop = SharedWorkshop(tmp_path / "资料", tmp_path / "索引", parse_address(server.url))
    workshop.write(甲="科技特派员引进新品种556个。\n推广新技术384项。", 乙="全市科技支出24.82亿元。")
    workshop.build()
    before = workshop.newest
    monkeypatch.setattr(placing, "BATCH_ROWS", 50)
    workshop.write(新="\n".join(f"第{number}句新话。" for number in range(400)))

    def kill(done: int, total: int) -> None:
        if done == 200:
            server.kill()

    with pytest.raises(StoreError, match="Milvus"):
        workshop.build(progress=kill)
    assert workshop.newest == before
    server.start()
    assert workshop.findings() == []  # of what is published
    workshop.build()
    assert workshop.record().rows == 403
    assert workshop.findings() == []
    assert workshop.found("第77句新话", k=1) == ["第77句新话。"]
