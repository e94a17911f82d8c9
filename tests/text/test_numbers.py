from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.numbers import NumberMention, find_numbers


def only(text: str) -> NumberMention:
    (mention,) = find_numbers(text)
    return mention


@pytest.mark.parametrize(
    ("text", "span", "value", "unit", "base_unit"),
    [
        ("引进新品种556个；", "556个", "556", "个", "个"),
        ("实现经济效益1.7亿元。", "1.7亿元", "170000000", "亿元", "元"),
        ("研发投入共计 18.5 亿元，", "18.5 亿元", "1850000000", "亿元", "元"),
        ("选派535人（", "535人", "535", "人", "人"),
        ("1,200家", "1,200家", "1200", "家", "家"),
        ("3，000人", "3，000人", "3000", "人", "人"),
        ("３２１２亿元", "３２１２亿元", "321200000000", "亿元", "元"),
        ("增长１２．５％", "１２．５％", "12.5", "%", "%"),
        ("占33.8%，", "33.8%", "33.8", "%", "%"),
        ("百分之三十", "百分之三十", "30", "%", "%"),
        ("8.5‰", "8.5‰", "8.5", "‰", "‰"),
        ("提高12.5个百分点", "12.5个百分点", "12.5", "个百分点", "个百分点"),
        ("三分之二", "三分之二", "0.6666666666666666666666666667", None, None),
        ("3亿5000万元", "3亿5000万元", "350000000", "元", "元"),
        ("300万千瓦", "300万千瓦", "3000000", "万千瓦", "千瓦"),
        ("5千瓦", "5千瓦", "5", "千瓦", "千瓦"),
        ("500米", "500米", "500", "米", "米"),
        ("12km", "12km", "12", "km", "km"),
        ("41.565公顷", "41.565公顷", "41.565", "公顷", "公顷"),
        ("五个一级指标", "五个", "5", "个", "个"),
        ("围绕三大领域", "三大", "3", "大", "大"),
        ("一百二十家企业", "一百二十家", "120", "家", "家"),
        ("“科技新政 30 条”", "30 条", "30", "条", "条"),
        ("跻身 100 强", "100 强", "100", "强", "强"),
        ("历时7年", "7年", "7", "年", "年"),
        ("3年半", "3年半", "3.5", "年", "年"),
        ("两个半月", "两个半", "2.5", "个月", "个月"),
        ("半年", "半年", "0.5", "年", "年"),
        ("补助1000万，", "1000万", "10000000", "万", None),
        ("前20名", "20名", "20", "名", "名"),
        ("130余人参加", "130余人", "130", "人", "人"),
        ("0.5元/千瓦时", "0.5元", "0.5", "元", "元"),
        ("四起特大事故", "四起", "4", "起", "起"),
    ],
)
def test_quantities(text: str, span: str, value: str, unit: str | None, base_unit: str | None) -> None:
    mention = only(text)
    if span != "两个半":  # its unit stands around 半
        assert text[mention.number_start : mention.unit_end] == span
    assert (mention.value, mention.unit, mention.base_unit) == (Decimal(value), unit, base_unit)
    assert not mention.ordinal
    assert not mention.phone


