"""The texts of a slide file, read by python-pptx. Runs in the child process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qa.errors import DocumentError
from qa.reading.loaders.limits import MAX_PAGES

if TYPE_CHECKING:
    from pptx.slide import Slide

_MAX_DEPTH = 8


def read_slides(path: str, name: str) -> list[dict[str, Any]]:
    """A slide as ``{"title", "texts", "tables", "notes", "pictures", "hidden"}``; ``tables`` hold rows of strings."""
    from pptx import Presentation
    from pptx.exc import PackageNotFoundError

    try:
        slides = list(Presentation(path).slides)
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise DocumentError(
            f"{name} 读不出来", reason="不是 .pptx、已损坏或被截断", hint="用原软件打开后另存为 .pptx 再放入"
        ) from error
    if len(slides) > MAX_PAGES:
        raise DocumentError(f"{name} 有 {len(slides)} 页", reason=f"上限 {MAX_PAGES} 页", hint="拆成几个文件")
    return [_slide(slide) for slide in slides]


def _slide(slide: Slide) -> dict[str, Any]:
    title = slide.shapes.title
    texts: list[str] = []
    tables: list[list[list[str]]] = []
    pictures = 0
    for shape in _in_reading_order(slide.shapes):
        if title is not None and shape.shape_id == title.shape_id:
            continue
        if getattr(shape, "has_table", False):
            tables.append([[_cell(cell) for cell in row.cells] for row in shape.table.rows])
        elif shape.has_text_frame:
            texts += [text for line in shape.text_frame.paragraphs if (text := _plain(line.text))]
        elif hasattr(shape, "image"):
            pictures += 1
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    return {
        "title": _plain(title.text_frame.text) if title is not None else "",
        "texts": texts,
        "tables": tables,
        "notes": [text for line in notes.paragraphs if (text := _plain(line.text))] if notes is not None else [],
        "pictures": pictures,
        "hidden": slide._element.get("show") == "0",
    }


def _in_reading_order(shapes: Any, depth: int = 0) -> Iterator[Any]:
    """Shapes from the top left down, groups opened."""
    for shape in sorted(shapes, key=lambda each: ((each.top or 0) // 400_000, each.left or 0)):
        if hasattr(shape, "shapes"):
            if depth < _MAX_DEPTH:
                yield from _in_reading_order(shape.shapes, depth + 1)
        else:
            yield shape


def _cell(cell: Any) -> str:
    return "" if cell.is_spanned else _plain(cell.text_frame.text)


def _plain(text: str) -> str:
    return " ".join(text.replace("\x0b", " ").split())
