"""What stands in the answer itself: another class, an unopened bundle, a body for a person, somebody else's right, another clause's subject."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qa.answering.guards import Guard
from qa.answering.own_words import check_own_words
from qa.answering.period import check_period
from qa.answering.spending import check_given, check_spending
from qa.answering.untold import check_untold
from qa.answering.view import PassageView
from qa.answering.whereabouts import check_held_there
from qa.records import AnswerKind, Question

Ask, View = Callable[[str], Question], Callable[..., PassageView]

SIGNED = "苏州市政府与清华大学签署协议，校长张三、市长李四代表双方签字。"
LABS = "由甲羊绒有限公司申报的“山羊绒重点实验室”被认定。主任由王五担任。"
GIVEN = "支持青年科技人才挑大梁。赋予科技领军人才更大的人财物支配权。赋予青年科技人才更大的选题权。"
CLAUSES = "矿鸿操作系统从样品变为产品。费托合成烯烃打破国外技术封锁与产品垄断，全国首个零碳机场落地应用。"
PLAN = "《规划》围绕农业、工业两大领域，部署了五大重点工程和六大重点行动。四大任务：增绿、治沙、节水、减排。"
SPENT = "29家企业研发投入共计18.5亿元。兑付奖励资金3.2亿元。单个企业奖励最高500万元。累计兑付奖励24亿元。"


@pytest.mark.parametrize(
    ("question", "text", "answer", "told"),
    [
        ("苏州跟清华的协议是谁代表签的字？", SIGNED, "苏州市政府", False),
        ("苏州跟清华的协议是谁代表签的字？", SIGNED, "校长张三、市长李四", True),
        ("办理结果属于哪一类？", "办理结果：B类", "B类", True),
        ("山羊绒重点实验室的主任由谁担任？", LABS, "甲羊绒有限公司", False),
        ("山羊绒重点实验室的主任由谁担任？", LABS, "王五", True),
        ("我市评上一类的旗县是哪几个？", "甲旗、乙旗评为二类旗县。", "二类旗县", False),
        ("我市评上二类的旗县是哪几个？", "甲旗、乙旗评为二类旗县。", "甲旗、乙旗评为二类旗县", True),
        ("一起去的有几个人？", "李四一行赴北京洽谈，并就下一步协作达成意见。", "就下一步协作达成意见", False),
        ("一起去的有几个人？", "李四等六人赴北京洽谈。", "六人", True),
        ("排在第二的是哪个盟市？", "招商引资暨优化营商环境大会召开。", "优化营商环境大会", False),
        ("排在第二的是哪个盟市？", "第二名是包头市。", "包头市", True),
        ("座谈会具体是哪一天开的？", "6月26日—27日，主任调研并召开座谈会。", "6月26日—27日", False),
        ("调研是哪几天？", "6月26日—27日，主任调研并召开座谈会。", "6月26日—27日", True),
        ("报名的最低学历要求是什么？", "招聘会面向应届毕业生，共收到简历378份。", "共收到简历378份", False),
        ("报名的最低学历要求是什么？", "报名须有硕士以上学历。", "硕士以上学历", True),
        ("张巡视员看了以后提了些什么要求？", "张巡视员听取了全面介绍。", "全面介绍", False),
        ("张巡视员看了以后提了些什么要求？", "张巡视员听取了介绍，要求抓好落实。", "抓好落实", True),
        ("部署的六大重点行动，具体是哪六个？", PLAN, "部署了五大重点工程和六大重点行动", False),
        ("部署的五大重点工程分别叫什么？", PLAN, "部署了五大重点工程和六大重点行动", False),
        ("提出的三项重点任务是什么？", "围绕农业、工业两大领域，提出了三项重点任务，部署了五大工程。", "农业、工业", False),
        ("提出的三项重点任务是什么？", "围绕农业、工业两大领域，提出了三项重点任务，部署了五大工程。", "农业、工业两大领域，提出了三项重点任务，部署了五大工程", False),
        ("围绕哪两大领域？", "围绕农业、工业两大领域，提出了三项重点任务，部署了五大工程。", "农业、工业", True),
        ("进一类的是哪几个旗区？", "我市6个旗区跻身一、二类。", "我市6个旗区", False),
        ("进一类的是哪几个旗区？", "东胜区、准格尔旗跻身一类。", "东胜区、准格尔旗", True),
        ("四大任务是哪四个？", PLAN, "四大任务：增绿、治沙、节水、减排", True),
        ("北京大学的基地叫什么？", "构筑北京大学能源研究院、矿业大学研究院等平台。", "能源研究院", False),
        ("北京大学的基地叫什么？", "建设北京大学风光试验基地。", "风光试验基地", True),
        ("要给青年科技人才哪些支配权？", GIVEN, "人财物支配权", False),
        ("要给科技领军人才哪些支配权？", GIVEN, "人财物支配权", True),
        ("要给青年科技人才哪些权力？", GIVEN, "支持青年科技人才挑大梁", False),
        ("矿鸿操作系统打破了国外哪方面的垄断？", CLAUSES, "技术封锁与产品", False),
        ("费托合成烯烃打破了国外哪方面的垄断？", CLAUSES, "技术封锁与产品", True),
        ("重点实验室重组，一共申报了几家？", "重点实验室增至5家。", "5家", False),
        ("重点实验室重组，一共申报了几家？", "重点实验室申报了7家。", "7家", True),
    ],
)  # fmt: skip
def test_the_answer_itself_is_what_was_asked(
    ask: Ask, view: View, question: str, text: str, answer: str, told: bool
) -> None:
    held, start = view(text), text.index(answer)
    assert (check_own_words(ask(question), held, (start, start + len(answer))).reason is None) is told


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        ("这29家企业一共拿到了多少研发奖补资金？", "18.5亿元", False),
        ("一共发出去多少奖励？", "18.5亿元", False),
        ("一共发出去多少奖励？", "3.2亿元", True),
        ("给单个企业的奖励最高多少？", "24亿元", False),
        ("给单个企业的奖励最高多少？", "500万元", True),
    ],
)
def test_what_is_given_is_not_what_was_spent(ask: Ask, view: View, question: str, answer: str, told: bool) -> None:
    held, start = view(SPENT), SPENT.index(answer)
    assert (check_given(ask(question), held, (start, start + len(answer))).reason is None) is told


def test_what_comes_of_it_was_not_put_in(ask: Ask, view: View) -> None:
    text = "实施项目91项，带动服务对象实现经济效益1.7亿元。"
    span = (text.index("1.7"), text.index("。"))
    assert check_spending(ask("91项科技开发项目一共投入了多少经费？"), view(text), span).reason


@pytest.mark.parametrize(
    ("question", "text", "answer", "told"),
    [
        ("我市进入研发百强的29家企业里，投入最多的是哪一家？", "市科技局发布消息，29家企业跻身百强。", "市科技局", False),
        ("29家企业里，投入最多的是哪一家？", "投入最多的是伊泰集团。", "伊泰集团", True),
        ("推进会上哪几家企业作了交流发言？", "副市长刘晓峰出席会议并讲话。", "副市长刘晓峰出席会议并讲话", False),
        ("初步达成的合作方案包括哪些内容？", "李四赴北大座谈，初步达成合作方案。", "赴北大座谈", False),
        ("签订的合作协议包括哪些内容？", "双方签订合作协议，明确共建实验室。", "共建实验室", True),
        ("市长的批示都说了些啥？", "市长作出重要批示。", "市长作出重要批示", False),
        ("研发投入100强里排第一的企业", "市科技局发布消息，29家企业跻身100强。", "市科技局", False),
        ("申报材料该交给哪个部门？", "资助基础学科研究等领域的项目。", "资助基础学科研究等领域的项目", False),
        ("申报材料该交给哪个部门？", "材料交旗区科技局。", "旗区科技局", True),
    ],
)  # fmt: skip
def test_an_office_is_no_firm_and_a_science_no_office(
    ask: Ask, view: View, question: str, text: str, answer: str, told: bool
) -> None:
    held, start = view(text), text.index(answer)
    assert (check_untold(ask(question), held, (start, start + len(answer))).reason is None) is told


@pytest.mark.parametrize(
    ("question", "text", "answer", "told"),
    [
        ("副市长在什么地方会见的白勇？", "副市长会见来访的浙江大学教授、科学院院士白勇。", "浙江大学", False),
        ("副市长在什么地方会见的白勇？", "副市长在市科技馆会见白勇。", "市科技馆", True),
        ("签约仪式是在哪儿办的？", "市政府与清华大学共同举行签约仪式。", "清华大学", False),
        ("签约仪式是在哪儿办的？", "签约仪式举行，双方共建鄂尔多斯实验室。", "鄂尔多斯实验室", False),
        ("签约仪式是在哪儿办的？", "签约仪式在清华大学举行。", "清华大学", True),
    ],
)  # fmt: skip
def test_one_who_was_there_is_no_place(ask: Ask, view: View, question: str, text: str, answer: str, told: bool) -> None:
    held, start = view(text), text.index(answer)
    assert (check_held_there(ask(question), held, (start, start + len(answer))).reason is None) is told


def test_persons_do_not_count_problems(ask: Ask, view: View) -> None:
    text = "聘请“老专家”36名，为企业解决技术难题340余个。"
    question = ask("请来的退休高手一共替厂子攻克了多少难关？")
    refused = {answer: Guard(question, view(text)).examine((text.index(answer), text.index(answer) + len(answer))).reason for answer in ("36名", "340余个")}  # fmt: skip
    assert refused["36名"]
    assert not refused["340余个"]


def test_half_a_year_is_no_year_and_a_goal_may_be_of_a_later_one(ask: Ask, view: View) -> None:
    text = "6月16日，会议要求，下半年抓好落实，到2025年建成创新型城市。"
    question = ask("按2021年6月会议的要求，哪一年建成创新型城市？")
    held = view(text, day=date(2021, 7, 1))
    at = text.index("下半年")
    assert Guard(question, held).examine((at, at + 3)).reason
    at = text.index("2025年")
    assert not check_period(question, held, (at, at + 5)).reason


def test_what_is_meant_is_understood(ask: Ask) -> None:
    assert ask("政策宣贯会 联合举办单位").kind is AnswerKind.LIST
    assert "旗区" in ask("旗里和区里自己派的特派员有几个人？").text
