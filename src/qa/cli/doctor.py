"""``qa doctor``: environment, model, fonts, optional programs."""

from __future__ import annotations

import typer

from qa.cli.options import Corpus, Index, Json, print_json, settings_of


def register(app: typer.Typer) -> None:
    app.command("doctor", help="检查运行环境")(doctor)


def doctor(corpus: Corpus = None, index: Index = None, json: Json = False) -> None:
    from qa.bootstrap import examine

    checks = examine(settings_of(corpus, index))
    if json:
        print_json([{"name": name, "ok": ok, "detail": detail} for name, ok, detail in checks])
    else:
        for name, ok, detail in checks:
            print(f"{'正常' if ok else '注意'}  {name}：{detail}")
    if not all(ok for _, ok, _ in checks):
        raise typer.Exit(1)
