"""``/api/drafts``: the 引用夹 for programs, and for the pages' own script."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from qa.citing.basket.changes import Direction, item_in
from qa.citing.basket.contents import Notes
from qa.citing.basket.desk import Export
from qa.citing.basket.shapes import DraftShape, ItemShape, SummaryShape, draft_shape, item_shape, summary_shape
from qa.citing.styles import DEFAULT_STYLE
from qa.errors import UsageError
from qa.records import Draft, Span
from qa.web.drafts_desk import WebDesk, read_id, remember
from qa.web.drafts_file import export_response
from qa.web.gate import Gate

DraftId = Annotated[str, Path(description="引用夹编号；current 指这个浏览器最近打开的那个，没有就新建")]
ItemId = Annotated[str, Path(description="引文编号")]
Token = Annotated[str, Field(max_length=100, description="任意字符串；同一个 token 发两次只做一次")]
Number = Annotated[int | None, Query(description="要撤销或重做的改动的编号；不是最近那一个就拒绝")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewDraft(_Body):
    """A draft to be made."""

    name: str
    style: str = DEFAULT_STYLE
    token: Token = ""


class DraftEdit(_Body):
    """What to change of a draft; what is not given stays."""

    name: str | None = None
    style: str | None = None


class NewItem(_Body):
    """Words to collect: a passage by its id, or any stretch of a document."""

    passage: str = Field("", description="段落编号；或者给出 document、start、end")
    document: str = ""
    start: int = -1
    end: int = -1
    note: str = ""
    group: str = ""
    token: Token = ""


class ItemEdit(_Body):
    """What to change of an item, one thing at a time."""

    note: str | None = None
    was: str | None = Field(None, description="改之前看到的备注；已被别人改过就拒绝")
    group: str | None = Field(None, description="移到这个分组；与 before 或 last 同用时为放置处的分组")
    move: Direction | None = Field(None, description="上移或下移一步")
    before: int | None = Field(None, description="放到这条引文之前")
    last: bool = Field(False, description="放到 group 的末尾")
    renew: bool = Field(False, description="改用文档里现在的文字")


class DraftList(_Body):
    drafts: list[SummaryShape]


class CollectedItem(_Body):
    """What collecting came to; ``new`` is false where the draft held the words already."""

    draft_id: int
    draft_name: str
    items: int
    new: bool
    item: ItemShape


def draft_api_routes(gate: Gate, desks: WebDesk) -> APIRouter:
    """The routes under ``/api/drafts``."""
    router = APIRouter(prefix="/api/drafts", tags=["drafts"])
    desk, store = desks.desk, desks.desk.store

    def shape(draft: Draft) -> DraftShape:
        return draft_shape(draft, desk.standings(draft))

    @router.get("")
    def drafts(deleted: bool = False) -> DraftList:
        """The drafts, the last changed first; with ``deleted`` those that can be restored."""
        return DraftList(drafts=[summary_shape(each) for each in store.list(deleted=deleted)])

    @router.post("", status_code=201)
    def make(body: NewDraft) -> DraftShape:
        """Makes a draft."""
        return shape(desk.make(body.name, body.style, token=body.token))

    @router.get("/{draft_id}")
    def draft(draft_id: DraftId, request: Request) -> DraftShape:
        """A draft with its quotations, cited in its style, and whether their words still stand."""
        return shape(desks.target(request, draft_id))

    @router.patch("/{draft_id}")
    def edit(draft_id: DraftId, body: DraftEdit) -> DraftShape:
        """Renames a draft, or cites it in another style."""
        found = desks.draft(draft_id)
        if body.style is not None:
            found = desk.restyle(found.id, body.style)
        if body.name is not None:
            found = desk.rename(found.id, body.name)
        return shape(found)

    @router.delete("/{draft_id}", status_code=204, response_class=Response)
    def delete(draft_id: DraftId) -> None:
        """Puts a draft away; it can be restored."""
        store.delete(read_id(draft_id, "引用夹"))

    @router.post("/{draft_id}/restore")
    def restore(draft_id: DraftId) -> DraftShape:
        """Brings a deleted draft back."""
        store.restore(read_id(draft_id, "引用夹"))
        return shape(desks.draft(draft_id))

    @router.post("/{draft_id}/undo")
    def undo(draft_id: DraftId, number: Number = None) -> DraftShape:
        """Takes the newest change back."""
        return shape(store.undo(desks.draft(draft_id).id, number))

    @router.post("/{draft_id}/redo")
    def redo(draft_id: DraftId, number: Number = None) -> DraftShape:
        """Does the change again that was undone last."""
        return shape(store.redo(desks.draft(draft_id).id, number))

    @router.get("/{draft_id}/export", response_class=Response)
    def export(draft_id: DraftId, format: Export = Export.WORD, notes: Notes = Notes.BOTH) -> Response:
        """The draft as a file: Word with footnotes and references, Markdown, text, BibTeX, RIS or CSL-JSON."""
        return export_response(desk, desks.draft(draft_id), format, notes)

    @router.post("/{draft_id}/items", status_code=201)
    def collect(draft_id: DraftId, body: NewItem, request: Request, response: Response) -> CollectedItem:
        """Collects words; those that the draft holds already are not put in twice."""
        if not body.passage and not body.document:
            raise UsageError("没有说明收集哪里", reason="缺少 passage", hint="给出 passage，或 document、start、end")
        span = (
            gate.assistant().passage(body.passage).span if body.passage else Span(body.document, body.start, body.end)
        )
        desk.checked(span)
        target = desks.target(request, draft_id)
        made = desk.collect(target.id, span, note=body.note, group=body.group, token=body.token)
        remember(response, target.id)
        number = made.draft.items.index(made.item) + 1
        item = item_shape(number, desk.standings(made.draft)[number - 1], made.draft.style)
        return CollectedItem(
            draft_id=target.id, draft_name=made.draft.name, items=len(made.draft.items), new=made.new, item=item
        )

    @router.patch("/{draft_id}/items/{item_id}")
    def edit_item(draft_id: DraftId, item_id: ItemId, body: ItemEdit) -> DraftShape:
        """Notes, groups or moves an item, or takes its words as they stand now."""
        draft, item = desks.draft(draft_id).id, read_id(item_id, "引文")
        if body.note is not None:
            return shape(desk.note(draft, item, body.note, body.was))
        if body.move is not None:
            return shape(desk.step(draft, item, body.move))
        if body.before is not None or body.last:
            return shape(desk.place(draft, item, body.before, body.group or ""))
        if body.group is not None:
            return shape(desk.group(draft, item, body.group))
        if body.renew:
            return shape(desk.renew(draft, item))
        raise UsageError(
            "没有说明改什么", reason="请求里没有要改的内容", hint="给出 note、group、move、before 或 renew"
        )

    @router.delete("/{draft_id}/items/{item_id}")
    def remove(draft_id: DraftId, item_id: ItemId) -> DraftShape:
        """Takes an item out; it can be undone."""
        return shape(desk.remove(desks.draft(draft_id).id, read_id(item_id, "引文")))

    @router.get("/{draft_id}/items/{item_id}")
    def item(draft_id: DraftId, item_id: ItemId) -> ItemShape:
        """One quotation."""
        draft = desks.draft(draft_id)
        number = draft.items.index(item_in(draft, read_id(item_id, "引文"))) + 1
        return item_shape(number, desk.standings(draft)[number - 1], draft.style)

    return router
