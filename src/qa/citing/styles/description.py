"""著录项目: what a citation can say about its document, read from the card once and shared by all styles."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import PurePosixPath

from qa.citing.address import citation_address
from qa.records import Citation
from qa.text.numerals import parse_number


class DocumentType(StrEnum):
    """文献类型标识 (GB/T 7714—2025 appendix A, —2015 appendix B); official documents are Z 其他 or reports."""

    REPORT = "R"
    OTHER = "Z"


@dataclass(frozen=True, slots=True)
class Issue:
    """期号 taken apart: 2023年第3期（总29期） has year 2023, number "3" and total "29"; ``text`` is as written."""

    text: str
    year: int | None = None
    number: str | None = None
    total: str | None = None

    @property
    def label(self) -> str:
        """The issue with its year in front where one is known: 2021年第1期."""
        if self.year is None or re.match(r"\d{4}年", self.text):
            return self.text
        return f"{self.year}年{self.text}"


@dataclass(frozen=True, slots=True)
class Description:
    """The bibliographic description of what a citation cites. ``None`` and empty: the document does not say."""

    title: str | None
    supplied_title: str  # 自拟题名, from the file name
    creators: tuple[str, ...]
    issuer: str | None
    number: str | None
    issue: Issue | None
    place: str | None
    day: date | None
    printed: date | None
    document_type: DocumentType
    heading_path: tuple[str, ...]
    document_id: str
    path: str
    address: str
    start: int
    end: int

    @property
    def year(self) -> int | None:
        """The year of the document: of its date, else of its printing, else of its issue."""
        for day in (self.day, self.printed):
            if day is not None:
                return day.year
        return self.issue.year if self.issue else None

    @property
    def identified(self) -> bool:
        """Whether anything but a title identifies the document; if not, only the file itself can be cited."""
        return any((self.issuer, self.number, self.issue, self.day, self.printed))


@lru_cache(maxsize=256)  # every style of a menu describes the same citation
def describe(citation: Citation) -> Description:
    """The description of ``citation``'s document; text fields lose the layout spaces beside Chinese characters."""
    card = citation.card
    title = _closed_up(card.title)
    creators = _creators(card.issuer)
    day = card.date or card.printed
    return Description(
        title=title,
        supplied_title=PurePosixPath(citation.path).stem or citation.span.document_id,
        creators=creators,
        issuer="、".join(creators) or None,
        number=re.sub(r"\s", "", card.number or "") or None,
        issue=parse_issue(card.issue, day.year if day else None),
        place=_place(card.region),
        day=card.date,
        printed=card.printed,
        document_type=_document_type(card.kind, title),
        heading_path=tuple(heading for heading in map(_heading, citation.heading_path) if heading),
        document_id=citation.span.document_id,
        path=citation.path,
        address=citation_address(citation),
        start=citation.span.start,
        end=citation.span.end,
    )


def parse_issue(text: str | None, year: int | None) -> Issue | None:
    """The parts of a 期号; its own year wins over ``year`` (that of the document's date). ``None`` for an empty one."""
    written = _closed_up(text)
    if not written:
        return None
    folded = unicodedata.normalize("NFKC", written)
    own_year = re.search(r"(\d{4})年", folded)
    total = re.search(r"总第?([0-9〇零一二三四五六七八九十百]+)期?", folded)
    rest = folded.replace(total.group(), "") if total else folded
    number = re.search(r"第?([0-9〇零一二三四五六七八九十百]+)期", rest)
    return Issue(
        text=written,
        year=int(own_year.group(1)) if own_year else year,
        number=_arabic(number.group(1)) if number else None,
        total=_arabic(total.group(1)) if total else None,
    )


def _arabic(numeral: str) -> str:
    value = parse_number(numeral)
    return numeral if value is None else str(int(value))


def _document_type(kind: str | None, title: str | None) -> DocumentType:
    """Reports are described as such (GB/T 7714—2025, 8.8); every other kind of official document is "other"."""
    report = (kind or "").endswith(("报告", "白皮书")) or (kind is None and (title or "").endswith(("报告", "白皮书")))
    return DocumentType.REPORT if report else DocumentType.OTHER


_BODY_ENDINGS = tuple("部委局厅院会府办室行署社所处组司网馆站校校团队心学厂")


def _creators(issuer: str | None) -> tuple[str, ...]:
    """Joint issuers one by one, where every part reads as the name of a body; otherwise the issuer as it stands."""
    parts = tuple(part for part in re.split(r"[、；;，\s]+", issuer or "") if part)
    if len(parts) > 1 and all(len(part) > 1 and part.endswith(_BODY_ENDINGS) for part in parts):
        return parts
    whole = _closed_up(issuer)
    return (whole,) if whole else ()


def _place(region: str | None) -> str | None:
    """出版地 is the issuer's town (GB/T 7714, 出版地著录出版者所在地的城市名称); a province or a country is none."""
    if not region:
        return None
    name = _closed_up(region) or ""
    name = re.sub(r"^.+?(?:省|自治区|自治州|盟)(?=.)", "", name)
    if name.endswith("特别行政区"):
        return name.removesuffix("特别行政区")
    if re.search(r"(?:省|自治区|全国|国)$", name):
        return None
    city = re.match(r"(.{2,}?)市", name)
    return city.group(1) if city else name


def _heading(heading: str) -> str:
    return (_closed_up(heading) or "").strip("【】")


_CJK = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018-\u201d"


def _closed_up(text: str | None) -> str | None:
    """Without the spaces that layout put beside Chinese characters and marks; spaces between Latin words stay."""
    if text is None:
        return None
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(rf"(?<=[{_CJK}]) | (?=[{_CJK}])", "", text)
    return text or None
