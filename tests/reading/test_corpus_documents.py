"""The five documents of the first corpus, read exactly."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest

from qa.reading import passages_of, read_document
from qa.records import BlockRole, Card, Document, DocumentStatus, Passage
from qa.text.normalise import comparable

LETTER = "提案答复函-鄂建提复字2025年185号"
BRIEF_1 = "科技简报-2021年第1期"
BRIEF_3 = "科技简报-2023年第3期-总29期"
BRIEF_7 = "鄂尔多斯科技简报-2021年第7期"
BRIEF_8 = "鄂尔多斯科技简报-2021年第8期"
BUREAU = "鄂尔多斯市科学技术局"

CARDS = {
    LETTER: Card(
        title="鄂尔多斯市人民政府关于市政协五届四次会议第0355号提案的答复函",
        number="鄂建提复字[2025]185号",
        issuer="鄂尔多斯市人民政府",
        date=date(2025, 8, 7),
        printed=date(2025, 8, 8),
        kind="函",
        region="鄂尔多斯市",
    ),
    BRIEF_1: Card("科技简报", None, BUREAU, date(2021, 3, 25), None, "第1期", "简报", "鄂尔多斯市"),
    BRIEF_3: Card("科技简报", None, BUREAU, date(2023, 3, 9), None, "2023年第3期（总29期）", "简报", "鄂尔多斯市"),
    BRIEF_7: Card("鄂尔多斯科技简报", None, BUREAU, date(2021, 6, 30), None, "第7期", "简报", "鄂尔多斯市"),
    BRIEF_8: Card("鄂尔多斯科技简报", None, BUREAU, date(2021, 7, 15), None, "第8期", "简报", "鄂尔多斯市"),
}

HEADINGS = {
    LETTER: [
        "一、科技创新指数大幅攀升",
        "二、重大创新平台快速发展",
        "三、企业创新主体日益壮大",
        "四、科技创新人才纷至沓来",
        "五、科技成果实现多点突破",
        "六、创新生态持续优化",
    ],
    BRIEF_1: ["高层声音", "科技政策", "科技兴蒙", "科技专项", "科技合作", "他山之石", "部门动态"],
    BRIEF_3: ["高层声音", "地方部署", "科技兴蒙", "科技成果", "他山之石", "部门动态"],
    BRIEF_7: ["高层声音", "科技政策", "科技兴蒙", "他山之石", "部门动态"],
    BRIEF_8: ["高层声音", "科技政策", "科技兴蒙", "他山之石", "部门动态"],
}

LEADS = {
    BRIEF_1: [
        "《求是》杂志发表习近平总书记重要文章《努力成为世界主要科学中心和创新高地》",
        "习近平总书记对科技特派员制度作出新指示",
        "科技部将推进“十四五”东西部科技创新合作行动",
        "自治区科技厅调度推进科技兴蒙合作项目",
        "内蒙古自治区科技厅推行“揭榜挂帅”新举措",
        "我市发布 2021 年度第一批科技计划项目申报指南",
        "中为能源内蒙古 ISC 技术示范项目投产存在制度性障碍",
        "一批项目签约落地准旗",
        "巧借退休人员解决企业技术难题",
    ],
    BRIEF_3: [
        "习近平在全国“两会”上为高质量发展指明方向",
        "习近平在中央政治局集体学习时强调：切实加强基础研究、夯实科技自立自强根基",
        "李理率队赴长三角、大湾区洽谈科技合作事宜",
        "杜汇良代表发出鄂尔多斯“暖城”之邀",
        "杜汇良在杭州考察之江实验室",
        "全市科技工作会议部署科技重点工作",
        "我市走进清北高校“招才引智”",
        "我市创新创业指标获评全区营商环境优秀",
        "我市成功获批 2 家自治区重点实验室",
        "市政府与清华大学签署技术创新战略合作协议",
        "内蒙古“六轮驱动”促进工业经济高质量发展",
        "电石法聚氯乙烯无汞化生产技术实现重大突破",
        "青海省出台科技人才分类评价实施方案",
    ],
    BRIEF_7: [
        "自治区研究部署产业链现代化工作",
        "新版国家高新区综合评价指标体系出炉",
        "留学人员创新创业最高可获10万元资助",
        "我市召开科技创新工作推进会",
        "科技厅党组书记到我市专题调研“科技兴蒙”行动落实情况",
        "我市召开自治区“科技兴蒙”政策宣贯会",
        "安徽铜陵为高质量发展集聚高素质人才",
    ],
    BRIEF_8: [
        "国务院党组会议决定，提高科技创新能力，加快发展方式绿色转型",
        "《“十四五”循环经济发展规划》助力双碳目标实现",
        "国家智能制造标准体系即将出台",
        "对接产业协作，助推京蒙共赢",
        "深化校地合作，做强创新引擎",
        "自治区科学技术奖，我市获奖总数排名第一",
        "我市第一批“揭榜挂帅”科技项目正在征集中",
        "我市 29 家企业跻身全区研发投入 100 强",
        "宿迁开启人才争夺新模式",
        "汉中巧借“人才池”，破解人才引进难",
        "苏州清华合作内容很有料",
    ],
}
DATED_ITEMS = {BRIEF_1: 7, BRIEF_3: 4, BRIEF_7: 2, BRIEF_8: 5}

JOINED = [
    (BRIEF_1, "3月16日出版的第6期《求是》杂志发表了习近平总书记重要文章《努力成为世界主要科学中心和创新高地》。"),
    (BRIEF_3, "加快实现高水平科技自立自强，是推动高质量发展的必由之路。"),
    (BRIEF_3, "听取实验室发展历程、科研布局、科研成果和机制创新等情况介绍"),
    (BRIEF_3, "近年来，我市在重大创新载体建设、创新主体培育、科技人才引育等方面均取得突破性进展。"),
    (BRIEF_3, "自治区工信厅2月22日发布信息"),
    (BRIEF_7, "深入学习习近平总书记关于产业链现代化的重要论述"),
    (BRIEF_7, "在评价指标体系设计上，新版设置了五个一级指标"),
    (BRIEF_7, "市政府副秘书长李斌主持会议"),
    (BRIEF_7, "制定人才公寓建设实施方案，推出“人才房票”政策"),
    (BRIEF_8, "工业网络融合等工业网络标准，支撑智能制造发展迈上新台阶。"),
    (BRIEF_8, "《通知》明确了项目征集的方式、原则、范围和目标、类型、流程，以及资金保障措施等内容。"),
    (BRIEF_8, "一个市场主体可选用多名人才的机制"),
    (BRIEF_8, "内蒙古山河巨鼎矿用机械制造有限公司总经理曹志春等一行"),
    (LETTER, "以国家创新型城市、人才友好型城市“双城”共建为目标"),
    (LETTER, "围绕传统产业改造升级、新兴产业加速培育"),
    (LETTER, "构建“企业出题、政府立题、科研院所答题”科研攻关机制"),
    (LETTER, "费托合成α-烯烃打破国外技术封锁"),
    (LETTER, "CO2(二氧化碳)/合成气一步法制芳烃技术"),
]


@pytest.fixture(scope="module")
def documents(corpus: Path) -> dict[str, Document]:
    return {path.stem: read_document(path, corpus) for path in corpus.glob("*.txt") if path.stem in CARDS}


def bodies(document: Document) -> list[Passage]:
    return [passage for passage in passages_of(document) if passage.role is BlockRole.BODY]


def test_all_five_are_there(documents: dict[str, Document]) -> None:
    assert set(documents) == set(CARDS)


@pytest.mark.parametrize("name", CARDS)
def test_cards(documents: dict[str, Document], name: str) -> None:
    document = documents[name]
    assert document.card == CARDS[name]
    assert {field for field, _ in document.card_sources} == {
        field for field in Card.__dataclass_fields__ if getattr(document.card, field) is not None
    }


@pytest.mark.parametrize("name", HEADINGS)
def test_headings(documents: dict[str, Document], name: str) -> None:
    document = documents[name]
    assert [heading.title for heading in document.headings] == HEADINGS[name]
    assert {heading.level for heading in document.headings} == {1}
    for heading in document.headings:
        assert heading.title in document.text[heading.start : heading.end]


@pytest.mark.parametrize("name", LEADS)
def test_items_and_their_leads(documents: dict[str, Document], name: str) -> None:
    passages = bodies(documents[name])
    titled = [passage for passage in passages if passage.lead]
    assert list(dict.fromkeys(passage.lead for passage in titled)) == LEADS[name]
    dated = [passage for passage in passages if not passage.lead]
    assert len(dated) == DATED_ITEMS[name]
    assert {passage.section for passage in dated} == {"部门动态"}
    assert all(re.match(r"\d{1,2}月\d{1,2}日", passage.text) for passage in dated)


@pytest.mark.parametrize(("name", "sentence"), JOINED)
def test_sentences_cut_by_pages_are_whole(documents: dict[str, Document], name: str, sentence: str) -> None:
    assert any(sentence in passage.text for passage in passages_of(documents[name]))


def test_an_item_of_three_paragraphs(documents: dict[str, Document]) -> None:
    parts = [p for p in bodies(documents[BRIEF_7]) if p.lead == "我市召开科技创新工作推进会"]
    whole = "\n".join(part.text for part in parts)
    assert whole.startswith("我市召开科技创新工作推进会。6月16日")
    assert "\n边东强调，" in whole
    assert "\n会议还邀请中国科学技术发展战略研究院" in whole
    assert whole.endswith("进行了政策解读。")
    assert {part.heading_path for part in parts} == {("科技兴蒙",)}


def test_a_title_on_its_own_line_belongs_to_its_item(documents: dict[str, Document]) -> None:
    (item,) = [p for p in bodies(documents[BRIEF_1]) if p.lead.startswith("中为能源")]
    assert item.text.startswith("中为能源内蒙古 ISC 技术示范项目投产存在制度性障碍。\n中为（上海）能源技术有限公司")


def test_letter_spacing_is_closed_up_and_other_spaces_stay(documents: dict[str, Document]) -> None:
    assert documents[BRIEF_1].text.startswith("科技简报\n第 1 期\n")
    assert "审核：乔栋" in documents[BRIEF_1].text
    assert "我市 29 家企业跻身全区研发投入 100 强。" in documents[BRIEF_8].text
    assert "市政协 五届四次会议第 0355 号提案" in documents[LETTER].text


def test_the_addressee_is_read_with_the_first_paragraph(documents: dict[str, Document]) -> None:
    first = bodies(documents[LETTER])[0]
    assert first.text.startswith("九三学社:\n《关于以科技创新赋能我市新质生产力发展的提案》悉。")


def test_the_parts_of_a_long_reply_begin_at_its_points(documents: dict[str, Document]) -> None:
    starts = [passage.text[:2] for passage in bodies(documents[LETTER])[-4:]]
    assert starts == ["二是", "三是", "四是", "五是"]


@pytest.mark.parametrize("name", CARDS)
def test_masthead_and_imprint(documents: dict[str, Document], name: str) -> None:
    passages = passages_of(documents[name])
    assert [p.role for p in passages].count(BlockRole.MASTHEAD) == 1
    assert passages[0].role is BlockRole.MASTHEAD
    assert passages[-1].role is BlockRole.IMPRINT
    imprint = passages[-1].text
    assert ("联系电话 0477-8586566" if name == LETTER else "电话：8") in imprint
    assert ("鄂尔多斯市人民政府办公室\n2025年8月8日印发" if name == LETTER else "20 份") in imprint


def test_context(documents: dict[str, Document]) -> None:
    item = bodies(documents[BRIEF_1])[1]
    assert item.context == "《科技简报》第1期 2021年3月25日 高层声音 习近平总书记对科技特派员制度作出新指示"
    assert (item.title, item.date, item.kind) == ("科技简报", date(2021, 3, 25), "简报")


@pytest.mark.parametrize("name", CARDS)
def test_nothing_is_lost_but_layout_marks(documents: dict[str, Document], corpus: Path, name: str) -> None:
    source = (corpus / f"{name}.txt").read_text(encoding="utf-8")
    plain = re.sub(r"</?sub>", "", source).replace(r"$\alpha$", "α")
    assert comparable(documents[name].text) == comparable(plain.replace("#", ""))


@pytest.mark.parametrize("name", CARDS)
def test_the_source_map_leads_back(documents: dict[str, Document], corpus: Path, name: str) -> None:
    source = (corpus / f"{name}.txt").read_text(encoding="utf-8")
    document = documents[name]
    mapped: set[int] = set()
    for start, source_start, length in document.source_map:
        assert document.text[start : start + length] == source[source_start : source_start + length]
        mapped.update(range(start, start + length))
    unmapped = "".join(c for i, c in enumerate(document.text) if i not in mapped and not c.isspace())
    assert unmapped == ("α" if name == LETTER else "")


@pytest.mark.parametrize("name", CARDS)
def test_identity(documents: dict[str, Document], corpus: Path, name: str) -> None:
    document = documents[name]
    assert (document.id, document.path) == (name, f"{name}.txt")
    assert document.sha256 == hashlib.sha256((corpus / document.path).read_bytes()).hexdigest()
    assert (document.status, document.warnings) == (DocumentStatus.READ, ())
