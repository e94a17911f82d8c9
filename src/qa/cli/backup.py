"""``qa backup`` and ``qa restore``: everything in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.cli.options import Corpus, Index, Json, print_json, say, settings_of

PARTS = {"corpus": "资料", "workspace": "个人资料", "index": "索引"}

Archive = Annotated[Path, typer.Argument(help="备份文件（.zip）")]
Replace = Annotated[bool, typer.Option("--replace", help="换掉现有内容（原有的改名保留在旁边）")]


def register(app: typer.Typer) -> None:
    app.command("backup", help="把资料、引用夹、提问记录和索引备份成一个文件；服务可照常运行")(backup)
    app.command("restore", help="从备份还原；先核对完好才动现有内容")(restore)


def backup(archive: Archive, corpus: Corpus = None, index: Index = None, json: Json = False) -> None:
    from qa.bootstrap import back_up

    report = back_up(settings_of(corpus, index), archive, _progress)
    _print("已备份到", report.path, report.files, report.bytes, json)


def restore(
    archive: Archive, replace: Replace = False, corpus: Corpus = None, index: Index = None, json: Json = False
) -> None:
    from qa.bootstrap import restore

    report = restore(settings_of(corpus, index), archive, _progress, replace=replace)
    _print("已还原自", report.path, report.files, report.bytes, json)


def _progress(done: int, total: int, name: str) -> None:
    if total and (done == total or done % max(1, total // 10) == 0):
        say(f"{done}/{total} {name}")


def _print(what: str, path: Path, files: dict[str, int], size: int, json: bool) -> None:
    if json:
        print_json({"path": str(path), "files": files, "bytes": size})
    else:
        counted = "，".join(f"{name} {files[part]} 个文件" for part, name in PARTS.items())
        print(f"{what} {path}：{counted}，共 {size / 1e6:.1f} MB")
