"""The parts of an official document by GB/T 9704—2012: 版头, 主体 and 版记, found again in a document that was read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from qa.reading import shapes
from qa.records import Block, BlockRole, Document

MAX_BAND_CHARS = 40


class OfficialPart(StrEnum):
    """The names that the standard gives."""

    COPY_NUMBER = "份号"
    SECRECY = "密级和保密期限"
    URGENCY = "紧急程度"
    BAND = "发文机关标志"  # 红头
    NUMBER = "发文字号"
    SIGNER = "签发人"
    TITLE = "标题"
    ADDRESSEE = "主送机关"
    ATTACHMENT_NOTE = "附件说明"
    SIGNATURE = "发文机关署名"
    DATE = "成文日期"
    REMARK = "附注"
    ATTACHMENT = "附件"
    COPIES = "抄送机关"
    PRINTED = "印发机关和印发日期"


class FoundPart(NamedTuple):
    """``document.text[start:end]`` is this part."""

    part: OfficialPart
    start: int
    end: int


_MASTHEAD = (
    (OfficialPart.COPY_NUMBER, re.compile(r"(?:份号[：:]\s?)?\d{6}")),
    (OfficialPart.SECRECY, re.compile(r"(?:密级[：:]\s?)?(?:绝密|机密|秘密)\s?(?:★\s?.{0,12})?")),
    (OfficialPart.URGENCY, re.compile(r"(?:紧急程度[：:]\s?)?(?:特急|加急|特提|平急)")),
    (OfficialPart.NUMBER, re.compile(shapes.DOCUMENT_NUMBER.pattern)),
    (OfficialPart.NUMBER, shapes.DECREE_NUMBER),
    (OfficialPart.BAND, re.compile(r"[\u3400-\u9fff（）()、 \u3000]{3,38}(?:文件|令|公报|公告|纪要)")),
)
_SIGNER = re.compile(r"(?:签发人|会签人)[：:]\s?(?P<name>[\u3400-\u9fff·\s]{2,40})")
_IMPRINT = (
    (OfficialPart.COPIES, re.compile(r"(?:抄送|抄报|分送|主送|报|送|发)\s?[：:].*")),
    (OfficialPart.PRINTED, shapes.PRINTED_LINE),
    (OfficialPart.DATE, shapes.DATE_LINE),
    (OfficialPart.REMARK, re.compile(rf"(?:{shapes.REMARK.pattern})|(?:{shapes.CONTACT_NOTE.pattern})")),
    (OfficialPart.SIGNATURE, shapes.ORGANISATION),
)
_ATTACHMENT_NOTE = re.compile(r"附\s?件\s?[：:]\s?\S.*")


def official_parts(document: Document) -> tuple[FoundPart, ...]:
    """The parts in the order of the text; what a document does not have is not there. Pure.

    An attachment reaches from its 附件 line to the next one, or to the 版记.
    """
    found = [*_of_masthead(document), *_of_body(document), *_of_imprint(document), *_attachments(document)]
    return tuple(sorted(found, key=lambda each: (each.start, each.end)))


def _blocks(document: Document, *roles: BlockRole) -> list[Block]:
    return [block for block in document.blocks if block.role in roles]


def _of_masthead(document: Document) -> Iterator[FoundPart]:
    title = re.sub(r"\s", "", document.card.title or "")
    joint = before_end = -1
    for block in _blocks(document, BlockRole.MASTHEAD):
        text = document.text[block.start : block.end]
        if before_end < 0:  # no organisation stands above: a band of several (联合行文) begins with the first
            joint = block.start
        before_end = block.end if shapes.ORGANISATION.fullmatch(text) else -1
        if title and re.sub(r"\s", "", text).removeprefix("标题：") == title:
            yield FoundPart(OfficialPart.TITLE, block.start, block.end)
            continue
        signer = _SIGNER.search(text)
        if signer:
            name = signer["name"].rstrip()
            yield FoundPart(
                OfficialPart.SIGNER, block.start + signer.start("name"), block.start + signer.start("name") + len(name)
            )
        before = text[: signer.start()] if signer else text
        kept = before.strip()
        start = block.start + len(before) - len(before.lstrip())
        part = next((part for part, pattern in _MASTHEAD if pattern.fullmatch(kept)), None)
        if part is OfficialPart.BAND:
            start, kept = joint, document.text[joint : start + len(kept)]
        if part is not None:
            yield FoundPart(part, start, start + len(kept))


def _of_body(document: Document) -> Iterator[FoundPart]:
    bodies = _blocks(document, BlockRole.BODY, BlockRole.HEADING)
    if bodies and document.text[bodies[0].end - 1] in "：:":
        yield FoundPart(OfficialPart.ADDRESSEE, bodies[0].start, bodies[0].end)
    for index, block in enumerate(bodies):
        if _ATTACHMENT_NOTE.fullmatch(document.text, block.start, block.end):
            end = block.end
            for following in bodies[index + 1 :]:
                if not shapes.FURTHER_ATTACHMENT.fullmatch(document.text, following.start, following.end):
                    break
                end = following.end
            yield FoundPart(OfficialPart.ATTACHMENT_NOTE, block.start, end)
            return


def _of_imprint(document: Document) -> Iterator[FoundPart]:
    for block in _blocks(document, BlockRole.IMPRINT):
        text = document.text[block.start : block.end]
        part = next((part for part, pattern in _IMPRINT if pattern.fullmatch(text)), None)
        if part is not None:
            yield FoundPart(part, block.start, block.end)


def _attachments(document: Document) -> Iterator[FoundPart]:
    begins = [h.start for h in document.headings if shapes.ATTACHMENT_LINE.fullmatch(document.text[h.start : h.end])]
    for index, start in enumerate(begins):
        bound = begins[index + 1] if index + 1 < len(begins) else len(document.text)
        inside = (
            block.end
            for block in document.blocks
            if start <= block.start < bound and block.role is not BlockRole.IMPRINT
        )
        yield FoundPart(OfficialPart.ATTACHMENT, start, max(inside))
