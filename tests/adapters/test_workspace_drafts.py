"""The 引用夹 on disk: changes, their way back after a restart, two windows, tokens, a disk that is full."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qa.adapters.workspace import drafts as module
from qa.adapters.workspace.drafts import SqliteDraftStore
from qa.citing.basket import changes
from qa.citing.basket.changes import Direction
from qa.errors import ConflictError, NotFoundError, UsageError, WorkspaceError
from qa.records import Card, Citation, Draft, DraftItem, Span

STYLE = "gbt7714-2025"


def item(number: int, group: str = "") -> DraftItem:
    card = Card("科技简报", None, "科技局", date(2021, 3, 25), issue="第1期")
    citation = Citation(Span("简报", number, number + 3), f"第{number}条", card, "简报.txt", ("高层声音",))
    return DraftItem(citation, "前文", "后文", ("高层声音", "一是"), group=group)


@pytest.fixture
def store(tmp_path: Path) -> SqliteDraftStore:
    return SqliteDraftStore(tmp_path / "工作 区")


def filled(store: SqliteDraftStore, count: int = 3) -> Draft:
    draft = store.make("材料", STYLE)
    for number in range(1, count + 1):
        draft = store.change(draft.id, "加入引文", changes.added(item(number)))
    return draft


def quotes(draft: Draft) -> list[str]:
    return [each.citation.quote for each in draft.items]


def same(a: Draft, b: Draft) -> bool:
    """Whether two states of a draft are equal but for their place in the journal."""
    plain = Draft("", "")
    return replace(plain, name=a.name, style=a.style, items=a.items) == replace(
        plain, name=b.name, style=b.style, items=b.items
    )


def test_looking_makes_no_file(store: SqliteDraftStore, tmp_path: Path) -> None:
    assert store.list() == ()
    with pytest.raises(NotFoundError, match="7"):
        store.draft(7)
    assert list(tmp_path.iterdir()) == []


def test_what_is_kept_comes_back_whole(store: SqliteDraftStore, tmp_path: Path) -> None:
    draft = filled(store, 1)
    again = SqliteDraftStore(tmp_path / "工作 区").draft(draft.id)
    assert again == draft
    assert replace(again.items[0], id=0) == item(1)
    assert [(each.name, each.items) for each in store.list()] == [("材料", 1)]


def test_every_change_is_undone_and_done_again_across_restarts(store: SqliteDraftStore, tmp_path: Path) -> None:
    draft = filled(store)
    first, second, third = (each.id for each in draft.items)
    edits = [
        ("移动", changes.stepped(third, Direction.UP)),
        ("备注", changes.noted(second, "核对\n口径")),
        ("分组", changes.grouped(first, "科技支出")),
        ("分组改名", changes.group_renamed("科技支出", "支出")),
        ("删去引文", changes.removed(second)),
        ("改样式", changes.restyled("gongwen")),
        ("改名", changes.renamed("新材料")),
    ]
    states = [draft]
    for label, edit in edits:
        states.append(store.change(draft.id, label, edit))
        assert states[-1].undoable is not None
        assert states[-1].undoable.label == label
        assert not same(states[-1], states[-2])
    for state in reversed(states[:-1]):
        assert same(SqliteDraftStore(tmp_path / "工作 区").undo(draft.id), state)
    for state in states[1:]:
        assert same(SqliteDraftStore(tmp_path / "工作 区").redo(draft.id), state)
    with pytest.raises(UsageError, match="没有可重做的改动"):
        store.redo(draft.id)


def test_a_new_change_takes_the_way_forth(store: SqliteDraftStore) -> None:
    draft = filled(store)
    assert store.undo(draft.id).redoable is not None
    draft = store.change(draft.id, "改样式", changes.restyled("gongwen"))
    assert draft.redoable is None
    assert quotes(draft) == ["第1条", "第2条"]


def test_ids_are_never_given_again(store: SqliteDraftStore) -> None:
    draft = filled(store)
    gone = draft.items[-1].id
    store.undo(draft.id)
    draft = store.change(draft.id, "加入引文", changes.added(item(9)))
    assert draft.items[-1].id > gone


def test_a_change_that_changes_nothing_is_not_noted(store: SqliteDraftStore) -> None:
    draft = filled(store)
    assert store.change(draft.id, "改样式", changes.restyled(STYLE)) == draft
    assert store.change(draft.id, "加入引文", changes.added(item(1))) == draft


def test_what_raises_leaves_everything_as_it_was(store: SqliteDraftStore) -> None:
    draft = filled(store)

    def breaks(draft: Draft) -> Draft:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.change(draft.id, "坏", breaks)
    with pytest.raises(NotFoundError, match="没有编号为 999 的引文"):
        store.change(draft.id, "删去引文", changes.removed(999))
    assert store.draft(draft.id) == draft


def test_sent_twice_done_once(store: SqliteDraftStore) -> None:
    draft = store.make("材料", STYLE, token="一")
    assert store.make("材料", STYLE, token="一") == draft
    assert len(store.list()) == 1
    filled_once = store.change(draft.id, "加入引文", changes.added(item(1)), token="二")
    store.undo(draft.id)
    assert store.change(draft.id, "加入引文", changes.added(item(1)), token="二").items == ()
    assert len(filled_once.items) == 1


def test_two_windows(store: SqliteDraftStore) -> None:
    seen = filled(store)
    assert seen.undoable is not None
    target = seen.items[0].id
    store.change(seen.id, "备注", changes.noted(target, "甲写的", was=""))
    with pytest.raises(ConflictError, match="甲写的"):
        store.change(seen.id, "备注", changes.noted(target, "乙写的", was=""))
    with pytest.raises(ConflictError, match="没有撤销"):
        store.undo(seen.id, seen.undoable.number)
    assert store.draft(seen.id).items[0].note == "甲写的"
    # The same words from both windows are no conflict.
    store.change(seen.id, "备注", changes.noted(target, "甲写的", was=""))


def test_names_are_told_apart(store: SqliteDraftStore) -> None:
    first, second = store.make("甲", STYLE), store.make("乙", STYLE)
    with pytest.raises(ConflictError, match="同名"):
        store.make("甲", STYLE)
    with pytest.raises(ConflictError, match="同名"):
        store.change(second.id, "改名", changes.renamed("甲"))
    store.delete(first.id)
    store.make("甲", STYLE)
    with pytest.raises(ConflictError, match="同名"):
        store.restore(first.id)
    assert [each.name for each in store.list(deleted=True)] == ["甲"]


def test_deleting_and_restoring(store: SqliteDraftStore) -> None:
    draft = filled(store)
    store.delete(draft.id)
    store.delete(draft.id)
    assert store.list() == ()
    with pytest.raises(NotFoundError, match="恢复"):
        store.draft(draft.id)
    with pytest.raises(NotFoundError):
        store.change(draft.id, "改样式", changes.restyled("gongwen"))
    store.restore(draft.id)
    assert store.draft(draft.id) == draft
    for nobody in (store.delete, store.restore):
        with pytest.raises(NotFoundError, match="404"):
            nobody(404)


def test_bounds(store: SqliteDraftStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT_CHANGES", 4)
    monkeypatch.setattr(module, "KEPT_DELETED", 1)
    monkeypatch.setattr(module, "MAX_DRAFTS", 2)
    draft = filled(store, 6)
    for _ in range(4):
        draft = store.undo(draft.id)
    assert draft.undoable is None
    assert quotes(draft) == ["第1条", "第2条"]
    second = store.make("乙", STYLE)
    with pytest.raises(UsageError, match="引用夹太多"):
        store.make("丙", STYLE)
    store.delete(draft.id)
    store.delete(second.id)
    assert [each.id for each in store.list(deleted=True)] == [second.id]


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "workspace").write_text("")
    with pytest.raises(WorkspaceError, match=r"drafts\.sqlite") as caught:
        SqliteDraftStore(tmp_path / "workspace").make("甲", STYLE)
    assert caught.value.hint


def test_a_disk_that_is_full_loses_nothing(store: SqliteDraftStore, tmp_path: Path) -> None:
    draft = filled(store)
    room = (tmp_path / "工作 区" / "drafts.sqlite").stat().st_size + 40_000
    code = f"""
        import sys
        from pathlib import Path
        from qa.adapters.workspace.drafts import SqliteDraftStore
        from qa.citing.basket import changes
        from qa.errors import WorkspaceError
        store = SqliteDraftStore(Path(sys.argv[1]))
        item = store.draft({draft.id}).items[0].id
        for number in range(200):
            try:
                store.change({draft.id}, "备注", changes.noted(item, str(number) + "字" * 1900))
            except WorkspaceError as error:
                print(number, error)
                break
    """

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(tmp_path / "工作 区")],
        capture_output=True,
        text=True,
        preexec_fn=little_room,
        check=True,
    )
    number, _, message = done.stdout.partition(" ")
    assert "drafts.sqlite" in message
    assert "磁盘空间" in message
    kept = store.draft(draft.id)
    assert quotes(kept) == quotes(draft)
    assert kept.items[0].note.startswith(str(int(number) - 1))  # what was said to be done is there
    store.undo(draft.id)
