"""``qa cite``: a citation of a passage."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.cli.options import Corpus, Index, Json, print_json, settings_of


def register(app: typer.Typer) -> None:
    app.command("cite", help="给出一个段落的引文")(cite)


def cite(
    passage_id: Annotated[str, typer.Argument(help="段落编号，如 科技简报-2021年第1期:120-460")],
    style: Annotated[str, typer.Option("--style", help="引文格式")] = "gbt7714-2025",
    corpus: Corpus = None,
    index: Index = None,
    json: Json = False,
) -> None:
    from qa.bootstrap import open_assistant
    from qa.citing.citation import cite as cut
    from qa.citing.styles import format_citation

    assistant = open_assistant(settings_of(corpus, index))
    passage = assistant.passage(passage_id)
    citation = cut(assistant.document(passage.document_id), passage.span)
    text = format_citation(citation, style)
    if json:
        print_json({"passage_id": passage_id, "style": style, "citation": text, "quote": citation.quote})
    else:
        print(text)
