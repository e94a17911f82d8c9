"""``qa index``: reads what is new or changed, drops what is gone."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from qa.cli.options import Corpus, Index, Json, print_json, say, settings_of


def register(app: typer.Typer) -> None:
    app.command("index", help="读取资料文件夹中新增或改动的文件，建立索引")(index)


def index(
    corpus: Corpus = None,
    index: Index = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="全部重新读取、重新计算")] = False,
    retry: Annotated[bool, typer.Option("--retry", help="再读一遍上次没读成的文件")] = False,
    json: Json = False,
) -> None:
    from qa.bootstrap import index_corpus
    from qa.cli.progress import build_progress

    with build_progress() as (notify, status):
        report = index_corpus(
            settings_of(corpus, index), rebuild=rebuild, reread=None if retry else (), notify=notify, status=status
        )
    for problem in report.problems:
        mark = "失败" if problem.status == "failed" else "提醒"
        for message in problem.messages:
            say(f"{mark} {problem.path}：{message}")
    if json:
        print_json(asdict(report))
        return
    print(
        f"读取 {report.read} 份，未变 {report.unchanged} 份，移除 {report.removed} 份，失败 {report.failed} 份；"
        f"段落 {report.passages} 个（新算 {report.embedded} 个），用时 {report.seconds:.1f} 秒"
    )
    if report.moved:
        print(f"改名 {report.moved} 份，没有重新读取")
    if report.duplicates:
        print(f"有 {report.duplicates} 份与别的文档相同或几乎相同，见 qa documents")
    if report.split:
        print(f"其中 {report.split} 段超过模型窗口，已分窗计算，没有截断")
    if report.read + report.unchanged == 0 and not report.failed:
        say("资料文件夹是空的：放入文档后再运行 qa index")
