"""Cards and structure of 30 published documents (development data, not in a clone)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qa.reading import document_from_text, read_document
from qa.records import Document
from qa.text.normalise import comparable

DATES = {  # 成文日期 of all thirty, read by hand from the signatures
    "国办函〔2018〕71号": date(2018, 10, 27),
    "国令第706号": date(2018, 11, 6),
    "国办发〔2018〕108号": date(2018, 11, 19),
    "国函〔2018〕145号": date(2018, 11, 23),
    "国办发〔2004〕7号": date(2004, 1, 16),
    "国办发〔1997〕2号": date(1997, 2, 4),
    "国办发〔1997〕11号": date(1997, 4, 8),
    "国发〔2004〕18号": date(2004, 6, 26),
    "国函〔2006〕132号": date(2006, 12, 30),
    "国办函〔1996〕14号": date(1996, 2, 6),
    "国发〔1981〕88号": date(1981, 5, 23),
    "国办发明电〔2018〕15号": date(2018, 12, 4),
    "国办发〔2018〕114号": date(2018, 12, 4),
    "国办发〔2018〕121号": date(2018, 12, 11),
    "国发〔2018〕41号": date(2018, 12, 13),
    "国办函〔2004〕36号": date(2004, 4, 27),  # the page's 成文日期 says the 17th, the signature the 27th
    "国办函〔2004〕71号": date(2004, 10, 15),
    "国办函〔2005〕21号": date(2005, 3, 3),
    "国办函〔2005〕69号": date(2005, 7, 14),
    "国办函〔2006〕70号": date(2006, 9, 7),
    "国办函〔2006〕69号": date(2006, 9, 7),
    "国办发〔2018〕124号": date(2018, 12, 18),
    "国发〔2018〕42号": date(2018, 12, 21),
    "国函〔2018〕159号": date(2018, 12, 25),
    "国办发〔2018〕127号": date(2018, 12, 26),
    "国办发〔2018〕126号": date(2018, 12, 23),
    "国办发〔2019〕2号": date(2019, 1, 1),
    "国办发〔2019〕3号": date(2019, 1, 9),
    "国办发〔2019〕4号": date(2019, 1, 16),
    "国办发〔2019〕6号": date(2019, 1, 22),
}
KIND_ENDS = {
    "通知": "通知",
    "意见": "意见",
    "批复": "批复",
    "复函": "函",
    "通报": "通报",
    "条例": "条例",
    "答复": "答复",
    "的函": "函",
}


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "data/official-documents/state-council"


@pytest.fixture(scope="module")
def gold(folder: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    assert len(entries) == 30
    return entries


def test_cards_of_the_published_pages(folder: Path, gold: list[dict[str, Any]]) -> None:
    for entry in gold:
        card = read_document(folder / entry["file"], folder).card
        assert (card.title, card.number, card.issuer) == (entry["title"], entry["number"], entry["office"])
        assert card.kind == next(kind for end, kind in KIND_ENDS.items() if entry["title"].endswith(end))
        assert card.region is None
        assert card.date == DATES[entry["number"]]


def test_the_pages_as_published_say_the_same(folder: Path, gold: list[dict[str, Any]]) -> None:
    for entry in gold:
        text = (folder / entry["file"]).read_text(encoding="utf-8")
        page = folder / "html" / f"{Path(entry['file']).stem}.html"
        document = read_document(page, page.parent)
        card = document.card
        assert (card.title, card.number, card.issuer) == (entry["title"], entry["number"], entry["office"])
        assert card.date == DATES[entry["number"]]
        words = comparable(document.text)
        lines = [line.strip() for line in text.split("\n\n", 1)[1].split("\n")]
        missing = [line for line in lines if comparable(line) not in words]
        assert set(missing) <= {
            "扫一扫在手机打开当前页",
            "-->",
            "主 题 词：",
        }  # the page's own marks and an empty field


def body_only(source: str) -> str:
    """The document without the fields that the web page put before it."""
    text = source.split("\n\n", 1)[1]
    if text.startswith("索 引 号"):
        text = text[text.index("主 题 词") :].split("\n", 1)[1]
        text = text.removeprefix("体育 运动会 函\n")
    return text


def test_cards_without_the_web_fields(folder: Path, gold: list[dict[str, Any]]) -> None:
    for entry in gold:
        source = (folder / entry["file"]).read_text(encoding="utf-8")
        card = document_from_text(body_only(source), entry["file"], "").card
        number = "中华人民共和国国务院令第706号" if entry["number"] == "国令第706号" else entry["number"]
        assert (card.title, card.number, card.issuer) == (entry["title"], number, entry["office"])
        assert card.date == DATES[entry["number"]]


def titles(document: Document, level: int) -> list[str]:
    return [heading.title for heading in document.headings if heading.level == level]


def test_the_attached_plan_has_its_own_headings(folder: Path) -> None:
    path = next(folder.glob("2018-11-09*.txt"))
    document = read_document(path, folder)
    assert titles(document, 1) == ["政府网站集约化试点工作方案"]
    assert titles(document, 2) == ["一、总体要求", "二、试点范围", "三、试点任务", "四、工作进度", "五、保障措施"]
    assert "（五）强化安全保障" in titles(document, 3)
    assert titles(document, 4) == ["1.问题导向", "2.开放融合", "3.集约节约", "4.平稳有序"]


def test_chapters_and_articles(folder: Path) -> None:
    document = read_document(next(folder.glob("2018-11-19*.txt")), folder)
    assert titles(document, 2) == [
        "第一章 总则",
        "第二章 专利代理机构和专利代理师",
        "第三章 专利代理执业",
        "第四章 法律责任",
        "第五章 附则",
    ]
    articles = titles(document, 3)
    assert len(articles) == 32
    assert (articles[0], articles[-1]) == ("第一条", "第三十二条")


def test_national_reports_are_read(shared: Path) -> None:
    folder = shared / "data/official-documents/national-reports"
    dates = {path.name[:4]: read_document(path, folder).card for path in folder.glob("*.txt")}
    assert len(dates) == 27
    assert {card.kind for card in dates.values()} == {"报告"}
    assert all(card.title == f"{year}年国务院政府工作报告" for year, card in dates.items())
    assert dates["1954"].date == date(1954, 5, 23)
    assert dates["1996"].date == date(1996, 3, 5)
    assert dates["2022"].date is None  # nowhere in the text
