"""``qa documents``, ``qa show``, ``qa remove``: the library."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.cli.options import Corpus, Index, Json, print_json, say, settings_of

DocumentId = Annotated[str, typer.Argument(help="文档编号，见 qa documents")]


def register(app: typer.Typer) -> None:
    app.command("documents", help="列出全部文档")(documents)
    app.command("show", help="显示一份文档的文字和信息")(show)
    app.command("remove", help="从资料文件夹移走一份文档（移入 .removed，可放回）并更新索引")(remove)


def documents(corpus: Corpus = None, index: Index = None, json: Json = False) -> None:
    from qa.bootstrap import open_assistant
    from qa.shapes import document_shape

    assistant = open_assistant(settings_of(corpus, index))
    for document in assistant.documents():
        passages = len(assistant.passages_of(document.id))
        if json:
            print_json(document_shape(document, passages))
            continue
        card = document.card
        date = card.date.isoformat() if card.date else "日期不详"
        status = {"read": "已读", "warnings": "有提醒", "failed": "失败"}[document.status]
        print(
            f"{status}  {document.id}  {card.title or '（无标题）'}  {card.issue or card.number or ''}  {date}  {passages} 段"
        )
        for warning in document.warnings:
            say(f"      {warning}")


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
    from qa.bootstrap import index_corpus, open_assistant
    from qa.indexing.removal import set_aside

    settings = settings_of(corpus, index)
    document = open_assistant(settings).document(document_id)
    kept = set_aside(settings.corpus, document.path)
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
