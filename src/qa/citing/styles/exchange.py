"""What reference managers read: BibTeX (btxdoc 1988), RIS (2011 tags), CSL-JSON (CSL 1.0.2). Absent fields stay out."""

from __future__ import annotations

import json
import re
from datetime import date
from hashlib import sha256

from qa.citing.styles.description import Description, DocumentType


def bibtex(description: Description, accessed: date | None) -> str:
    """A ``@techreport`` for reports, else a ``@misc``, with an ASCII key derived from the document's id."""
    fields = {
        "author": " and ".join(f"{{{_bibtex_text(name)}}}" for name in description.creators),
        "title": f"{{{_bibtex_text(_title(description))}}}",
        "institution" if _is_report(description) else "howpublished": _bibtex_text(description.issuer or ""),
        "number": _bibtex_text(_number(description)),
        "address": _bibtex_text(description.place or ""),
        "year": str(description.year or ""),
        "date": description.day.isoformat() if description.day else "",
        "file": _bibtex_text(description.path),
        "urldate": accessed.isoformat() if accessed else "",
        "langid": "chinese",
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{'techreport' if _is_report(description) else 'misc'}{{{_key(description)},\n{body}}}"


def ris(description: Description, accessed: date | None) -> str:
    """One record from ``TY`` to ``ER``, its lines ended by CR LF; RPRT for reports, NEWS for bulletins, else GEN."""
    kind = "RPRT" if _is_report(description) else "NEWS" if description.issue else "GEN"
    lines = [("TY", kind), *(("AU", name) for name in description.creators), ("TI", _title(description))]
    lines += [
        ("PY", str(description.year or "")),
        ("DA", description.day.strftime("%Y/%m/%d/") if description.day else ""),
        ("IS", (description.issue.number or description.issue.text) if description.issue else ""),
        ("M1", description.number or ""),
        ("PB", description.issuer or ""),
        ("CY", description.place or ""),
        ("SE", "，".join(description.heading_path)),
        ("L1", description.path),
        ("Y2", accessed.strftime("%Y/%m/%d/") if accessed else ""),
        ("LA", "zh-CN"),
        ("ID", _key(description)),
    ]
    # A line break inside a value would start a new tag.
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines if value) + "ER  - \r\n"


def csl_json(description: Description, accessed: date | None) -> str:
    """A JSON array with one item: ``report``, ``periodical`` for a bulletin, else ``document``."""
    kind = "report" if _is_report(description) else "periodical" if description.issue else "document"
    item: dict[str, object] = {"id": _key(description), "type": kind, "title": _title(description), "language": "zh-CN"}
    optional: dict[str, object] = {
        "author": [{"literal": name} for name in description.creators],
        "issued": _date_parts(description.day) if description.day else _year_parts(description.year),
        "publisher": description.issuer,
        "publisher-place": description.place,
        "number": description.number,
        "issue": (description.issue.number or description.issue.text) if description.issue else None,
        "section": "，".join(description.heading_path),
        "source": description.path,
        "accessed": _date_parts(accessed) if accessed else None,
    }
    item.update({name: value for name, value in optional.items() if value})
    return json.dumps([item], ensure_ascii=False, indent=2)


def _is_report(description: Description) -> bool:
    return description.document_type is DocumentType.REPORT


def _title(description: Description) -> str:
    return description.title or f"[{description.supplied_title}]"


def _number(description: Description) -> str:
    issue = description.issue.label if description.issue else ""
    return "，".join(part for part in (issue, description.number) if part)


def _key(description: Description) -> str:
    """qa, the year, and a hash of the document's id: stable, and plain ASCII for old BibTeX."""
    return f"qa{description.year or ''}-{sha256(description.document_id.encode()).hexdigest()[:8]}"


_BIBTEX_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def _bibtex_text(text: str) -> str:
    return re.sub(r"[\\~^{}$&#%_]", lambda m: _BIBTEX_SPECIAL.get(m.group(), "\\" + m.group()), text)


def _date_parts(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _year_parts(year: int | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[year]]} if year else None
