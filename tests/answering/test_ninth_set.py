"""What the bulletins and the lists of a ninth invented library taught, each with what has to stay answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.candidates.cell import cell_candidates
from qa.answering.guards import Guard
from qa.answering.view import PassageView
from qa.records import Question

Ask = Callable[[str], Question]
View = Callable[..., PassageView]

SPENT = "2021年度“三公”经费支出41.37万元，比2020年度减少5.26万元，下降11.28%。"
NOTICE = "公示期为10个工作日，自2021年9月8日至9月19日。"
GROWN = "2021年技术合同成交额986.4亿元，同比增长18.7%，其中吸纳技术合同612.5亿元，输出技术合同373.9亿元。"
LISTED = "2021年第一批拟认定563家，其中首次认定241家，重新认定322家。2020年全年三批共认定1294家。"
AGREED = "市科技局与首都科技转移联盟签署协议，共建京石概念验证中心。"
OPENED = "研究院（以下简称“先进院”）揭牌，常务副市长邢国栋，燕赵理工大学党委书记费鸿儒共同揭牌。"
PROJECTS = "其中，甲公司签订的“手性药物连续流合成工艺开发”项目合同金额最大，为6800万元；乙公司签订了“高寒动车组齿轮箱状态监测”项目合同。"
LATER = "“煤矸石制备陶粒关键技术”项目由甲公司承担。项目总投入2600万元，其中企业自筹2080万元。"
TRIPS = "2021年度因公出国（境）团组2个，累计5人次；国内公务接待28批次、214人次。"
VISITED = "2021年度因公出国团组2个，分别赴德国、新加坡考察。"
PLATFORM = "补助资金可用于仪器设备购置和人员培训，不得用于基建和偿还债务。"
JUDGED = "参加评估的43家实验室中，优秀9家、良好21家、合格9家、不合格4家，不合格实验室主要表现为固定人员流失、自筹经费不到位。"
OBJECTS = "对公示企业有异议的，应以书面形式提出；以单位名义提出的须加盖公章，以个人名义提出的须署真实姓名和联系电话。"
PLANNED = "2021年全市高新技术企业力争达到4500家。"
PROPOSED = "2021年第一批全市拟认定高新技术企业563家。"
MAIL = "编辑：尹秀芝　　投稿邮箱：tg@example.cn"
FORMER = "安家补助分5年拨付。对《引才暂行办法》规定的C类人才安家补助40万元标准，自本细则施行之日起按新标准执行，此前已认定的不再补差。"
LET_IN = "入围企业的研发费用门槛为3150万元，比上年提高420万元；50家企业研发费用合计58.9亿元。"
FAIR = "3月11日，2021京石科技成果对接会举办，现场签约32项，合同金额7.85亿元，签约项目数比2020年对接会增加9项。"


@pytest.mark.parametrize(
    ("question", "passage", "answer", "refused"),
    [
        ("高新区C类人才安家补助是多少万元", FORMER, "40万元", True),
        ("暂行办法规定的C类人才安家补助是多少万元", FORMER, "40万元", False),
        ("辰拓公司研发费用是多少", LET_IN, "3150万元", True),
        ("入围企业的研发费用门槛是多少", LET_IN, "3150万元", False),
        ("入围的话研发费用至少要达到多少", LET_IN, "3150万元", False),
        ("入围的话研发费用至少要达到多少", LET_IN, "58.9亿元", True),
        ("京石科技成果对接会现场签约合同金额多少", FAIR, "7.85亿元", False),
        ("2020年“三公”经费花了多少钱", SPENT, "5.26万元", True),
        ("2021年“三公”经费比2020年减少了多少", SPENT, "5.26万元", False),
        ("“三公”经费比2020年减少了多少", SPENT, "5.26万元", False),
        ("公示到什么时候结束", NOTICE, "2021年9月8日至9月19日", False),
        ("2021年输出技术合同成交额增长百分之几？", GROWN, "18.7%", True),
        ("2021年技术合同成交额增长百分之几？", GROWN, "18.7%", False),
        ("2020年全年三批首次认定的有多少家", LISTED, "1294家", True),
        ("2020年全年三批一共认定多少家", LISTED, "1294家", False),
        ("2021年第一批首次认定多少家", LISTED, "241家", False),
        ("代表首都科技转移联盟在中心协议上签字的是谁", AGREED, "市科技局", True),
        ("先进院的党组织书记由谁担任？", OPENED, "费鸿儒", True),
        ("燕赵理工大学的党委书记是谁？", OPENED, "费鸿儒", False),
        ("高寒动车组齿轮箱状态监测项目的合同金额是多少", PROJECTS, "6800万元", True),
        ("手性药物连续流合成工艺开发项目的合同金额是多少", PROJECTS, "6800万元", False),
        ("煤矸石制备陶粒关键技术项目企业自筹多少", LATER, "2080万元", False),
        ("两个因公出国团组去了哪些国家？", TRIPS, "国内公务接待28批次、214人次", True),
        ("两个因公出国团组去了哪些国家？", VISITED, "分别赴德国、新加坡考察", False),
        ("补助资金不能花在哪些地方", PLATFORM, "仪器设备购置和人员培训", True),
        ("补助资金不能花在哪些地方", PLATFORM, "不得用于基建和偿还债务", False),
        ("补助资金可以花在哪些地方", PLATFORM, "仪器设备购置和人员培训", False),
        ("不合格的实验室，毛病主要出在哪", JUDGED, "优秀9家、良好21家、合格9家、不合格4家", True),
        ("不合格的实验室，毛病主要出在哪", JUDGED, "不合格实验室主要表现为固定人员流失、自筹经费不到位", False),
        ("以个人名义提出异议要写明什么", OBJECTS, "以单位名义提出的须加盖公章", True),
        ("以个人名义提出异议要写明什么", OBJECTS, "以个人名义提出的须署真实姓名和联系电话", False),
        ("2021年全市高新技术企业打算做到多少家", PROPOSED, "563家", True),
        ("2021年全市高新技术企业打算做到多少家", PLANNED, "4500家", False),
        ("2021年第一批拟认定高新技术企业多少家", PROPOSED, "563家", False),
        ("想给简报投稿，邮箱地址是什么", MAIL, "tg@example.cn", False),
    ],
)
def test_what_is_told_of_another_thing(
    question: str, passage: str, answer: str, refused: bool, ask: Ask, view: View
) -> None:
    at = passage.index(answer)
    verdict = Guard(ask(question), view(passage)).examine((at, at + len(answer)))
    assert bool(verdict.reason) is refused, verdict


TABLE = (
    "表：1—5月部分县（市、区）技术合同成交情况\n单位：亿元、%\n"
    "地区：鹿泉区；成交额：52.8；同比增长：21.5；年度目标：130.0\n地区：正定县；成交额：31.6；同比增长：9.8；年度目标：85.0"
)


@pytest.mark.parametrize(
    ("question", "cells"),
    [
        ("鹿泉区技术合同成交额同比增速", ["21.5"]),
        ("鹿泉区技术合同成交额是多少亿元", ["52.8"]),
        ("正定县技术合同成交额的年度目标是多少亿元", ["85.0"]),
        ("正定县成交额和年度目标是多少亿元", []),
    ],
)
def test_of_two_columns_the_second_is_asked_for(question: str, cells: list[str], ask: Ask, view: View) -> None:
    table = view(TABLE, lead="表：1—5月部分县（市、区）技术合同成交情况")
    assert [table.slice((each.start, each.end)) for each in cell_candidates(ask(question), table)] == cells
