"""What a person reads when Milvus is not there, and which QA_STORE is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from qa.adapters.milvus import connection
from qa.adapters.milvus.address import parse_address
from qa.adapters.milvus.pool import Pool
from qa.errors import SettingsError, StoreError

from .local_server import free_port


@pytest.mark.parametrize(
    ("text", "uri", "shown"),
    [
        ("milvus://10.0.0.8:19531", "http://10.0.0.8:19531", "milvus://10.0.0.8:19531"),
        ("milvus://milvus.local", "http://milvus.local:19530", "milvus://milvus.local"),
        ("milvus://milvus.local?tls=1", "https://milvus.local:19530", "milvus://milvus.local"),
        ("milvus://[::1]:19530", "http://[::1]:19530", "milvus://[::1]:19530"),
    ],
)
def test_addresses(text: str, uri: str, shown: str) -> None:
    address = parse_address(text)
    assert (address.uri, address.shown, address.is_file) == (uri, shown, False)


def test_an_address_with_everything() -> None:
    address = parse_address("milvus://qa:a%40b@milvus.local/library?words=1&index=hnsw")
    assert (address.user, address.password, address.database) == ("qa", "a@b", "library")
    assert (address.words, address.index) == (True, "HNSW")
    assert "a@b" not in address.shown
    assert "a%40b" not in address.shown


def test_a_file(tmp_path: Path) -> None:
    address = parse_address(f"{tmp_path}/向 量.db?words=1")
    assert (address.uri, address.is_file, address.words) == (f"{tmp_path}/向 量.db", True, True)


@pytest.mark.parametrize(
    "text",
    [
        "milvus://",
        "milvus://host:port",
        "milvus://host:99999",
        "milvus://host?index=MAGIC",
        "milvus://host?words=yes",
        "milvus://host?colour=red",
        "vectors.sqlite",
        "http://host:19530",
        "redis://qa:geheim@host/1",
    ],
)
def test_an_address_that_is_none_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_address(text)
    assert "QA_STORE" in caught.value.message
    assert "milvus://127.0.0.1:19530" in caught.value.hint
    assert "geheim" not in str(caught.value)


def test_a_server_that_is_not_there_is_named_with_the_next_step() -> None:
    port = free_port()
    with pytest.raises(StoreError, match=f"连不上 Milvus milvus://127.0.0.1:{port}") as caught:
        Pool(parse_address(f"milvus://qa:geheim@127.0.0.1:{port}"), "qa_x").exists()
    assert "确认它已启动" in caught.value.hint
    assert "geheim" not in str(caught.value)


def test_without_the_package_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "find_spec", lambda name: None)
    with pytest.raises(StoreError, match="不能使用向量库") as caught:
        Pool(parse_address("milvus://127.0.0.1:1"), "qa_x")
    assert 'pip install "pymilvus>=3,<4"' in caught.value.hint


def test_a_file_that_another_process_uses_is_named(tmp_path: Path) -> None:
    path = tmp_path / "v.db"
    code = (
        "import sys; from pymilvus import MilvusClient\n"
        f"client = MilvusClient({str(path)!r}); client.list_collections(); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "open"
        with pytest.raises(StoreError, match="不能打开向量库文件") as caught:
            Pool(parse_address(str(path)), "qa_x")
        assert "另一个 qa 进程" in caught.value.hint
        other.communicate()
