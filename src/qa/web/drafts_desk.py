"""The 引用夹 of a web request: which draft is meant, and the one that this browser collects into."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from qa.citing.basket.desk import Desk
from qa.errors import NotFoundError, QaError
from qa.records import Draft
from qa.settings import Settings
from qa.web.gate import Gate

COOKIE = "qa_draft"
ONE_YEAR_S = 31_536_000
CURRENT = "current"
"""In an address: the draft that this browser opened last."""


class WebDesk:
    """A :class:`Desk` over the library that is being served. Looking at drafts needs no library until a document is wanted."""

    def __init__(self, gate: Gate, settings: Settings) -> None:
        from qa.bootstrap import open_drafts  # not before the port is open

        self.desk = Desk(open_drafts(settings), lambda document_id: gate.assistant().document(document_id))

    def draft(self, written: str) -> Draft:
        """The draft named in an address. Raises :class:`NotFoundError`, also for what is no number."""
        return self.desk.store.draft(read_id(written, "引用夹"))

    def current(self, request: Request) -> Draft | None:
        """The draft that this browser opened last; ``None`` where there was none, or it is gone."""
        try:
            return self.draft(request.cookies.get(COOKIE, ""))
        except NotFoundError:
            return None

    def target(self, request: Request, written: str = CURRENT) -> Draft:
        """The draft to collect into: the one named, or this browser's own, which is made when there is none yet."""
        if written != CURRENT:
            return self.draft(written)
        return self.current(request) or self.desk.make_first()


def remember(response: Response, draft_id: int) -> None:
    """Makes a draft the one that this browser collects into."""
    response.set_cookie(COOKIE, str(draft_id), max_age=ONE_YEAR_S, httponly=True, samesite="lax")


def read_id(written: str, what: str) -> int:
    """The number in an address. Raises :class:`NotFoundError` for anything else."""
    if written.isascii() and written.isdigit() and len(written) < 16:
        return int(written)
    raise not_found(what, written)


def not_found(what: str, written: str) -> QaError:
    return NotFoundError(f"没有这个{what}：{written[:40]}", reason="地址里应是它的编号", hint="从引用夹页 /drafts 打开")
