"""One module a file format; each loader turns a file's bytes into :class:`qa.ports.Loaded`.

To add a format: write ``reading/loaders/<format>.py`` with a class that is a :class:`qa.ports.Loader` (no constructor
arguments; heavy libraries imported inside its functions; ``suffixes``, ``max_bytes``, ``load(data, name)``) and name it
in ``_LOADERS``. The module is imported when the first file of its kind is met. What a loader gives is cleaned, joined
and structured by :mod:`qa.reading`; table rows are written by :mod:`qa.reading.loaders.tables`, so that every format
has one form of them.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.ports import Loader

_TEXT = "text:TextLoader"
_LOADERS = {
    ".txt": _TEXT,
    ".text": _TEXT,
    ".md": _TEXT,
    ".markdown": _TEXT,
    ".docx": "docx:DocxLoader",
    ".docm": "docx:DocxLoader",
    **dict.fromkeys((".doc", ".wps", ".wpt", ".dot", ".rtf"), "office:OfficeLoader"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), "html:HtmlLoader"),
    ".pdf": "pdf:PdfLoader",
    ".ofd": "ofd:OfdLoader",
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".et", ".ods", ".xlsb"), "sheet:SheetLoader"),
    **dict.fromkeys((".csv", ".tsv"), "csv_table:CsvLoader"),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx"), "slides:SlidesLoader"),
    ".eml": "mail:MailLoader",
    ".zip": "archive:ArchiveLoader",
}
"""Lower-case file name ending → module of this package and the loader's name in it."""

SUPPORTED_SUFFIXES: tuple[str, ...] = tuple(sorted(_LOADERS))
"""Lower-case file name endings that can be read, with the dot."""


def loader_for(path: PurePath) -> Loader | None:
    """The loader for a file of this name, or ``None`` when the format is not supported; the file is not opened."""
    place = _LOADERS.get(path.suffix.lower())
    if place is None:
        return None
    module, name = place.split(":")
    loader: Loader = getattr(import_module(f"{__name__}.{module}"), name)()
    return loader
