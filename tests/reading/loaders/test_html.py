from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.errors import DocumentError
from qa.ports import Loaded
from qa.reading import document_from
from qa.reading.loaders.html import HtmlLoader

PROSE = "根据《中华人民共和国个人所得税法》规定，制定本办法，请各地区各部门认真贯彻执行。"


def load(source: str | bytes) -> Loaded:
    return HtmlLoader().load(source.encode() if isinstance(source, str) else source, "页面.html")


def texts(source: str) -> list[str]:
    return [line.text for line in load(source).lines or ()]


def test_paragraphs_entities_and_breaks() -> None:
    source = "<html><body><p>甲&nbsp;乙&mdash;丙&#8203;&amp;丁<br>第二行</p><div>一<b>二</b>三</div>尾</body></html>"
    assert texts(source) == ["甲\u00a0乙—丙\u200b&丁", "第二行", "一二三", "尾"]


def test_headings_and_bold_are_known() -> None:
    source = (
        '<body><h2>总体要求</h2><p><span style="font-weight: bold">（一）加强领导。</span>各部门要落实。</p></body>'
    )
    first, second = load(source).lines or ()
    assert (first.text, first.heading) == ("总体要求", 2)
    assert (second.text, second.bold) == ("（一）加强领导。各部门要落实。", ((0, 8),))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "utf-16", "big5"])
@pytest.mark.parametrize("declared", [True, False])
def test_encodings(encoding: str, declared: bool) -> None:
    text = "國務院關於印發管理辦法的通知，請認真貫徹執行。" if encoding == "big5" else PROSE
    meta = f'<meta charset="{encoding}">' if declared else ""
    (line,) = load(f"<html><head>{meta}</head><body><p>{text * 3}</p></body></html>".encode(encoding)).lines or ()
    assert line.text == text * 3


def test_a_wrong_declaration_is_not_believed() -> None:
    source = f'<html><head><meta charset="utf-8"></head><body><p>{PROSE * 2}</p></body></html>'
    assert PROSE in load(source.encode("gb18030")).text
    assert PROSE in load(source.replace("utf-8", "nonsense-8").encode("gb18030")).text
    old = source.replace("utf-8", "gb2312").replace("个人", "镕基")  # 镕 is outside GB 2312
    assert "镕基" in load(old.encode("gbk")).text


def test_what_is_no_document_is_left_out() -> None:
    links = "".join(f'<li><a href="/{n}">栏目{n}的链接</a></li>' for n in range(8))
    source = f"""<html><head><title>站名</title><style>p{{}}</style></head><body>
      <header>某市人民政府门户网站</header><nav>首页 政务公开</nav><ul>{links}</ul>
      <div class="breadcrumb">当前位置：首页</div><script>var a = "<p>不是正文</p>";</script>
      <div id="content"><p>{PROSE * 4}</p><p style="display:none">隐藏</p><p>附件：<a href="a.docx">申报表</a></p></div>
      <div class="share-bar">分享到微信</div><p>扫一扫在手机打开当前页</p><footer>版权所有</footer></body></html>"""
    assert texts(source) == [PROSE * 4, "附件：申报表"]


def test_a_table_keeps_its_header_in_every_row() -> None:
    source = """<table><thead><tr><th rowspan=2>旗区</th><th colspan=2>企业</th></tr><tr><th>总数</th><th>高新</th></tr></thead>
      <tbody><tr><td rowspan=2>准旗</td><td>120</td><td>30</td></tr><tr><td>130</td><td>35</td></tr></tbody></table>"""
    assert texts(source) == ["旗区：准旗；企业 总数：120；企业 高新：30", "旗区：准旗；企业 总数：130；企业 高新：35"]


def test_the_fields_of_a_page_become_the_card() -> None:
    source = f"""<table><tr><td><table><tr><td><b>索 引 号：</b></td><td>000/2018</td><td><b>主题分类：</b></td><td>税务</td></tr>
      <tr><td>发文机关：</td><td>国务院</td><td>成文日期：</td><td>2018年12月13日</td></tr>
      <tr><td>标　　题：</td><td colspan=3>国务院关于印发管理办法的通知</td></tr>
      <tr><td>发文字号：</td><td>国发〔2018〕41号</td><td>主 题 词：</td><td></td></tr></table></td></tr></table>
      <p>国务院关于印发管理办法的通知</p><p>各省人民政府：</p><p>{PROSE}</p>"""
    card = document_from(load(source), "a.html", "").card
    assert (card.number, card.issuer, str(card.date)) == ("国发〔2018〕41号", "国务院", "2018-12-13")
    assert card.title == "国务院关于印发管理办法的通知"
    alone = "<table><tr><td>主 题 词：</td><td></td></tr></table><p>关于印发办法的通知</p>"
    assert texts(alone) == ["关于印发办法的通知"]


@pytest.mark.parametrize(
    "source",
    [
        b"\x89PNG\r\n" + bytes(range(256)) * 9,
        b"<html><body><script>x</script></body></html>",
        b"<p></p>",
        b"\x00\x00",
        b"<div>" * 3000 + b"x",
    ],
)
def test_what_is_no_page_is_named(source: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        load(source)
    assert caught.value.message.startswith("页面.html")
    assert caught.value.hint


def test_deep_nesting_keeps_its_words() -> None:
    """As tags that were never closed make it."""
    assert load("<body><p>首</p>" + "<font>" * 1500 + "底</body>").text.replace("\n", "") == "首底"


TOKENS = st.sampled_from(
    ["<table>", "</table>", "<tr>", "<td colspan=999999>", "<td rowspan=-1>", "</td>", "<p>", "<br>", "<h1>", "甲", "：", "</p>",
     "<th>", "&nbsp;", "&#x110000;", "<![CDATA[", "<!--", "<body>", "<main>", "<a href=x>", "<ul class=nav>", "\x00", "﻿", "<pre>a\nb"]
)  # fmt: skip


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TOKENS, max_size=60))
def test_any_markup_is_read_or_refused(tokens: list[str]) -> None:
    try:
        loaded = load("".join(tokens))
    except DocumentError:
        return
    document_from(loaded, "a.html", "")
