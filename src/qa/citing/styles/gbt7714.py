"""GB/T 7714 《信息与文献 参考文献著录规则》 for official documents, editions 2025 (in force since 2026-07-01) and 2015.

What the rules say, and how they are applied here (clause of 2025 / of 2015):

- 责任者. 题名: 其他题名信息[类型标识/载体标识]. 年(期). 出版地: 出版者, 日期: 引文位置[引用日期]. 获取和访问路径.
  (8.4 连续出版物, 8.8 报告 / 4.1, 4.3, 4.6). The 文号 stands where a report number or 档号 stands, as 其他题名信息
  (7.2.3, 8.12 / 8.2.3).
- Creators: up to three, then 等 (7.1.2 / 8.1.2); none: the numeric system leaves them out (7.1.3 / 8.1.3).
- No title: a supplied one in brackets, from the file name (7.2.1 自拟题名 / 7.2, 符号 "[]").
- Type: R for reports, otherwise Z 其他 (appendix A / B): letters and internal bulletins are neither published
  periodicals nor kept in an archive.
- No place: [出版地不详]; no publisher: [出版者不详]; an electronic resource leaves them out (7.5.2.3, 7.5.3.3 /
  8.4.1.3, 8.4.2.2).
- Dates are written YYYY-MM-DD, as for newspapers and reports (7.5.4.2 / 8.4.3.2). No date: that of printing, marked so,
  then the year of the issue (7.5.4.3 / 8.4.3.3); nothing at all: [日期不详].
- Locator: these documents have no pages in their text, so the heading stands there, as 序 and 扉页 may (7.7 / 8.5).
  Only the footnote form carries it; in the numeric list one entry serves every place cited (9.2.1.3 / 10.1.3).
- A file on disk: carrier DK and its path (appendix A / B). Edition 2015 wants 引用日期 for every electronic resource,
  edition 2025 for web pages, data sets and preprints alone; 2025 also drops the imprint of electronic reports (8.8).
- Marks: 2015 sets half-width ones followed by a space, 2025 sets Chinese ones in full width (its own printed examples).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qa.citing.styles.description import Description, DocumentType, Issue


@dataclass(frozen=True, slots=True)
class Edition:
    """What differs between the editions."""

    colon: str
    comma: str
    opening: str
    closing: str
    access_date: bool  # 引用日期 for files that are not web pages
    report_publisher: bool  # place and publisher of electronic reports


EDITION_2015 = Edition(colon=": ", comma=", ", opening="(", closing=")", access_date=True, report_publisher=True)
EDITION_2025 = Edition(colon="：", comma="，", opening="（", closing="）", access_date=False, report_publisher=False)

_UNKNOWN_PLACE = "[出版地不详]"
_UNKNOWN_PUBLISHER = "[出版者不详]"
_UNKNOWN_DATE = "[日期不详]"
_CREATORS_NAMED = 3


def reference(
    description: Description, edition: Edition, *, accessed: date | None = None, locator: bool = False
) -> str:
    """The entry, ending in a full stop, without a number. ``locator`` adds the cited place: the footnote form.

    ``accessed`` describes the file as an electronic resource consulted that day; a document that nothing but its title
    identifies is always described as the file it is.
    """
    electronic = accessed is not None or not description.identified
    parts = [
        _creators(description, edition),
        _title(description, edition, electronic),
        _issue(description.issue, edition),
        _publication(description, edition, electronic, accessed, locator),
        description.path if electronic else "",
    ]
    return ". ".join(part for part in parts if part) + "."


def _creators(description: Description, edition: Edition) -> str:
    names = list(description.creators[:_CREATORS_NAMED])
    if len(description.creators) > _CREATORS_NAMED:
        names.append("等")
    return edition.comma.join(names)


def _title(description: Description, edition: Edition, electronic: bool) -> str:
    title = description.title or f"[{description.supplied_title}]"
    if description.number:
        title += edition.colon + description.number
    return f"{title}[{description.document_type}{'/DK' if electronic else ''}]"


def _issue(issue: Issue | None, edition: Edition) -> str:
    """年(期): 2021(1); the running number stands in only where the issue has none of its own."""
    if issue is None:
        return ""
    number = issue.number or (f"总{issue.total}" if issue.total else issue.text)
    if issue.year is None:
        return f"第{number}期" if issue.number else number
    return f"{issue.year}{edition.opening}{number}{edition.closing}"


def _publication(
    description: Description, edition: Edition, electronic: bool, accessed: date | None, locator: bool
) -> str:
    """出版地: 出版者, 日期: 引文位置[引用日期]."""
    report = description.document_type is DocumentType.REPORT
    bare = electronic and report and not edition.report_publisher
    imprint = "" if bare else _imprint(description, edition, electronic)
    text = edition.comma.join(part for part in (imprint, _date(description, electronic)) if part)
    if locator and description.heading_path:
        text += (edition.colon if text else "") + description.heading_path[-1]
    if electronic and accessed is not None and edition.access_date:
        text += f"[{accessed.isoformat()}]"
    return text


def _imprint(description: Description, edition: Edition, electronic: bool) -> str:
    place, publisher = description.place, description.creators[0] if description.creators else None
    if electronic:
        return edition.colon.join(part for part in (place, publisher) if part)
    return (place or _UNKNOWN_PLACE) + edition.colon + (publisher or _UNKNOWN_PUBLISHER)


def _date(description: Description, electronic: bool) -> str:
    if description.day is not None:
        return description.day.isoformat()
    if description.printed is not None:
        return f"{description.printed.isoformat()}印发"
    if description.issue is not None and description.issue.year is not None:
        return str(description.issue.year)
    return "" if electronic else _UNKNOWN_DATE
