"""``qa verify``: index against store against files."""

from __future__ import annotations

import typer

from qa.cli.options import Corpus, Index, Json, print_json, settings_of


def register(app: typer.Typer) -> None:
    app.command("verify", help="核对索引是否完好、是否与资料一致")(verify)


def verify(corpus: Corpus = None, index: Index = None, json: Json = False) -> None:
    from qa.bootstrap import verify_index

    findings = verify_index(settings_of(corpus, index))
    if json:
        print_json({"sound": not findings, "findings": findings})
    elif findings:
        print("\n".join(findings))
    else:
        print("索引完好，与资料一致")
    if findings:
        raise typer.Exit(1)
