"""文档信息: title, 文号, 机关, 成文日期, 印发日期, 期号, 文种 and region, each with where it was read. Blank rather
than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from qa.reading import shapes
from qa.reading.clean import Paragraph
from qa.reading.masthead import Masthead, Part
from qa.reading.structure import Structure
from qa.records import CARD_FIELDS, BlockRole, Card, Heading
from qa.text.dates import find_dates
from qa.text.places import find_places

MIN_TITLE_LETTERS = 2
"""A first line with fewer letters or characters (a number, 1一) is no title."""
_CJK_GAP = re.compile(r"(?<=[\u3400-\u9fff）》”])\s+|\s+(?=[\u3400-\u9fff（《“])")
_TITLE_ISSUER = re.compile(
    rf"(?P<issuer>[\u3400-\u9fff（）、\s]{{2,60}}?(?:{shapes.ORGANISATION_ENDS}))\s?(?:关于|印发|转发|批转|公布|发布|对[^，。]{{2,40}}的(?:答复|批复)|(?:专题|常务|办公|局务|党组)?会议纪要)"
)
_ABOUT = re.compile(r"关于|[印转]发|对.+的(?:答复|批复)")
_BAND = re.compile(r".*(?:文件|令)")
_NOT_IN_COUNTY = "[^委局厅府院司部处会办学、（）\\s]"
_REGION = re.compile(
    r"(?P<region>(?:[\u3400-\u9fff]{2,8}?(?:特别行政区|自治区|省))?(?:[\u3400-\u9fff]{2,9}?(?:自治州|地区|盟|市))?"
    rf"(?:{_NOT_IN_COUNTY}{{1,9}}?(?:自治县|自治旗|新区|县|旗|区|市))?)"
)
_PARTY_PREFIX = re.compile(r"中国共产党|中共|共青团|政协")
_NATIONAL = re.compile(r"国务院|中国(?!共产党)|中央|中共中央|全国|国家|中华人民共和国")
_NO_REGION_END = re.compile(
    r"^自治区$|(?:城市|都市|社区|园区|校区|小区|景区|矿区|军区|林区|牧区|灾区|开发区|示范区|实验区|试验区)$"
)
_HOME = re.compile(r"(?<=[\u3400-\u9fff]{2})(?P<kind>[市盟旗县])$")
_OF_A_VISIT = re.compile(
    r"考察|调研(?!报告)|学习|交流|经验|做法|对接|座谈|访|协议|合作|复函|来函"
)  # written by the guests, 我市 is theirs
_DELIVERED = re.compile(
    r"[—－-]{0,4}\s?(?P<date>[12]\d{3}\s?年[^—－，。]{2,8}?日|[—－]\s?[^—－，。]{6,14}?日)(?:和[^，。]{2,6}日)?[^，。]{0,24}?在.{4,60}(?:会议|大会)(?:上|的)"
)
_DATED_NOTE = re.compile(
    r"[（(]\s?(?P<date>[12]\d{3}\s?年[^，。、至—]{2,8}?日)\s?[，,；;]"
)  # （2024年3月21日，根据录音整理）
_AT_CONGRESS = re.compile(r"在(?P<region>[\u3400-\u9fff]{2,20}?)第[一二三四五六七八九十\d]{1,3}届人民代表大会")
_BEFORE_THE_PLACE = re.compile(r"^(?:关于)?(?:[12]\d{3}\s?年(?:度|上半年)?)?")
_REPORT_TITLE = re.compile(r"(?:[12]\d{3}年)?(?P<region>[\u3400-\u9fff]{2,20}?)(?:人民)?政府工作报告")
_KIND_NAMES = {"令": "令", "命令": "令", "工作报告": "报告", "专报": "简报", "快报": "简报"}

Found = dict[str, tuple[str | date, str]]
"""Card field → (value, where it was read)."""


def read_card(
    paragraphs: Sequence[Paragraph], structure: Structure, path: str = ""
) -> tuple[Card, tuple[tuple[str, str], ...]]:
    """The card and, for every field that is set, where it was read from (Chinese, ready to show). ``path`` is the file's, which may
    name the place that the text only calls 全市.
    """
    found: Found = {}
    masthead = structure.masthead
    _read_lines(masthead, found)
    _read_title(structure, found)
    _read_dates_and_issuer(paragraphs, structure, found)
    _read_printed(paragraphs, structure, found)
    title = found.get("title")
    kind = shapes.ends_with_kind(str(title[0])) if title else None
    if kind and title:
        found["kind"] = (_KIND_NAMES.get(kind, kind), title[1])
    issuer = found.get("issuer")
    region = region_of(str(issuer[0])) if issuer else None
    if region and issuer:
        found["region"] = (region, issuer[1])
    elif not issuer and title and (match := _REPORT_TITLE.fullmatch(str(title[0]))) and region_of(match["region"]):
        found["region"] = (match["region"], title[1])
    elif not issuer and (place := _place_of_congress(masthead)):
        found["region"] = (place, "题注")
    elif not (issuer and _NATIONAL.match(str(issuer[0]))) and (place := _place_of_file(path, paragraphs)):
        found["region"] = (place, "文件名")
    card = Card(**{name: value for name, (value, _) in found.items()})  # type: ignore[arg-type]
    return card, tuple((name, found[name][1]) for name in CARD_FIELDS if name in found)


def _place_of_congress(masthead: Masthead) -> str:
    """伊金霍洛旗 of ——2025年1月8日在伊金霍洛旗第十七届人民代表大会第四次会议上; empty where no note tells one."""
    told = next(filter(None, (_AT_CONGRESS.search(text) for _, text in masthead.fields)), None)
    return (region_of(told["region"]) or "") if told else ""


def _place_of_file(path: str, paragraphs: Sequence[Paragraph]) -> str:
    """巴彦淖尔市 of 巴彦淖尔市/领导讲话.txt or 巴彦淖尔市领导讲话.txt, where the text says 我市 or 全市 and names no home itself; else empty."""
    for name in reversed(re.split(r"[/\\]", path)):
        name = _BEFORE_THE_PLACE.sub("", name)
        first = next(iter(find_places(name)), None)
        place = name[: first.end] if first is not None and first.start == 0 else ""
        if (match := _HOME.search(place)) and not _OF_A_VISIT.search(name):
            own = re.compile(rf"[全我本]{match['kind']}")
            return place if any(own.search(each.text) for each in paragraphs) else ""
    return ""


def close_gaps(text: str) -> str:
    """``text`` without the white space that line breaks and letter spacing left beside Chinese characters."""
    return _CJK_GAP.sub("", text).strip()


def region_of(issuer: str) -> str | None:
    """The administrative region an organisation's name begins with, as 鄂尔多斯市; ``None`` for national bodies."""
    if _NATIONAL.match(issuer):
        return None
    match = _REGION.match(_PARTY_PREFIX.sub("", issuer))
    region = match["region"] if match else ""
    return region if len(region) > 1 and not _NO_REGION_END.search(region) else None


