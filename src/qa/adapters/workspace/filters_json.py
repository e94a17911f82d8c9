"""Filters as a JSON text: canonical, so that equal filters are equal texts."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date

from qa.records import Filters

DAYS = ("first", "last")


def written_filters(filters: Filters) -> str:
    """The filters that are set, in a fixed order; ``{}`` for none. Days are ISO."""
    values = {each.name: getattr(filters, each.name) for each in fields(Filters)}
    kept = {name: value.isoformat() if name in DAYS else value for name, value in sorted(values.items()) if value}
    return json.dumps(kept, ensure_ascii=False)


def read_filters(text: str) -> Filters:
    """The filters that :func:`written_filters` wrote."""
    values: dict[str, str] = json.loads(text)
    days = {name: date.fromisoformat(values.pop(name)) for name in DAYS if name in values}
    return replace(Filters(**values), **days)  # type: ignore[arg-type]  # what is left are the names of texts
