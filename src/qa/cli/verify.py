"""``qa verify``: index against store against files, saved citations against documents; ``--repair`` makes vectors and words anew."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.documents import STATUS_WORDS, repeats
from qa.cli.options import Corpus, Index, Json, print_json, say, settings_of
from qa.errors import IndexError_
from qa.records import DocumentSummary
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.citing.basket.verification import UnsoundCitation


def register(app: typer.Typer) -> None:
    app.command("verify", help="核对索引是否完好、是否与资料一致，引用夹里的引文是否还在原文里")(verify)


def verify(
    corpus: Corpus = None,
    index: Index = None,
    repair: Annotated[bool, typer.Option("--repair", help="由库文件重做向量和词语索引，不重新计算向量")] = False,
    json: Json = False,
) -> None:
    from qa.bootstrap import open_assistant, verify_index

    settings = settings_of(corpus, index)
    if repair:
        _repair(settings, json)
        return
    findings = verify_index(settings)
    citations = _unsound_citations(settings)
    noted = (
        [] if findings else [each for each in open_assistant(settings).summaries() if each.warnings or each.duplicate]
    )
    if json:
        documents = {
            each.path: [*each.warnings, *([repeats(each.duplicate)] if each.duplicate else [])] for each in noted
        }
        saved = [asdict(each) for each in citations]
        print_json({"sound": not findings, "findings": findings, "citations": saved, "documents": documents})
    else:
        print("\n".join(findings or ["索引完好，与资料一致"]))
        for each in citations:
            print(each.line)
        _print_noted(noted)
    if findings or citations:
        raise typer.Exit(1)


def _unsound_citations(settings: Settings) -> list[UnsoundCitation]:
    """The saved citations that do not hold; none, and a line that says so, where the index cannot be read."""
    from qa.bootstrap import open_assistant, open_drafts
    from qa.citing.basket.verification import unsound_citations

    try:
        return unsound_citations(open_drafts(settings), open_assistant(settings).document)
    except IndexError_ as error:
        say(f"没有核对引用夹：{error}")
        return []


def _print_noted(noted: list[DocumentSummary]) -> None:
    """The documents that a person should look at; that is no damage, so the exit code stays 0."""
    if noted:
        say(f"有 {len(noted)} 份文档要留意：")
    for each in noted:
        messages = [*each.warnings, *([repeats(each.duplicate)] if each.duplicate else [])]
        for message in messages:
            say(f"  {STATUS_WORDS[each.status]}  {each.path}：{message}")


def _repair(settings: Settings, json: bool) -> None:
    from qa.bootstrap import repair_index
    from qa.cli.progress import build_progress

    with build_progress() as (notify, _):
        base, report = repair_index(settings, notify)
    if json:
        print_json({"base": base, **asdict(report)})
    else:
        done = f"已由 {base} 的库文件重做向量和词语索引；随后更新" if base else "没有完好的库文件，已由资料文件重建"
        print(f"{done}：读取 {report.read} 份，新算 {report.embedded} 段")
