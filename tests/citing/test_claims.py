"""Claims against the corpus, one way a claim can be right or wrong after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qa.citing.finding import Finding, Verdict
from qa.records import Block, BlockRole, Card, Document
from tests.citing.checking_corpus import checker_for, corpus_checker, read_corpus


def check(claim: str) -> Finding:
    return corpus_checker().check_claim(claim)[0]


@pytest.mark.parametrize(
    "claim",
    [
        "科技特派员2020年服务农牧民近3万户。",
        "2020年科技特派员共创办企业十六家。",
        "科技特派员带来的经济效益为17000万元。",
        "科技特派员带来的经济效益约1.7亿元。",
        "2024年，我市科技支出约为24.8亿元。",
        "二〇二三年二月十三日，全市科技工作会议在康巴什召开。",
        "2023年2月，市长杜汇良考察了之江实验室。",
        "7月2日，边东主持召开第5次局务会。",
        "市科技局发布了征集第一批“揭榜挂帅”科技计划项目的通知；青海省出台了科技人才分类评价实施方案。",
        "联系人苏浩的电话是0477-8586566。",
        "2024年，鄂尔多斯在中国地级市科技创新发展指数中排第33位。",
        "边东会见了山河巨鼎公司总经理曹志春。",
        "第8期的编辑是程继东，审核是乔栋。",
        "习近平参加江苏代表团审议。",
    ],
)
def test_supported(claim: str) -> None:
    finding = check(claim)
    assert finding.verdict is Verdict.SUPPORTED
    assert finding.evidence
    assert not finding.differences


@pytest.mark.parametrize(
    ("claim", "in_draft", "in_source", "what"),
    [
        ("2020年科技特派员共创办企业26家。", "26家", "16家", "number"),
        ("科技特派员服务农牧民逾3万户。", "逾3万户", "近3万户", "number"),
        ("全市财政科技支出增速不高于财政收入增速。", "高于", "低于", "wording"),
        ("2019年，科技特派员创办企业16家。", "2019年", "2020年", "date"),
        ("2021年，全市“三清零”企业达到279家。", "2021年", "2024年", "date"),
        ("旗区一级的科技特派员共有355人。", "355人", "335人", "number"),
        ("政策宣贯会共有150余人参加。", "150余人", "130余人", "number"),
        ("创新小额类项目资助不超过5万元。", "不超过5万元", "不超过2万元", "number"),
        ("《“十四五”循环经济发展规划》部署了六大重点工程。", "六大", "五大", "number"),
        ("3月8日，市科技局召开党组（扩大）会议。", "3月8日", "3月9日", "date"),
        ("2月17日，边东主持召开2023年度民主生活会。", "2023年度", "2022年度", "date"),
        ("3月16日，科技部发布了东西部科技创新合作行动的消息。", "3月16日", "3月10日", "date"),
        ("7月10日，市委书记杜汇良主持召开专题会议。", "书记杜汇良", "代市长杜汇良", "name"),
        ("2023年第3期简报的审核是卜建斌。", "卜建斌", "杨雪羚", "name"),
        ("鄂尔多斯日报3月23日发布了项目签约落地准旗的消息。", "鄂尔多斯日报", "准格尔报社", "organisation"),
        (
            "国家发展改革委公开征求对《国家智能制造标准体系建设指南》的意见。",
            "国家发展改革委",
            "工信部",
            "organisation",
        ),
        ("7月3日，边东主持召开第5次局务会。", "7月3日", "7月2日", "date"),
        ("7月2日，杜汇良主持召开第5次局务会。", "杜汇良", "边东", "name"),
        ("副市长刘晓峰主持召开第5次局务会。", "刘晓峰", "边东", "name"),
        ("包头市科技特派员创办企业16家。", "包头市", "我市", "name"),
        ("2023年全市科技工作会议在薛家湾举行。", "薛家湾", "康巴什", "name"),
        ("7月6日，边东赴浙江大学座谈。", "浙江大学", "北京大学", "organisation"),
        (
            "对市政协第0355号提案的答复函文号是鄂建提复字[2024]185号。",
            "鄂建提复字[2024]185号",
            "鄂建提复字[2025]185号",
            "document_number",
        ),
    ],
)
def test_contradicted(claim: str, in_draft: str, in_source: str, what: str) -> None:
    finding = check(claim)
    assert finding.verdict is Verdict.CONTRADICTED
    assert (in_draft, in_source, what) in [(d.in_draft, d.in_source, str(d.what)) for d in finding.differences]
    assert all(claim[d.start : d.end] == d.in_draft for d in finding.differences)
    assert finding.evidence


@pytest.mark.parametrize(
    "claim",
    [
        "2023年鄂尔多斯市接待游客3000万人次。",
        "市科技局将组建一支200人的志愿服务队伍。",
        "习近平总书记视察了鄂尔多斯羊绒资源股份有限公司。",
        "全市高速公路通车里程居西部地级市前列。",
        "今天天气晴朗，适合郊游和野餐。",
    ],
)
def test_not_found(claim: str) -> None:
    finding = check(claim)
    assert (finding.verdict, finding.differences, finding.evidence) == (Verdict.NOT_FOUND, (), ())


def bulletin(identifier: str, day: date, text: str) -> Document:
    block = Block(BlockRole.BODY, 0, len(text))
    card = Card(title="统计简报", date=day, region="鄂尔多斯市")
    return Document(identifier, f"{identifier}.txt", "", text, card=card, blocks=(block,))


YEARS = (
    bulletin("甲", date(2022, 1, 20), "2021年，全市研发经费投入33.1亿元，专利授权3210件。"),
    bulletin("乙", date(2023, 1, 18), "2022年，全市研发经费投入41.6亿元，专利授权3890件。"),
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("2021年，全市研发经费投入33.1亿元。", Verdict.SUPPORTED),
        ("2022年，全市研发经费投入41.6亿元。", Verdict.SUPPORTED),
        ("2022年，全市研发经费投入33.1亿元。", Verdict.CONTRADICTED),
        ("2021年，全市研发经费投入41.6亿元。", Verdict.CONTRADICTED),
        ("2023年，全市研发经费投入41.6亿元。", Verdict.CONTRADICTED),
        ("2022年，全市专利授权3890件，研发经费投入33.1亿元。", Verdict.CONTRADICTED),
    ],
)
def test_a_figure_of_another_year_is_wrong(claim: str, verdict: Verdict) -> None:
    assert checker_for(YEARS).check_claim(claim)[0].verdict is verdict


def test_one_document_that_is_right_outweighs_another_that_says_otherwise() -> None:
    other = bulletin("丙", date(2023, 1, 19), "2022年，全市研发经费投入40.9亿元。")
    checker = checker_for((*YEARS, other))
    assert checker.check_claim("2022年，全市研发经费投入41.6亿元。")[0].verdict is Verdict.SUPPORTED
    assert checker.check_claim("2022年，全市研发经费投入40.9亿元。")[0].verdict is Verdict.SUPPORTED


def test_nothing_is_found_in_an_empty_library() -> None:
    unreadable = replace(read_corpus()[0], text="", blocks=(), headings=())
    for documents in ((), (unreadable,)):
        assert checker_for(documents).check_claim("引进新品种556个。")[0].verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        # Figures agree, but another subject or another deed.
        ("我市旅游业2024年投入53.2亿元。", Verdict.NOT_FOUND),
        ("市科技局为16家企业发放了贷款。", Verdict.NOT_FOUND),
        ("鄂尔多斯电力冶金集团新建两条生产线。", Verdict.NOT_FOUND),
        # Another year or another place with another figure: the documents leave open what was there.
        ("2022年全市科技支出19.6亿元。", Verdict.NOT_FOUND),
        ("武汉市选派科技特派员300人。", Verdict.NOT_FOUND),
        # The same figure of another year or place is wrong.
        ("2022年全市科技支出24.82亿元。", Verdict.CONTRADICTED),
        # A figure belongs to the noun that stands beside it.
        ("鄂尔多斯建有13家院士专家工作站和4家自治区重点实验室。", Verdict.SUPPORTED),
        ("鄂尔多斯建有4家院士专家工作站和13家自治区重点实验室。", Verdict.CONTRADICTED),
        ("全市科技型中小企业2024年达到330家。", Verdict.CONTRADICTED),
        ("全市科技型中小企业2024年达到701家。", Verdict.SUPPORTED),
        # Scale, and a place in a ranking.
        ("科技特派员帮助服务对象实现经济效益17亿元。", Verdict.CONTRADICTED),
        ("科技特派员带动农牧民取得1.7万元的经济效益。", Verdict.CONTRADICTED),
        ("我市在2020年度自治区科技奖中获奖总数居各盟市第一位。", Verdict.SUPPORTED),
        ("我市在2020年度自治区科技奖中获奖总数居各盟市第二位。", Verdict.CONTRADICTED),
        # A post at another body.
        ("鄂尔多斯市巨鼎煤机实业集团总经理曹志春与边东会面。", Verdict.CONTRADICTED),
        # A wider place is no rival of a narrower one.
        ("到2025年，我市将初步建成创新型城市。", Verdict.SUPPORTED),
    ],
)
def test_subject_place_and_figure_belong_together(claim: str, verdict: Verdict) -> None:
    assert check(claim).verdict is verdict
