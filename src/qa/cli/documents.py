"""``qa documents``, ``qa show``, ``qa remove``: the library."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.cli.options import Corpus, Index, Json, print_json, say, settings_of
from qa.records import Duplicate

STATUS_WORDS = {"read": "已读", "warnings": "有提醒", "failed": "失败"}

DocumentId = Annotated[str, typer.Argument(help="文档编号，见 qa documents")]


def register(app: typer.Typer) -> None:
    app.command("documents", help="列出全部文档")(documents)
    app.command("show", help="显示一份文档的文字和信息")(show)
    app.command("remove", help="从资料文件夹移走一份文档（移入 .removed，可放回）并更新索引")(remove)


def documents(corpus: Corpus = None, index: Index = None, json: Json = False) -> None:
    from qa.bootstrap import open_assistant
    from qa.shapes import summary_shape

    for document in open_assistant(settings_of(corpus, index)).summaries():
        if json:
            print_json(summary_shape(document))
            continue
        card = document.card
        date = card.date.isoformat() if card.date else "日期不详"
        print(
            f"{STATUS_WORDS[document.status]}  {document.id}  {card.title or '（无标题）'}  {card.issue or card.number or ''}  {date}  {document.passages} 段"
        )
        if document.duplicate:
            say(f"      {repeats(document.duplicate)}")
        for warning in document.warnings:
            say(f"      {warning}")


def repeats(duplicate: Duplicate) -> str:
    """与 X 文字相同；以 X 为准."""
    same = "文字相同" if duplicate.similarity == 1 else f"文字约 {duplicate.similarity:.0%} 相同"
    return f"与 {duplicate.shown_id} {same}；以后者为准"


def show(document_id: DocumentId, corpus: Corpus = None, index: Index = None, json: Json = False) -> None:
    from qa.bootstrap import open_assistant
    from qa.shapes import document_shape

    assistant = open_assistant(settings_of(corpus, index))
    document = assistant.document(document_id)
    if json:
        print_json(document_shape(document, len(assistant.passages_of(document_id)), whole=True))
    else:
        print(document.text)


def remove(document_id: DocumentId, corpus: Corpus = None, index: Index = None, json: Json = False) -> None:
    from datetime import UTC, datetime

    from qa.bootstrap import index_corpus, open_assistant, open_audit
    from qa.indexing.removal import set_aside
    from qa.records import AuditAction, AuditEntry

    settings = settings_of(corpus, index)
    document = open_assistant(settings).document(document_id)
    kept = set_aside(settings.corpus, document.path)
    open_audit(settings).add(AuditEntry(datetime.now(UTC), "命令行", "", AuditAction.REMOVE, document.path))
    report = index_corpus(settings)
    if json:
        print_json(
            {
                "document_id": document_id,
                "kept": kept.relative_to(settings.corpus).as_posix(),
                "passages": report.passages,
            }
        )
    else:
        print(f"已移除 {document.path}，原文件放在 {kept}；放回原处再运行 qa index 即可恢复")