@pytest.mark.parametrize(
    ("text", "qualifier", "span"),
    [
        ("近3万户", "近", "近3万户"),
        ("最高补助不超过1000万", "不超过", "不超过1000万"),
        ("最高不超过500万元", "最高不超过", "最高不超过500万元"),
        ("超9亿元", "超", "超9亿元"),
        ("逾600人", "逾", "逾600人"),
        ("不到11%", "不到", "不到11%"),
        ("达到48.9%", "达到", "达到48.9%"),
        ("100项以上国家标准", "以上", "100项以上"),
        ("8%左右", "左右", "8%左右"),
        ("340余个", "余", "340余个"),
        ("600 余个", "余", "600 余个"),
        ("20多年", "多", "20多年"),
        ("20多万人", "多", "20多万人"),
        ("百余次", "余", "百余次"),
        ("近3000多户", "近多", "近3000多户"),
        ("不少于5人", "不少于", "不少于5人"),
        ("签约32个", "", "32个"),
        ("附近5家", "", "5家"),
    ],
)
def test_qualifiers(text: str, qualifier: str, span: str) -> None:
    mention = only(text)
    assert (mention.qualifier, text[mention.start : mention.end]) == (qualifier, span)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("资助2万到5万元", "20000", "50000", "万元"),
        ("2到5万元", "20000", "50000", "万元"),
        ("3%—5%", "3", "5", "%"),
        ("10-20个", "10", "20", "个"),
        ("5万至10万元", "50000", "100000", "万元"),
    ],
)
def test_ranges(text: str, low: str, high: str, unit: str) -> None:
    mention = only(text)
    assert (mention.value, mention.upper, mention.unit) == (Decimal(low), Decimal(high), unit)
    assert text[mention.number_start : mention.unit_end] in text


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("位列第33位", "第33位", 33),
        ("第 0355 号提案", "第 0355 号", 355),
        ("第三次集体学习", "第三次", 3),
        ("科技新政2.0版", "2.0版", 2),
        ("总 29 期", "总 29 期", 29),
        ("第一", "第一", 1),
        ("十四届全国人大", "十四届", 14),
        ("四次会议", "四次", 4),
    ],
)
def test_ordinals(text: str, span: str, value: int) -> None:
    mention = only(text)
    assert mention.ordinal
    assert (text[mention.start : mention.end], mention.value) == (span, Decimal(value))


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("电话：8589860", "8589860"),
        ("联系电话 0477-8586566", "0477-8586566"),
        ("手机13800138000。", "13800138000"),
        ("客服 400-810-8888", "400-810-8888"),
        ("(0477)8586566", "(0477)8586566"),
    ],
)
def test_telephone_numbers(text: str, span: str) -> None:
    mention = only(text)
    assert mention.phone
    assert mention.unit is None
    assert text[mention.start : mention.end] == span


def test_seven_digits_with_a_unit_are_no_telephone_number() -> None:
    assert not only("1234567元").phone


@pytest.mark.parametrize(
    "text",
    [
        "一体化", "三农", "统一部署", "万一", "一些", "一起", "进一步", "唯一", "同一个", "另一个", "每一项", "十分重视", "千方百计",
        "2021年", "2021年3月25日", "3月22日", "2018—2035年", "２１日和２２日", "90年代", "“十四五”时期", "二〇二一年", "上半年",
        "国发〔2018〕42号", "鄂建提复字[2025]185号", "一、总体要求", "（一）指导思想", "1. 总则", "一、二类旗县",
        "CO2", "5G", "4+8+N", "“1+1”", "R&D", "GB/T 9704-2012", "长三角", "三门峡", "九三学社", "五联五强", "十九大", "数百家",
        "单位：万元", "二是", "",
    ],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    assert find_numbers(text) == []


def test_a_whole_sentence_of_the_corpus() -> None:
    text = "从2021年初77家增长至279家，国家高新技术企业、科技型中小企业由132家、111家，增长到330家、701家"
    assert [text[m.start : m.end] for m in find_numbers(text)] == ["77家", "279家", "132家", "111家", "330家", "701家"]


@given(
    st.text(alphabet="近约第0123.，,万亿千百十一二三两半个家元%％年月日号〔〕至—- +/余多第以上电话：aG\n", max_size=60)
)
def test_offsets_hold_together(text: str) -> None:
    mentions = find_numbers(text)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    for mention in mentions:
        assert 0 <= mention.start <= mention.number_start < mention.number_end <= mention.unit_end <= mention.end
        assert mention.end <= len(text)
        assert mention.upper is None or mention.upper > mention.value


@given(st.integers(min_value=1, max_value=10**9), st.sampled_from(["个", "家", "万元", "亿元", "%", "人次", "公里"]))
def test_value_and_unit_are_read_back(number: int, unit: str) -> None:
    scale = {"万元": 10**4, "亿元": 10**8}.get(unit, 1)
    mention = only(f"共{number}{unit}。")
    assert (mention.value, mention.unit) == (Decimal(number * scale), unit)
