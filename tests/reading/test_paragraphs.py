from __future__ import annotations

import pytest

from qa.reading.clean import clean


def paragraphs(source: str) -> list[str]:
    return [paragraph.text for paragraph in clean(source).paragraphs]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("重要文章。3月16日出版的第6期《求是》杂志", "发表了习近平总书记重要文章。"),
        ("近年来,鄂尔多斯市以科技“突围”为牵引,以国家创新型城", "市、人才友好型城市“双城”共建为目标。"),
        ("《通知》明确了项目征集的方式、原则、范围和目标、类型、", "流程，以及资金保障措施等内容。"),
        ("二级指标。近年", "来，我市在重大创新载体建设等方面取得进展。"),
        ("各项工作要按照《关于加快培育新质", "生产力的意见》落实。"),
        ("短句，", "后半句没有完。"),
        ("7月8日，边东会见鄂尔多斯市巨鼎煤机实业集团有限责任公司", "总经理付世莲等一行。"),
    ],
)
def test_a_page_break_is_healed(before: str, after: str) -> None:
    filler = "前面已经有一整句话，而且早就说完了。" if len(before) < 20 else ""
    assert paragraphs(f"{filler}{before}\n\n{after}") == [filler + before + after]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("鄂尔多斯市科学技术局", "2021 年 3 月 25 日"),
        ("【高层声音】", "《求是》杂志发表重要文章。"),
        ("## 六、创新生态持续优化", "出台实施意见，擘画发展蓝图。"),
        ("（二）适时适度调控，促进经济平稳快速发展", "我们坚持扩大内需方针，继续实施积极的财政政策。"),
        ("第一段说完了。", "第二段开始，继续说。"),
        ("落实情况如下：", "一是制定方案，二是抓好落实。"),
        ("已经完成。（鼓掌）", "在一九五五年，我们进行了改造。"),
        ("编辑：程继东", "审核：乔 栋"),
        ("国务院办公厅关于2019年部分节假日安排", "一、元旦：放假调休，共3天。"),
        ("习近平在中央政治局集体学习时强调，切实加强基础研究", "2月21日，中央政治局举行集体学习。"),
        ("前面一段没有写完就停了，这里没有句号", "**新的题目。**正文。"),
    ],
)
def test_what_stands_apart_stays_apart(before: str, after: str) -> None:
    assert len(paragraphs(f"{before}\n\n{after}")) == 2


def test_titles_over_several_lines() -> None:
    source = "国务院关于同意乌鲁木齐、昌吉、石河子\n高新技术产业开发区建设\n国家自主创新示范区的批复\n国函〔2018〕145号\n正文。"
    assert paragraphs(source)[0] == "国务院关于同意乌鲁木齐、昌吉、石河子高新技术产业开发区建设国家自主创新示范区的批复"
    assert paragraphs(source)[1] == "国函〔2018〕145号"


HARD_WRAPPED = """\
　　2020年，面对新冠肺炎疫情的严重冲击，全市上下坚持以习近平新时代
中国特色社会主义思想为指导，全面贯彻落实党的十九大精神，统筹推进疫情
防控和经济社会发展，经济运行稳定恢复。
　　一、综合
　　初步核算，全年地区生产总值3533.66亿元，按可比价计算，比上年下降
3.2%。其中，第一产业增加值135.0亿元，增长1.6%；第二产业增加值2005.2
亿元，下降4.6%；第三产业增加值1393.4亿元，下降1.7%。
　　年末常住人口215.4万人，比上年末增加3.4万人。其中，城镇人口166.8
万人，乡村人口48.6万人。
"""


def test_hard_wrapped_text() -> None:
    found = paragraphs(HARD_WRAPPED)
    assert [text[:6] for text in found] == ["2020年，", "一、综合", "初步核算，全", "年末常住人口"]
    assert "比上年下降3.2%。" in found[2]
    assert "2005.2亿元" in found[2]


def test_latin_words_keep_a_space_between_lines() -> None:
    assert paragraphs("The committee met in the city and\n\nagreed on three points, as follows.") == [
        "The committee met in the city and",
        "agreed on three points, as follows.",
    ]
    assert paragraphs("会议指出，要用好 Technology Readiness，\n\nLevel 评价方法。") == [
        "会议指出，要用好 Technology Readiness，Level 评价方法。"
    ]
