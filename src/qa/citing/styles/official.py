"""The forms of Chinese official writing: the short citation beside an answer, the 公文脚注, and one line of plain text.

Book-title marks follow GB/T 15834—2011, 4.15: inside 《》 stands 〈〉, inside that 《》 again.
"""

from __future__ import annotations

from datetime import date

from qa.citing.styles.description import Description


def short(description: Description) -> str:
    """《科技简报》2021年第1期（2021年3月25日）【高层声音】; a letter: 《…函》（鄂府发〔2024〕56号，2024年8月7日）【…】.

    Only what the card holds; no full stop. Without a title the file name stands in brackets.
    """
    details = "，".join(part for part in (description.number, day_in_chinese(description)) if part)
    return (
        titled(description)
        + (description.issue.label if description.issue else "")
        + (f"（{details}）" if details else "")
        + (f"【{description.heading_path[-1]}】" if description.heading_path else "")
    )


def gongwen(description: Description) -> str:
    """公文脚注: 《标题》，文号，机关，日期。 A bulletin has its issue in place of a 文号; absent fields stay out."""
    parts = (
        titled(description),
        description.issue.label if description.issue else None,
        description.number,
        description.issuer,
        day_in_chinese(description),
    )
    return "，".join(part for part in parts if part) + "。"


def plain(description: Description) -> str:
    """One sentence with everything: 鄂尔多斯市科学技术局：《科技简报》2021年第1期，2021年3月25日，“高层声音”。"""
    head = f"{description.issuer}：" if description.issuer else ""
    head += titled(description) + (description.issue.label if description.issue else "")
    head += f"（{description.number}）" if description.number else ""
    place = "".join(f"“{heading}”" for heading in description.heading_path)
    return "，".join(part for part in (head, day_in_chinese(description), place) if part) + "。"


def titled(description: Description) -> str:
    """The title in book-title marks; without one, the file name in brackets (it is not the document's title)."""
    if description.title is None:
        return f"[{description.supplied_title}]"
    return in_title_marks(description.title)


def in_title_marks(title: str) -> str:
    """《title》, the marks inside turned so that they alternate; a title that already stands in marks keeps them."""
    if title.startswith("《") and title.endswith("》") and title.count("《") == 1:
        return title
    depth = 1
    turned: list[str] = []
    for character in title:
        if character in "《〈":
            depth += 1
            turned.append("《" if depth % 2 else "〈")
        elif character in "》〉":
            turned.append("》" if depth % 2 else "〉")
            depth = max(1, depth - 1)
        else:
            turned.append(character)
    return f"《{''.join(turned)}》"


def day_in_chinese(description: Description) -> str | None:
    """2021年3月25日; the day of printing, marked 印发, where the document has no date."""
    if description.day is not None:
        return _day(description.day)
    return f"{_day(description.printed)}印发" if description.printed is not None else None


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
