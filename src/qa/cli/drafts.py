"""``qa drafts``: the 引用夹 on the command line."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.options import Corpus, Index, Json, print_json, settings_of
from qa.errors import UsageError

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.citing.basket.desk import Desk

DraftId = Annotated[int, typer.Argument(help="引用夹编号，见 qa drafts list")]


def register(app: typer.Typer) -> None:
    drafts = typer.Typer(name="drafts", help="引用夹：列出、查看、收集、导出", no_args_is_help=True)
    drafts.command("list", help="列出引用夹")(list_drafts)
    drafts.command("show", help="显示一个引用夹里的引文，注明原文是否有改动")(show)
    drafts.command("add", help="把一个段落加入引用夹")(add)
    drafts.command("export", help="导出引用夹；格式由文件名的后缀决定")(export)
    app.add_typer(drafts)


def list_drafts(json: Json = False) -> None:
    from qa.bootstrap import open_drafts
    from qa.citing.basket.shapes import summary_shape

    for each in open_drafts(settings_of(None, None)).list():
        if json:
            print_json(asdict(summary_shape(each)))
        else:
            print(
                f"{each.id}  {each.name}  {each.items} 条  {each.style}  {each.changed_at.astimezone():%Y-%m-%d %H:%M}"
            )


def show(draft_id: DraftId, corpus: Corpus = None, index: Index = None, json: Json = False) -> None:
    from qa.citing.basket.shapes import draft_shape
    from qa.citing.basket.text_export import as_text

    desk, _ = _desk(corpus, index)
    draft = desk.store.draft(draft_id)
    if json:
        print_json(asdict(draft_shape(draft, desk.standings(draft))))
    else:
        print(as_text(desk.contents(draft)), end="")


def add(
    passage_id: Annotated[str, typer.Argument(help="段落编号，如 科技简报-2021年第1期:120-460")],
    to: Annotated[int | None, typer.Option("--to", help="引用夹编号；不给则新建一个")] = None,
    note: Annotated[str, typer.Option("--note", help="备注")] = "",
    corpus: Corpus = None,
    index: Index = None,
    json: Json = False,
) -> None:
    desk, assistant = _desk(corpus, index)
    span = assistant.passage(passage_id).span
    draft_id = desk.make_first().id if to is None else to
    made = desk.collect(draft_id, span, note=note)
    if json:
        print_json({"draft_id": draft_id, "item_id": made.item.id, "items": len(made.draft.items), "new": made.new})
    else:
        print(f"{'已加入' if made.new else '已在'}引用夹 {draft_id}“{made.draft.name}”，共 {len(made.draft.items)} 条")


def export(
    draft_id: DraftId,
    file: Annotated[Path, typer.Argument(help="写到哪里：.docx .md .txt .bib .ris .json；- 为标准输出（纯文本）")],
    notes: Annotated[str, typer.Option("--notes", help="Word 注法：both、footnotes、references")] = "both",
    corpus: Corpus = None,
    index: Index = None,
) -> None:
    from qa.citing.basket.contents import Notes
    from qa.citing.basket.desk import Export

    ending = file.suffix.lower().removeprefix(".") if str(file) != "-" else "txt"
    if ending not in list(Export):
        endings = "、".join(f".{each}" for each in Export)
        raise UsageError(f"不能导出为 {file.name}", reason="后缀不在可用的格式之中", hint=f"可用：{endings}")
    if notes not in list(Notes):
        raise UsageError(f"没有“{notes}”这种注法", reason="--notes 的值不对", hint=f"可用：{'、'.join(Notes)}")
    desk, _ = _desk(corpus, index)
    written = desk.exported(desk.store.draft(draft_id), Export(ending), Notes(notes))
    if str(file) == "-":
        sys.stdout.write(written.decode())
        return
    try:
        file.write_bytes(written)
    except OSError as error:
        raise UsageError(f"写不了 {file}", reason=error.strerror or str(error), hint="换一个可写的位置") from error
    print(f"已写到 {file}")


def _desk(corpus: Path | None, index: Path | None) -> tuple[Desk, Assistant]:
    from qa.bootstrap import open_assistant, open_drafts
    from qa.citing.basket.desk import Desk

    settings = settings_of(corpus, index)
    assistant = open_assistant(settings)
    return Desk(open_drafts(settings), assistant.document), assistant
