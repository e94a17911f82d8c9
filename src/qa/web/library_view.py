"""From summaries and jobs to what the library screen shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath
from urllib.parse import urlencode

from qa.indexing.removal import removed_files
from qa.reading import SUPPORTED_SUFFIXES
from qa.records import DocumentSummary, LibraryChanges
from qa.text.normalise import comparable
from qa.web.addresses import document_page
from qa.web.contexts import Link
from qa.web.library_contexts import ChangeGroup, Choice, DocumentRow, LibraryPage, RemovedRow
from qa.web.library_desk import LibraryDesk
from qa.web.library_job_view import job_link
from qa.web.sources import written_date

PAGE_ROWS = 50
SHOWN_PENDING = 20
SHOWN_REMOVED = 50
SHOWN_JOBS = 5
STATUS_NAMES = {"read": "已读", "warnings": "有提醒", "failed": "没读成"}

_STATUSES = (
    ("", "全部情况"),
    ("warnings", "有提醒"),
    ("failed", "没读成"),
    ("duplicate", "重复"),
    ("corrected", "更正过"),
)
_Order = Callable[[DocumentSummary], tuple[object, ...]]
_ORDERS: dict[str, tuple[str, _Order, bool]] = {
    "path": ("按文件名", lambda each: (each.path,), False),
    "title": ("按标题", lambda each: (each.card.title or each.path, each.path), False),
    "date": (
        "按成文日期，新的在前",
        lambda each: (each.card.date.isoformat() if each.card.date else "", each.path),
        True,
    ),
    "read": ("按读取时间，新的在前", lambda each: (each.read_at.isoformat() if each.read_at else "", each.path), True),
    "passages": ("按段落数，多的在前", lambda each: (each.passages, each.path), True),
    "status": ("要留意的在前", lambda each: (("failed", "warnings", "read").index(each.status), each.path), False),
}


def library_page(desk: LibraryDesk, changes: LibraryChanges, parameters: Mapping[str, str]) -> LibraryPage:
    """The library under the filters of the address: ``q``, ``status``, ``sort``, ``page``. Unknown values count as unset."""
    summaries = desk.summaries()
    query = parameters.get("q", "").strip()[:200]
    status = _known(parameters.get("status", ""), [value for value, _ in _STATUSES])
    order = _known(parameters.get("sort", ""), list(_ORDERS)) or "path"
    found = [each for each in summaries if _lets_through(each, query, status)]
    _, key, descending = _ORDERS[order]
    found.sort(key=key, reverse=descending)
    page, pages = _page(parameters.get("page", ""), len(found))
    shown = found[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    jobs = desk.worker.jobs.latest()[:SHOWN_JOBS]
    # What a job is about to read is no change that nobody has taken up.
    pending = [] if any(not job.ended for job in jobs) else desk.pending()
    removed = removed_files(desk.settings.corpus)
    paths = {each.id: each.path for each in summaries}

    def address(number: int) -> str:
        values = {"q": query, "status": status, "sort": order if order != "path" else "", "page": str(number)}
        return f"/library?{urlencode({name: value for name, value in values.items() if value})}"

    return LibraryPage(
        rows=tuple(_row(each, paths) for each in shown),
        total=len(summaries),
        passages=sum(each.passages for each in summaries),
        found=len(found),
        query=query,
        statuses=tuple(Choice(value, name, value == status) for value, name in _STATUSES),
        orders=tuple(Choice(value, name, value == order) for value, (name, _, _) in _ORDERS.items()),
        filtered=bool(query or status),
        previous_url=address(page - 1) if page > 1 else "",
        next_url=address(page + 1) if page < pages else "",
        position=f"第 {page} / {pages} 页" if pages > 1 else "",
        changes=_changes(changes),
        changed_at=written_time(changes.built_at),
        pending=tuple(_without_command(line) for line in pending[:SHOWN_PENDING]),
        pending_more=max(0, len(pending) - SHOWN_PENDING),
        jobs=tuple(map(job_link, jobs)),
        removed=tuple(_removed(each.kept, each.size_bytes, each.removed_at) for each in removed[:SHOWN_REMOVED]),
        removed_more=max(0, len(removed) - SHOWN_REMOVED),
        failed=sum(each.status == "failed" for each in summaries),
        accepted=",".join(SUPPORTED_SUFFIXES),
        accepted_suffixes=" ".join(SUPPORTED_SUFFIXES),
        max_upload_mb=desk.settings.max_upload_mb,
        corpus=str(desk.settings.corpus),
    )


def title_of(summary: DocumentSummary) -> str:
    """Title and 期号; the file name where there is no title."""
    title = summary.card.title
    if title is None:
        return PurePosixPath(summary.path).name
    return f"{title} {summary.card.issue}" if summary.card.issue else title


def written_time(moment: datetime | None) -> str:
    """``2026-11-21 19:04`` in this machine's time zone; empty for ``None``."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else ""


