from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading.clean import CleanText, clean
from qa.reading.markup import clean_lines


def words(source: str) -> list[str]:
    return [line.text for line in clean_lines(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("## 一、总体要求", "一、总体要求"),
        ("### **三、企业创新主体日益壮大**", "三、企业创新主体日益壮大"),
        ("**报：**鄂尔多斯市委", "报：鄂尔多斯市委"),
        ("CO<sub>2</sub>(二氧化碳)", "CO2(二氧化碳)"),
        (r"费托合成  $\alpha$ -烯烃", "费托合成α-烯烃"),
        (r"每 $m^{3}$ 减排 $CO_2$", "每m3减排CO2"),
        (r"约 $24.82$ 亿元", "约24.82亿元"),
        (r"降低 $33\%$ 以上", "降低33%以上"),
        (r"$5 \times 10^{3}$", "5×103"),
        (r"\*注\# 1\.", "*注# 1."),
        ("R&amp;D&nbsp;投入", "R&D\u00a0投入"),
        ("R&D 投入", "R&D 投入"),
        ("[政策原文](https://example.org/a)见附件", "政策原文见附件"),
        ("鄂建提复字[2025]185号", "鄂建提复字[2025]185号"),
        ("![](images/1.jpg)图", "图"),
        ("第一行<br>第二行", "第一行 第二行"),
        ("a < b 且 c > d", "a < b 且 c > d"),
        ("费用$100和$200", "费用$100和$200"),
        ("卫生、体育\\体育", "卫生、体育\\体育"),
        ("科 技 简 报", "科技简报"),
        ("鄂 尔 多 斯 科 技 简 报", "鄂尔多斯科技简报"),
        ("国　务　院　工　作　规　则", "国务院工作规则"),
        ("第一章 总 则", "第一章 总则"),
        ("2006年政 府 工 作 报 告", "2006年政府工作报告"),
        ("审核：乔 栋", "审核：乔栋"),
        ("第 7 期", "第 7 期"),
        ("我市 29 家企业跻身全区研发投入 100 强", "我市 29 家企业跻身全区研发投入 100 强"),
        ("市政协 五届四次会议第 0355 号提案", "市政协 五届四次会议第 0355 号提案"),
        ("  前后空白\u3000", "前后空白"),
        ("零\u200b宽", "零宽"),
        ("- 列表项", "列表项"),
        ("> 引文", "引文"),
    ],
)
def test_words_without_marks(source: str, expected: str) -> None:
    assert words(source) == [expected]


@pytest.mark.parametrize(
    "source", ["---", "***", "———", "- 3 -", "— 12 —", "第 1 页 共 3 页", "|---|:--:|", "```", " ", ""]
)
def test_lines_that_are_only_layout(source: str) -> None:
    assert words(f"甲\n{source}\n乙") == ["甲", "乙"]


def test_what_a_line_remembers() -> None:
    lines = list(clean_lines("## 标题\n\n**题目。**正文\n---\n　　缩进\n| 甲 | 乙 |"))
    assert [line.heading for line in lines] == [2, 0, 0, 0]
    assert lines[1].bold == ((0, 3),)
    assert (lines[1].blank_before, lines[2].rule_before, lines[2].indented) == (True, True, True)
    assert lines[3].table


def check_map(source: str, cleaned: CleanText) -> None:
    covered = 0
    for segment in cleaned.source_map:
        assert segment.length > 0
        assert segment.start >= covered
        end = segment.start + segment.length
        assert cleaned.text[segment.start : end] == source[segment.source_start : segment.source_start + segment.length]
        covered = end
    assert covered <= len(cleaned.text)


@given(
    st.text(
        alphabet=st.sampled_from(
            "甲乙，。：1 \n#*$\\&;<>/subr[]()!-|\u3000科技简报年月日第期编辑《》“”（）_^{}al\t\u200b"
        ),
        max_size=200,
    )
)
def test_every_kept_stretch_leads_back_to_the_source(source: str) -> None:
    cleaned = clean(source)
    check_map(source, cleaned)
    for paragraph in cleaned.paragraphs:
        assert cleaned.text[paragraph.start : paragraph.end] == paragraph.text
        assert paragraph.text == paragraph.text.strip()
        assert paragraph.text
        assert "\n" not in paragraph.text
    for bold in (span for paragraph in cleaned.paragraphs for span in paragraph.line.bold):
        assert bold[0] < bold[1]


@given(st.text(alphabet="甲乙丙丁，。、年月日第期1", max_size=80))
def test_plain_words_are_never_changed(source: str) -> None:
    assert "".join(clean(source).text.split("\n")) == source
