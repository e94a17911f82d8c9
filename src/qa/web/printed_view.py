"""The printed pages of a document: which one is shown beside its words, and where each begins in the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qa.reading.loaders.page_images import has_page_images, media_type, page_address, page_of
from qa.records import Block, Document, PageStart, Span
from qa.web.addresses import page_image_address, printed_address
from qa.web.contexts import PageMark, PrintedPage

CHECK_ORIGINAL = "请核对原件"


def printed_page(document: Document, span: Span | None, parameters: Mapping[str, str]) -> PrintedPage | None:
    """The page that ``page`` asks for, else the one where the cited words begin, else the first with words; ``None`` where none
    can be drawn. Pages between those with words can be asked for too; how many the file has behind the last of them, its
    document does not say.
    """
    if not has_page_images(document):
        return None
    last = max(page.number for page in document.pages)
    asked = parameters.get("page", "")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0
    if not 1 <= wanted <= last:
        asked = ""
        wanted = (page_of(document, span.start) if span else None) or document.pages[0].number
    words = span or Span(document.id, 0, 0)
    page = next((each for each in document.pages if each.number == wanted), None)
    boxed = span is not None and _stands_on(document, wanted, span) and (page is None or page.confidence is None)
    return PrintedPage(
        name=f"第 {wanted} 页",
        url=printed_address(words, wanted),
        image_url=page_image_address(words, page_address(wanted, document.path)),
        description=f"原件第 {wanted} 页" + ("，所引文字已框出" if boxed else ""),
        note="；".join(_notes(document, page)),
        opened=bool(asked),
        previous_url=printed_address(words, wanted - 1) if wanted > 1 else "",
        next_url=printed_address(words, wanted + 1) if wanted < last else "",
    )


def page_marks(document: Document, blocks: Sequence[Block], span: Span | None) -> dict[int, PageMark]:
    """Start of a block → the page that it is the first of. A page that begins within a paragraph is marked at the next one."""
    words = span or Span(document.id, 0, 0)
    drawn = has_page_images(document)
    return {
        block.start: PageMark(_name(page), printed_address(words, page.number) if drawn else "", _doubt(page))
        for block, page in _first_blocks(document, blocks)
    }


def _first_blocks(document: Document, blocks: Sequence[Block]) -> Iterator[tuple[Block, PageStart]]:
    pages = iter(document.pages)
    following = next(pages, None)
    for block in blocks:
        begun = None
        while following is not None and following.start <= block.start:
            begun, following = following, next(pages, None)
        if begun is not None:
            yield block, begun


def _name(page: PageStart) -> str:
    return f"第 {page.number} 页" if not page.label else page.label


def _doubt(page: PageStart) -> str:
    if page.confidence is None:
        return CHECK_ORIGINAL if page.doubtful else ""
    recognised = f"文字由识别得来，可信度 {page.confidence:.2f}"
    return f"{recognised}，{CHECK_ORIGINAL}" if page.doubtful else recognised


def _notes(document: Document, page: PageStart | None) -> Iterator[str]:
    if page is None:
        yield "这一页没有读出文字"
    elif doubt := _doubt(page):
        yield doubt
        if page.confidence is not None:
            yield "扫描页上不框出文字"
    if media_type(document.path) == "image/svg+xml":
        yield "按文件里的位置用本机字体画出，印章和批注不画"


def _stands_on(document: Document, number: int, span: Span) -> bool:
    return (page_of(document, span.start) or 0) <= number <= (page_of(document, span.end - 1) or 0)
