"""``qa ask``: the answer and the ranked passages, for one question or a file of them."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli.options import Corpus, Index, Json, print_json, say, settings_of
from qa.errors import QaError, UsageError
from qa.records import AbstainReason, Filters, Query, Result

if TYPE_CHECKING:
    from qa.assistant import Assistant

Top = Annotated[int, typer.Option("--top", help="返回的段落数", min=1, max=100)]
From = Annotated[str | None, typer.Option("--from", help="文档日期不早于（ISO，如 2021-01-01）")]
To = Annotated[str | None, typer.Option("--to", help="文档日期不晚于")]
Section = Annotated[str | None, typer.Option("--section", help="只在此栏目或标题下找")]
Kind = Annotated[str | None, typer.Option("--kind", help="只在此文种中找，如 简报")]
DocumentOption = Annotated[str | None, typer.Option("--document", help="只在此文档中找")]


def register(app: typer.Typer) -> None:
    app.command("ask", help="提问：给出答案和按相关程度排列的段落")(ask)


def ask(
    question: Annotated[str | None, typer.Argument(help="问题")] = None,
    batch: Annotated[Path | None, typer.Option("--batch", help="JSON Lines 文件，每行 {id, question, filters}")] = None,
    top: Top = 10,
    first: From = None,
    last: To = None,
    section: Section = None,
    kind: Kind = None,
    document: DocumentOption = None,
    corpus: Corpus = None,
    index: Index = None,
    json: Json = False,
) -> None:
    from qa.bootstrap import open_assistant

    if (question is None) == (batch is None):
        raise UsageError(
            "请给出一个问题，或用 --batch 给出问题文件", hint='例：qa ask "科技特派员2020年引进了多少个新品种？"'
        )
    filters = filters_of({"from": first, "to": last, "section": section, "kind": kind, "document": document})
    assistant = open_assistant(settings_of(corpus, index))
    if batch is not None:
        for identity, query in read_batch(batch, top, filters):
            print_json(_shape_or_error(assistant, query, identity))
        return
    assert question is not None
    result = assistant.ask(Query(question, filters, top))
    if json:
        print_json(_shape(assistant, result, None))
    else:
        _print(assistant, result)


def filters_of(values: dict[str, Any]) -> Filters:
    """Filters from ``from``, ``to``, ``section``, ``kind``, ``document``. Raises :class:`UsageError` for a date that is none."""
    return Filters(
        first=_day(values.get("from")),
        last=_day(values.get("to")),
        section=values.get("section") or None,
        kind=values.get("kind") or None,
        document_id=values.get("document") or None,
    )


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"日期 {text} 无效", reason="应为 年-月-日", hint="例：2021-03-25") from error


def read_batch(path: Path, top: int, filters: Filters) -> Iterator[tuple[str | None, Query]]:
    """The questions of a batch file. Raises :class:`UsageError` naming the file and the line."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"无法读取 {path}", reason=str(error), hint="请给出 UTF-8 的 JSON Lines 文件") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = jsonlib.loads(line)
            own = row.get("filters")
            yield row.get("id"), Query(str(row["question"]), filters_of(own) if own else filters, top)
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise UsageError(
                f"{path} 第 {number} 行无法解读",
                reason=f"{type(error).__name__}: {error}",
                hint='每行应为 {"id": …, "question": …}',
            ) from error


def _shape(assistant: Assistant, result: Result, identity: str | None) -> dict[str, Any]:
    from qa.shapes import result_shape

    return result_shape(result, assistant.cited_documents(result.hits, result.answer), identity)


def _shape_or_error(assistant: Assistant, query: Query, identity: str | None) -> dict[str, Any]:
    """A question that cannot be asked is reported in its place; the others go on."""
    try:
        return _shape(assistant, assistant.ask(query), identity)
    except UsageError as error:
        say(f"{identity}：{error}")
        return {"id": identity, "question": query.text, "error": error_shape(error)}


def error_shape(error: QaError) -> dict[str, str]:
    return {
        "code": error.code,
        "message": f"{error.message}（{error.reason}）" if error.reason else error.message,
        "hint": error.hint,
    }


def _print(assistant: Assistant, result: Result) -> None:
    from qa.citing.original import original_note
    from qa.shapes import short_citation

    documents = assistant.cited_documents(result.hits, result.answer)
    answer = result.answer
    if answer.best:
        best = answer.best
        evidence = documents[best.span.document_id].text[best.evidence.start : best.evidence.end]
        print(f"答案：{best.text}    （可信度 {best.confidence:.2f}）")
        print(f"依据：{evidence}")
        print(f"引文：{short_citation(documents[best.span.document_id], best.passage)}")
        if answer.caution:
            print(f"注意：{answer.caution}")
        if note := original_note(documents[best.span.document_id], best.evidence):
            print(f"注意：{note}")
        for other in answer.others:
            print(f"另见：{other.text}    {short_citation(documents[other.span.document_id], other.passage)}")
    elif answer.reason is AbstainReason.NO_QUESTION:
        print(answer.reason_text)
    else:
        print(f"资料中未找到可靠答案：{answer.reason_text}")
    print()
    for rank, hit in enumerate(result.hits, 1):
        print(
            f"{rank:>2}. [{hit.score:.2f}] {short_citation(documents[hit.passage.document_id], hit.passage)}  {hit.passage.id}"
        )
        print(f"    {hit.passage.text[:120]}")
    for note in result.notes:
        say(f"提醒：{note}")