def written_size(size_bytes: int) -> str:
    """``12 KB`` or ``3.4 MB``."""
    return f"{size_bytes / 1024**2:.1f} MB" if size_bytes >= 1024**2 else f"{max(1, round(size_bytes / 1024))} KB"


def _row(summary: DocumentSummary, paths: Mapping[str, str]) -> DocumentRow:
    card = summary.card
    date = written_date(card.date) if card.date else None
    duplicate = summary.duplicate
    note = ""
    if duplicate:
        note = (
            "文字相同，显示的是" if duplicate.similarity == 1 else f"文字约 {duplicate.similarity:.0%} 相同，显示的是"
        )
    return DocumentRow(
        id=summary.id,
        title=title_of(summary),
        url=document_page(summary.id) if summary.status != "failed" else "",
        path=summary.path,
        details=tuple(value for value in (card.number, card.issuer, date, card.kind) if value),
        passages=summary.passages,
        state=str(summary.status),
        state_name=STATUS_NAMES[summary.status],
        messages=summary.warnings,
        duplicate=Link(paths.get(duplicate.shown_id, duplicate.shown_id), document_page(duplicate.shown_id))
        if duplicate
        else None,
        duplicate_note=note,
        read_at=written_time(summary.read_at),
        read_on=summary.read_at.astimezone(UTC).isoformat() if summary.read_at else "",
        corrected=summary.corrected,
        card_url=f"/library/card?{urlencode({'document': summary.id})}",
    )


def _lets_through(summary: DocumentSummary, query: str, status: str) -> bool:
    if status == "duplicate" and summary.duplicate is None:
        return False
    if status == "corrected" and not summary.corrected:
        return False
    if status in STATUS_NAMES and summary.status != status:
        return False
    card = summary.card
    own = comparable(" ".join(filter(None, (card.title, card.issue, card.number, card.issuer, summary.path))))
    return all(comparable(word) in own for word in query.split())


def _changes(changes: LibraryChanges) -> tuple[ChangeGroup, ...]:
    moved = tuple(f"{source} → {target}" for source, target in changes.moved)
    groups = (("新增", changes.added), ("改动", changes.changed), ("改名", moved), ("移走", changes.removed))
    return tuple(ChangeGroup(name, tuple(lines)) for name, lines in groups if lines)


def _removed(kept: str, size_bytes: int, removed_at: datetime) -> RemovedRow:
    return RemovedRow(kept, written_size(size_bytes), written_time(removed_at))


def _known(value: str, allowed: Sequence[str]) -> str:
    return value if value in allowed else ""


def _page(value: str, rows: int) -> tuple[int, int]:
    """(the page asked for, within bounds; how many there are)."""
    pages = max(1, -(-rows // PAGE_ROWS))
    wanted = int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 1
    return min(max(1, wanted), pages), pages


def _without_command(line: str) -> str:
    """A line of ``qa verify`` without its advice for the command line: here a button does it."""
    return line.removesuffix("；运行 qa index")
