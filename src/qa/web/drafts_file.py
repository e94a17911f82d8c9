"""A draft as a download."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from qa.citing.basket.contents import Notes
from qa.citing.basket.desk import Desk, Export
from qa.records import Draft

_MEDIA_TYPES = {
    Export.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Export.MARKDOWN: "text/markdown; charset=utf-8",
    Export.TEXT: "text/plain; charset=utf-8",
    Export.BIBTEX: "application/x-bibtex; charset=utf-8",
    Export.RIS: "application/x-research-info-systems; charset=utf-8",
    Export.CSL_JSON: "application/vnd.citationstyles.csl+json; charset=utf-8",
}
_BAD_IN_NAMES = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))


def export_response(desk: Desk, draft: Draft, form: Export, notes: Notes) -> Response:
    """The draft as a file named after it."""
    name = f"{draft.name.translate(_BAD_IN_NAMES).strip('. ') or 'draft'}.{form}"
    headers = {
        "content-disposition": f"attachment; filename=\"draft.{form}\"; filename*=UTF-8''{quote(name, safe='')}",
        "cache-control": "private, no-store",
    }
    return Response(desk.exported(draft, form, notes), media_type=_MEDIA_TYPES[form], headers=headers)
