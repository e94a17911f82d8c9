"""引用夹 for people. Every button is a form that works without a script; what is done can be undone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from qa.citing.basket.changes import Direction
from qa.citing.basket.contents import Notes
from qa.citing.basket.desk import Export
from qa.citing.styles import DEFAULT_STYLE
from qa.errors import ConflictError, NotFoundError, QaError
from qa.records import Span
from qa.web.drafts_desk import WebDesk, read_id, remember
from qa.web.drafts_file import export_response
from qa.web.drafts_view import DRAFTS, Said, draft_address, draft_page, drafts_page
from qa.web.rendering import Renderer

Text = Annotated[str, Form()]
MAX_TOKEN_CHARS = 100


def draft_routes(renderer: Renderer, desks: WebDesk) -> APIRouter:
    """The routes below ``/drafts``."""
    router = APIRouter(prefix=DRAFTS, include_in_schema=False, default_response_class=Response)
    desk, store = desks.desk, desks.desk.store
    _change_routes(router, renderer, desks)

    @router.api_route("", methods=["GET", "HEAD"])
    def drafts(request: Request, gone: str = "") -> Response:
        return renderer.response(drafts_page(store.list(), store.list(deleted=True), desks.current(request), gone))

    @router.post("")
    def make(name: Text = "", style: Text = DEFAULT_STYLE, token: Text = "") -> Response:
        made = desk.make(name, style, token=token[:MAX_TOKEN_CHARS])
        return _kept(RedirectResponse(draft_address(made.id), 303), made.id)

    @router.post("/collect")
    def collect(request: Request, document: str, start: int, end: int) -> Response:
        span = Span(document, start, end)
        desk.checked(span)
        made = desk.collect(desks.target(request).id, span)
        told = "added" if made.new else "held"
        address = f"{draft_address(made.draft.id)}?{told}={made.item.id}#item-{made.item.id}"
        return _kept(RedirectResponse(address, 303), made.draft.id)

    @router.api_route("/{draft_id}", methods=["GET", "HEAD"])
    def draft(draft_id: str, added: str = "", held: str = "") -> Response:
        found = desks.draft(draft_id)
        notice = "已加入引用夹。用浏览器的“后退”回到刚才的页面。" if added else ""
        notice = "这段文字已在引用夹里，没有重复加入。用浏览器的“后退”回到刚才的页面。" if held else notice
        return _kept(renderer.response(draft_page(desk, found, Said(notice))), found.id)

    @router.get("/{draft_id}/export.{form}")
    def export(draft_id: str, form: str, notes: Notes = Notes.BOTH) -> Response:
        if form not in list(Export):
            raise NotFoundError(
                f"不能导出为 .{form[:20]}", reason="没有这种格式", hint="可用：" + "、".join(f".{e}" for e in Export)
            )
        return export_response(desk, desks.draft(draft_id), Export(form), notes)

    return router


def _change_routes(router: APIRouter, renderer: Renderer, desks: WebDesk) -> None:
    desk, store = desks.desk, desks.desk.store

    @router.post("/{draft_id}/rename")
    def rename(draft_id: str, name: Text = "") -> Response:
        return _back(desk.rename(desks.draft(draft_id).id, name).id)

    @router.post("/{draft_id}/style")
    def style(draft_id: str, style: Text = "") -> Response:
        return _back(desk.restyle(desks.draft(draft_id).id, style).id)

    @router.post("/{draft_id}/delete")
    def delete(draft_id: str) -> Response:
        store.delete(read_id(draft_id, "引用夹"))
        return RedirectResponse(f"{DRAFTS}?gone={draft_id}", 303)

    @router.post("/{draft_id}/restore")
    def restore(draft_id: str) -> Response:
        store.restore(read_id(draft_id, "引用夹"))
        return _back(int(draft_id))

    @router.post("/{draft_id}/undo")
    def undo(draft_id: str, number: Annotated[int | None, Form()] = None) -> Response:
        draft = desks.draft(draft_id).id
        try:
            return _back(store.undo(draft, number).id)
        except ConflictError as error:
            return _refused(draft, error)

    @router.post("/{draft_id}/redo")
    def redo(draft_id: str, number: Annotated[int | None, Form()] = None) -> Response:
        draft = desks.draft(draft_id).id
        try:
            return _back(store.redo(draft, number).id)
        except ConflictError as error:
            return _refused(draft, error)

    @router.post("/{draft_id}/items/{item_id}/move")
    def move(draft_id: str, item_id: str, to: Annotated[Direction, Form()], token: Text = "") -> Response:
        item = read_id(item_id, "引文")
        return _back(desk.step(desks.draft(draft_id).id, item, to, token=token[:MAX_TOKEN_CHARS]).id, item)

    @router.post("/{draft_id}/items/{item_id}/note")
    def note(draft_id: str, item_id: str, note: Text = "", was: Text = "") -> Response:
        draft, item = desks.draft(draft_id).id, read_id(item_id, "引文")
        try:
            return _back(desk.note(draft, item, note, was).id, item)
        except (ConflictError, NotFoundError) as error:  # what was typed is not lost
            return _refused(draft, error, (item, note))

    @router.post("/{draft_id}/items/{item_id}/group")
    def group(draft_id: str, item_id: str, group: Text = "") -> Response:
        item = read_id(item_id, "引文")
        return _back(desk.group(desks.draft(draft_id).id, item, group).id, item)

    @router.post("/{draft_id}/items/{item_id}/renew")
    def renew(draft_id: str, item_id: str) -> Response:
        item = read_id(item_id, "引文")
        return _back(desk.renew(desks.draft(draft_id).id, item).id, item)

    @router.post("/{draft_id}/items/{item_id}/remove")
    def remove(draft_id: str, item_id: str, token: Text = "") -> Response:
        draft, item = desks.draft(draft_id), read_id(item_id, "引文")
        after = [each.id for each in draft.items]
        following = after[after.index(item) + 1 :][:1] if item in after else []
        desk.remove(draft.id, item, token=token[:MAX_TOKEN_CHARS])
        return _back(draft.id, *following)

    @router.post("/{draft_id}/groups/move")
    def move_group(draft_id: str, group: Text, to: Annotated[Direction, Form()], token: Text = "") -> Response:
        return _back(desk.step_group(desks.draft(draft_id).id, group, to, token=token[:MAX_TOKEN_CHARS]).id)

    @router.post("/{draft_id}/groups/rename")
    def rename_group(draft_id: str, group: Text, name: Text = "") -> Response:
        return _back(desk.rename_group(desks.draft(draft_id).id, group, name).id)

    def _refused(draft_id: int, error: QaError, unsaved: tuple[int, str] | None = None) -> Response:
        """The draft as it is now, with what could not be done and why."""
        draft = store.draft(draft_id)
        alarm = f"{error.message}。{error.reason}。{error.hint}。"
        if unsaved and all(item.id != unsaved[0] for item in draft.items):
            alarm += f"刚才写的备注是：{unsaved[1]}"
        return renderer.response(draft_page(desk, draft, Said(alarm=alarm, unsaved=unsaved)), error.http_status)


def _back(draft_id: int, item_id: int | None = None) -> Response:
    return RedirectResponse(draft_address(draft_id, item_id), 303)


def _kept(response: Response, draft_id: int) -> Response:
    remember(response, draft_id)
    return response
