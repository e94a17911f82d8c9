"""``qa search``: ranked passages only."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.cli.ask import DocumentOption, From, Kind, Section, To, Top, filters_of
from qa.cli.options import Corpus, Index, Json, print_json, settings_of
from qa.records import Query


def register(app: typer.Typer) -> None:
    app.command("search", help="只列出相关段落，不作答")(search)


def search(
    query: Annotated[str, typer.Argument(help="要找的话")],
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
    from qa.shapes import hits_shape

    assistant = open_assistant(settings_of(corpus, index))
    filters = filters_of({"from": first, "to": last, "section": section, "kind": kind, "document": document})
    hits = assistant.search(Query(query, filters, top))
    shapes = hits_shape(hits, assistant.cited_documents(hits))
    if json:
        print_json({"query": query, "passages": shapes})
        return
    for shape in shapes:
        print(
            f"{shape['rank']:>2}. [{shape['score']:.2f}] {shape['citation']}  {shape['passage_id']}\n    {shape['text'][:120]}"
        )
