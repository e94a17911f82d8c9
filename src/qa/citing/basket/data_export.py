"""The documents that a draft cites, as reference managers read them: each once, in the order of the draft."""

from __future__ import annotations

import json
from collections.abc import Sequence

from qa.citing.basket.standing import ItemStanding
from qa.citing.styles import format_citation


def as_data(standings: Sequence[ItemStanding], style: str) -> str:
    """One BibTeX, RIS or CSL-JSON text for all of them.

    A document has one entry, without the headings of the single places: a reference manager keeps documents.
    """
    texts: dict[str, str] = {}
    for each in standings:
        whole = type(each.citation)(each.citation.span, each.citation.quote, each.citation.card, each.citation.path)
        texts.setdefault(each.citation.span.document_id, format_citation(whole, style))
    if style == "csl-json":
        entries = [entry for text in texts.values() for entry in json.loads(text)]
        return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
    return ("" if style == "ris" else "\n\n").join(texts.values()) + ("" if style == "ris" else "\n")
