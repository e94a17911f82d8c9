from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.adapters.milvus.address import StoreAddress, parse_address

from .local_server import PROGRAM, LocalServer
from .shared_workshop import SharedWorkshop


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServer]:
    if not PROGRAM:
        pytest.skip("needs a Milvus server: make test-milvus")
    made = LocalServer(tmp_path_factory.mktemp("milvus"))
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="session")
def lite(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of a milvus-lite file that all tests of this process share; each has its own collections."""
    return str(tmp_path_factory.mktemp("lite") / "向 量.db")


@pytest.fixture(params=["lite", "server"])
def store(request: pytest.FixtureRequest) -> str:
    """A value of QA_STORE."""
    if request.param == "lite":
        return str(request.getfixturevalue("lite"))
    return str(request.getfixturevalue("server").url)


@pytest.fixture
def address(store: str) -> StoreAddress:
    return parse_address(store)


@pytest.fixture
def workshop(tmp_path: Path, address: StoreAddress) -> SharedWorkshop:
    made = SharedWorkshop(tmp_path / "资 料", tmp_path / "索 引", address)
    made.write(
        甲="科技特派员引进新品种556个。\n推广新技术384项。",
        乙="全市科技支出24.82亿元。",
        丙="研发经费投入53.2亿元。\n居全区首位。",
    )
    return made
