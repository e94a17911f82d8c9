"""Every style against strings written by hand."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qa.citing.styles import DEFAULT_STYLE, STYLES, format_citation
from qa.errors import UsageError
from qa.records import Card, Citation, Span

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "style_cases.toml").read_text("utf-8"))["case"]
MORE_CASES: dict[str, dict[str, str]] = {
    case["name"]: case
    for case in tomllib.loads((Path(__file__).parent / "more_style_cases.toml").read_text("utf-8"))["case"]
}
MORE_STYLES = ("gbt7714-2025-footnote", "gbt7714-2015-footnote", "markdown", "html", "bibtex", "ris", "csl-json")
MAIN_STYLES = ("gbt7714-2025", "gbt7714-2015", "gongwen", "plain", "short")
CONSULTED = date(2026, 11, 21)

BULLETIN = Citation(
    span=Span("科技简报-2021年第1期", 570, 579),
    quote="引进新品种556个",
    card=Card(
        title="科技简报",
        issuer="鄂尔多斯市科学技术局",
        date=date(2021, 3, 25),
        issue="第1期",
        kind="简报",
        region="鄂尔多斯市",
    ),
    path="科技简报-2021年第1期.txt",
    heading_path=("高层声音",),
)
REPORT = replace(
    BULLETIN,
    card=Card(title="工作报告", issuer="市政府", date=date(2025, 1, 2), kind="报告", region="鄂尔多斯市"),
    path="报告.txt",
    heading_path=(),
)


def citation_of(case: dict[str, Any]) -> Citation:
    return Citation(Span("d", 0, 2), "词句", Card(**case["card"]), case["path"], tuple(case["headings"]))


@pytest.mark.parametrize("style", MAIN_STYLES)
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_expected(case: dict[str, Any], style: str) -> None:
    assert format_citation(citation_of(case), style) == case[style]


@pytest.mark.parametrize("style", MORE_STYLES)
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_expected_for_programs_and_links(case: dict[str, Any], style: str) -> None:
    expected = MORE_CASES[case["name"]][style]
    if style == "ris":
        expected = expected.replace("\n", "\r\n")
    if style == "csl-json":
        expected = json.dumps([json.loads(expected)], ensure_ascii=False, indent=2)
    assert format_citation(citation_of(case), style) == expected


def test_at_least_forty_expected_strings_a_style() -> None:
    assert {*MAIN_STYLES, *MORE_STYLES} == set(STYLES)
    for styles, cases in ((MAIN_STYLES, CASES), (MORE_STYLES, list(MORE_CASES.values()))):
        for style in styles:
            assert sum(style in case for case in cases) >= 40


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_nothing_that_python_would_write(case: dict[str, Any], style: str) -> None:
    for today in (None, CONSULTED):
        text = format_citation(citation_of(case), style, today=today)
        assert text.strip()
        assert not any(word in text for word in ("None", "datetime", "Issue("))


def test_default_style_is_the_standard_in_force() -> None:
    assert DEFAULT_STYLE == next(iter(STYLES)) == "gbt7714-2025"
    assert format_citation(BULLETIN) == format_citation(BULLETIN, "gbt7714-2025")


def test_every_style_has_a_chinese_name() -> None:
    assert all(name and style == style.lower() for style, name in STYLES.items())


def test_unknown_style_names_those_allowed() -> None:
    with pytest.raises(UsageError) as caught:
        format_citation(BULLETIN, "apa")
    assert "apa" in caught.value.message
    assert all(style in caught.value.hint for style in STYLES)


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (
            "gbt7714-2025-footnote",
            "鄂尔多斯市科学技术局. 科技简报[Z]. 2021（1）. 鄂尔多斯：鄂尔多斯市科学技术局，2021-03-25：高层声音.",
        ),
        (
            "gbt7714-2015-footnote",
            "鄂尔多斯市科学技术局. 科技简报[Z]. 2021(1). 鄂尔多斯: 鄂尔多斯市科学技术局, 2021-03-25: 高层声音.",
        ),
    ],
)
def test_footnotes_carry_the_cited_place(style: str, expected: str) -> None:
    assert format_citation(BULLETIN, style) == expected


def test_footnote_without_heading_is_the_entry() -> None:
    bare = replace(BULLETIN, heading_path=())
    for edition in ("gbt7714-2025", "gbt7714-2015"):
        assert format_citation(bare, f"{edition}-footnote") == format_citation(bare, edition)


@pytest.mark.parametrize(
    ("citation", "style", "expected"),
    [
        (
            BULLETIN,
            "gbt7714-2025",
            "鄂尔多斯市科学技术局. 科技简报[Z/DK]. 2021（1）. 鄂尔多斯：鄂尔多斯市科学技术局，2021-03-25. "
            "科技简报-2021年第1期.txt.",
        ),
        (
            BULLETIN,
            "gbt7714-2015",
            "鄂尔多斯市科学技术局. 科技简报[Z/DK]. 2021(1). 鄂尔多斯: 鄂尔多斯市科学技术局, 2021-03-25[2026-11-21]. "
            "科技简报-2021年第1期.txt.",
        ),
        (
            BULLETIN,
            "gbt7714-2015-footnote",
            "鄂尔多斯市科学技术局. 科技简报[Z/DK]. 2021(1). 鄂尔多斯: 鄂尔多斯市科学技术局, 2021-03-25: "
            "高层声音[2026-11-21]. 科技简报-2021年第1期.txt.",
        ),
        (REPORT, "gbt7714-2025", "市政府. 工作报告[R/DK]. 2025-01-02. 报告.txt."),
        (REPORT, "gbt7714-2015", "市政府. 工作报告[R/DK]. 鄂尔多斯: 市政府, 2025-01-02[2026-11-21]. 报告.txt."),
        (
            replace(BULLETIN, card=Card()),
            "gbt7714-2015",
            "[科技简报-2021年第1期][Z/DK]. [2026-11-21]. 科技简报-2021年第1期.txt.",
        ),
    ],
)
def test_file_consulted_on_a_day(citation: Citation, style: str, expected: str) -> None:
    assert format_citation(citation, style, today=CONSULTED) == expected


def test_markdown_links_to_the_words_and_escapes() -> None:
    cited = replace(BULLETIN, card=replace(BULLETIN.card, title="A*B_[1]`<"), span=Span("甲/乙 1", 5, 9))
    text = format_citation(cited, "markdown")
    assert text.startswith("[《A\\*B\\_\\[1\\]\\`\\<》2021年第1期（2021年3月25日）【高层声音】](/documents/")
    assert "%E7%94%B2%2F%E4%B9%99%201?start=5&end=9&q=" in text
    assert text.endswith("#p=5-9)")
    assert " " not in text.partition("](")[2]


def test_html_is_escaped() -> None:
    cited = replace(BULLETIN, card=Card(title='<script>"&', date=date(2021, 1, 1)), heading_path=("<b>",))
    text = format_citation(cited, "html")
    assert "<script>" not in text
    assert "<b>" not in text
    assert "《&lt;script&gt;&quot;&amp;》（2021年1月1日）【&lt;b&gt;】</a></cite>" in text
    assert "&amp;end=579" in text


def test_bibtex() -> None:
    text = format_citation(BULLETIN, "bibtex", today=CONSULTED)
    key = text.partition("{")[2].partition(",")[0]
    assert key.isascii()
    assert text == (
        f"@misc{{{key},\n  author = {{{{鄂尔多斯市科学技术局}}}},\n  title = {{{{科技简报}}}},\n"
        "  howpublished = {鄂尔多斯市科学技术局},\n  number = {2021年第1期},\n  address = {鄂尔多斯},\n"
        "  year = {2021},\n  date = {2021-03-25},\n  file = {科技简报-2021年第1期.txt},\n"
        "  urldate = {2026-11-21},\n  langid = {chinese},\n}"
    )


def test_bibtex_escapes_and_stays_balanced() -> None:
    cited = replace(BULLETIN, card=Card(title="R&D {投入} 50% _x_ \\ #1 $", issuer="甲~乙^局"), path="a_b.txt")
    text = format_citation(cited, "bibtex")
    assert r"R\&D \{投入\} 50\% \_x\_ \textbackslash{} \#1 \$" in text
    assert r"甲\textasciitilde{}乙\textasciicircum{}局" in text
    unescaped = text.replace(r"\{", "").replace(r"\}", "")
    assert unescaped.count("{") == unescaped.count("}")


def test_ris() -> None:
    text = format_citation(BULLETIN, "ris", today=CONSULTED)
    assert text.startswith(
        "TY  - NEWS\r\nAU  - 鄂尔多斯市科学技术局\r\nTI  - 科技简报\r\nPY  - 2021\r\nDA  - 2021/03/25/\r\nIS  - 1\r\n"
    )
    assert "Y2  - 2026/11/21/\r\n" in text
    assert text.endswith("ER  - \r\n")
    assert format_citation(REPORT, "ris").startswith("TY  - RPRT\r\n")


def test_ris_value_cannot_open_a_tag() -> None:
    cited = replace(BULLETIN, card=Card(title="甲\r\nER  - 乙"))
    assert format_citation(cited, "ris").count("\r\nER  - ") == 1


def test_csl_json() -> None:
    (item,) = json.loads(format_citation(BULLETIN, "csl-json", today=CONSULTED))
    assert item["type"] == "periodical"
    assert item["author"] == [{"literal": "鄂尔多斯市科学技术局"}]
    assert item["issued"] == {"date-parts": [[2021, 3, 25]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 21]]}
    assert item["issue"] == "1"
    (bare,) = json.loads(format_citation(replace(BULLETIN, card=Card()), "csl-json"))
    assert set(bare) == {"id", "type", "title", "language", "section", "source"}


def test_equal_citations_give_equal_bytes() -> None:
    for style in STYLES:
        assert format_citation(BULLETIN, style) == format_citation(replace(BULLETIN), style)