def _read_lines(masthead: Masthead, found: Found) -> None:
    """文号 and 期号, which have lines of their own."""
    for key in ("发文字号", "文号"):
        if masthead.keys.get(key):
            found.setdefault("number", (masthead.keys[key], f"版头“{key}”"))
    for band, text in pairwise(["", *(text for _, text in masthead.fields)]):
        match = shapes.DOCUMENT_NUMBER.match(text)
        if match:
            found.setdefault("number", (re.sub(r"\s", "", match["number"]), "版头发文字号"))
        elif shapes.DECREE_NUMBER.fullmatch(text) and shapes.DECREE_BAND.fullmatch(band):
            found.setdefault("number", (close_gaps(band + re.sub(r"\s", "", text)), "版头令号"))
    issue = [re.sub(r"\s", "", text) for text in masthead.all(Part.ISSUE)]
    if issue:
        whole = issue[0] + issue[1] if len(issue) > 1 and "总" in issue[1] and "总" not in issue[0] else issue[0]
        found["issue"] = (whole, "版头期号")


def _read_title(structure: Structure, found: Found) -> None:
    masthead = structure.masthead
    names = [close_gaps(text) for text in masthead.all(Part.NAME)]
    own = [name for name in names if not _BAND.fullmatch(name) and shapes.ends_with_kind(name)]
    about = [name for name in own if _ABOUT.search(name)]
    if about:
        found["title"] = (about[0], "版头标题")
    elif masthead.keys.get("标题"):
        found["title"] = (close_gaps(masthead.keys["标题"]), "版头“标题”")
    elif masthead.all(Part.DECREE) and (attached := _attached_title(structure.headings)):
        found["title"] = (close_gaps(attached), "令后所附标题")
    elif own:
        found["title"] = (own[0], "版头名称" if masthead.all(Part.ISSUE) else "版头标题")
    else:
        titles = [name for name in names if not _BAND.fullmatch(name) and not shapes.ORGANISATION.fullmatch(name)]
        titles = [
            name for name in titles if sum(map(str.isalpha, name)) >= MIN_TITLE_LETTERS
        ]  # not J320585-2021-000213
        if titles:
            found["title"] = (titles[0], "首行")


