from __future__ import annotations

from pathlib import Path

import pytest

from qa.adapters.workspace.rejections import FILE, SqliteRejectedProposals
from qa.errors import WorkspaceError


def test_rejections_are_kept_once_and_may_be_forgotten(tmp_path: Path) -> None:
    store = SqliteRejectedProposals(tmp_path)
    store.reject("多少个？")
    store.reject("多少个？")
    store.reject("谁？")
    again = SqliteRejectedProposals(tmp_path)
    assert again.questions() == {"多少个？", "谁？"}
    assert again.forget_all() == 2
    assert store.questions() == frozenset()


def test_looking_makes_no_file(tmp_path: Path) -> None:
    assert SqliteRejectedProposals(tmp_path / "w").questions() == frozenset()
    assert not (tmp_path / "w").exists()


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database " * 100)
    with pytest.raises(WorkspaceError, match=r"无法读写 .*evaluation\.sqlite"):
        SqliteRejectedProposals(tmp_path).questions()