def _attached_title(headings: Sequence[Heading]) -> str | None:
    return next((heading.title for heading in headings if shapes.ends_with_kind(heading.title)), None)


def _read_dates_and_issuer(paragraphs: Sequence[Paragraph], structure: Structure, found: Found) -> None:
    masthead = structure.masthead
    for key in ("发文机关", "发文机构", "制发机关", "发布机关"):
        if masthead.keys.get(key):
            found.setdefault("issuer", (close_gaps(masthead.keys[key]), f"版头“{key}”"))
    title = str(found["title"][0]) if "title" in found else ""
    if match := _TITLE_ISSUER.match(title):
        found.setdefault("issuer", (match["issuer"], "标题"))
    for text in masthead.all(Part.DECREE):
        if band := shapes.DECREE_BAND.fullmatch(text):
            found.setdefault("issuer", (band["issuer"], "版头"))
    for text in masthead.all(Part.NAME):
        name = close_gaps(text).removesuffix("主办").removesuffix("编印").removesuffix("编")
        dated = masthead.all(Part.ISSUE) or masthead.all(Part.DATE)
        if dated and name != title and shapes.ORGANISATION.fullmatch(name):
            found.setdefault("issuer", (name, "版头机关"))
    _read_signature(paragraphs, structure, found)
    for text in masthead.all(Part.DATE):
        _set_date(found, "date", text, "版头日期")
    for _, text in masthead.fields:
        if delivered := _DELIVERED.search(text) or _DATED_NOTE.match(text):
            _set_date(found, "date", delivered["date"], "题注")
    for key in ("成文日期", "发文日期"):
        _set_date(found, "date", masthead.keys.get(key, ""), f"版头“{key}”")


def _read_signature(paragraphs: Sequence[Paragraph], structure: Structure, found: Found) -> None:
    """The document's own signature is the first one, unless it names another body than the title does."""
    if not structure.signatures:
        return
    signature = structure.signatures[0]
    office = close_gaps(signature.office)
    known = str(found["issuer"][0]) if "issuer" in found else None
    is_person = shapes.ORGANISATION.fullmatch(office) is None
    if known is None and not is_person:
        found["issuer"] = (office, "落款")
    several = signature.office.split()  # 联合行文: apart in the signature, run together in the title
    if len(several) > 1 and "".join(several) == known and all(map(shapes.ORGANISATION.fullmatch, several)):
        found["issuer"] = ("、".join(several), found["issuer"][1])
    if known is None or is_person or known in office or office in known or len(structure.signatures) == 1:
        _set_date(found, "date", paragraphs[signature.date_index].text, "落款日期")


def _read_printed(paragraphs: Sequence[Paragraph], structure: Structure, found: Found) -> None:
    for paragraph, block in zip(paragraphs, structure.blocks, strict=True):
        match = shapes.PRINTED_LINE.fullmatch(paragraph.text) if block.role is BlockRole.IMPRINT else None
        if match:
            _set_date(found, "printed", match["date"], "版记印发日期")
    _set_date(found, "printed", structure.masthead.keys.get("印发日期", ""), "版头“印发日期”")
    if "printed" in found:  # 会议纪要 is dated nowhere else
        found.setdefault("date", found["printed"])


def _set_date(found: Found, field: str, text: str, source: str) -> None:
    mentions = [mention for mention in find_dates(text) if mention.period.first == mention.period.last]
    if mentions:
        found.setdefault(field, (mentions[0].period.first, source))
